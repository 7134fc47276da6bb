import type { ParsedConfig } from '../network/snapshot.ts';
import type { TextEdit } from './rule.ts';

/** Makes and applies text edits. Lines and columns are zero-based; a column counts UTF-16 units. */

export const replaceSpan = (line: number, start: number, end: number, newText: string): TextEdit => ({
  span: { line, start, end },
  newText,
});

export const insertAt = (line: number, column: number, newText: string): TextEdit =>
  replaceSpan(line, column, column, newText);

const lineEnds = new WeakMap<ParsedConfig, string>();

/** How the lines of the file end; looked up once, since a file with many findings asks for it with each fix. */
function lineEndOf(config: ParsedConfig): string {
  const end = lineEnds.get(config) ?? (config.text.includes('\r\n') ? '\r\n' : '\n');
  lineEnds.set(config, end);
  return end;
}

/** New lines after an existing one, with the line ends of the file. */
export function insertAfter(config: ParsedConfig, line: number, newLines: readonly string[]): TextEdit {
  const end = lineEndOf(config);
  return insertAt(line, (config.tree.lines[line] ?? '').length, newLines.map((text) => end + text).join(''));
}

/** Takes whole lines away, with their line ends. */
export function deleteLines(config: ParsedConfig, first: number, last = first): TextEdit {
  const { lines } = config.tree;
  if (last + 1 < lines.length) return { span: { line: first, start: 0, endLine: last + 1, end: 0 }, newText: '' };
  const previous = first > 0 ? (lines[first - 1] ?? '').length : 0;
  return {
    span: { line: Math.max(0, first - 1), start: previous, endLine: last, end: (lines[last] ?? '').length },
    newText: '',
  };
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The edit's range as two positions. */
export const editRange = ({ span }: TextEdit): { start: Position; end: Position } => ({
  start: { line: span.line, character: span.start },
  end: { line: span.endLine ?? span.line, character: span.end },
});

/** Applies edits that do not overlap. Throws a RangeError where two do. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  const offset = ({ line, character }: Position): number =>
    Math.min(text.length, (starts[line] ?? text.length) + character);
  const ranges = edits
    .map((edit) => ({ from: offset(editRange(edit).start), to: offset(editRange(edit).end), newText: edit.newText }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  let [result, at] = ['', 0];
  for (const { from, to, newText } of ranges) {
    if (from < at) throw new RangeError('Two text edits overlap; apply one fix, check again, then apply the next.');
    result += text.slice(at, from) + newText;
    at = to;
  }
  return result + text.slice(at);
}
