import { splitLines } from './split-lines.ts';

/** How the lines of a text differ from those of the text before it: one stretch of lines stands in place of another. */
export interface LineEdit {
  /** The first line that is different; the number of equal lines in front of it. */
  readonly first: number;
  /** The first of the equal lines at the end, in the text before and in this one. */
  readonly oldEnd: number;
  readonly newEnd: number;
  /** By how many lines the equal ones at the end have moved down. */
  readonly moved: number;
}

export interface EditedLines {
  readonly lines: readonly string[];
  readonly edit: LineEdit;
}

/**
 * The lines of a text, the equal ones being the very strings of the text before. A part of a string keeps the whole
 * string in memory, so that lines of many versions would keep each of these texts: the ones that are new are copied.
 */
export function editedLines(text: string, before: readonly string[]): EditedLines {
  const now = splitLines(text);
  const least = Math.min(now.length, before.length);
  let first = 0;
  while (first < least && now[first] === before[first]) first += 1;
  let last = 0;
  while (last < least - first && now[now.length - 1 - last] === before[before.length - 1 - last]) last += 1;
  const edit: LineEdit = {
    first,
    oldEnd: before.length - last,
    newEnd: now.length - last,
    moved: now.length - before.length,
  };
  const copied = first === edit.newEnd ? [] : splitLines(now.slice(first, edit.newEnd).join('\n'));
  return { lines: [...before.slice(0, first), ...copied, ...before.slice(edit.oldEnd)], edit };
}

/** The line of the text before that a line of this text is; undefined for a line that is new. */
export const oldLine = ({ first, newEnd, moved }: LineEdit, line: number): number | undefined =>
  line < first ? line : line >= newEnd ? line - moved : undefined;
