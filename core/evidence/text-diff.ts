/**
 * Unified diffs of configurations, made here and applied again by the verifier: the diff that people read in the report
 * must be exactly what leads from the one sealed configuration to the other.
 */

/** Lines with their line breaks, so that CR LF and a missing last line break are differences like any other. */
function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

type Step = { readonly kind: ' ' | '-' | '+'; readonly text: string };

/** Beyond this many edits the middle is replaced as a whole: the search's time and memory grow with their square. */
const MOST_EDITS = 1500;

/** Myers' greedy algorithm (1986) on the lines between the common head and the common tail. */
function shortestEdit(a: readonly string[], b: readonly string[]): readonly Step[] {
  const replaced = (): readonly Step[] => [
    ...a.map((text): Step => ({ kind: '-', text })),
    ...b.map((text): Step => ({ kind: '+', text })),
  ];
  if (a.length === 0 || b.length === 0) return replaced();
  const most = a.length + b.length;
  const history: Int32Array[] = [];
  const furthest = new Int32Array(2 * most + 2);
  search: for (let edits = 0; ; edits += 1) {
    if (edits > MOST_EDITS) return replaced();
    history.push(furthest.slice(most - edits, most + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down =
        diagonal === -edits ||
        (diagonal !== edits && (furthest[most + diagonal - 1] ?? 0) < (furthest[most + diagonal + 1] ?? 0));
      let x = down ? (furthest[most + diagonal + 1] ?? 0) : (furthest[most + diagonal - 1] ?? 0) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      furthest[most + diagonal] = x;
      if (x >= a.length && x - diagonal >= b.length) break search;
    }
  }
  return walkBack(a, b, history);
}

function walkBack(a: readonly string[], b: readonly string[], history: readonly Int32Array[]): readonly Step[] {
  const steps: Step[] = [];
  let x = a.length;
  let y = b.length;
  for (let edits = history.length - 1; edits >= 0; edits -= 1) {
    const row = history[edits] as Int32Array;
    // The row holds the diagonals -edits .. edits + 1.
    const at = (diagonal: number): number => row[diagonal + edits] ?? 0;
    const diagonal = x - y;
    const down = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
    const fromX = edits === 0 ? 0 : down ? at(diagonal + 1) : at(diagonal - 1);
    const fromY = edits === 0 ? 0 : fromX - (down ? diagonal + 1 : diagonal - 1);
    const turn = edits === 0 ? 0 : down ? fromX : fromX + 1;
    while (x > turn && y > 0 && a[x - 1] === b[y - 1]) {
      steps.push({ kind: ' ', text: a[x - 1] ?? '' });
      x -= 1;
      y -= 1;
    }
    if (edits > 0) steps.push(down ? { kind: '+', text: b[y - 1] ?? '' } : { kind: '-', text: a[x - 1] ?? '' });
    x = fromX;
    y = fromY;
  }
  return steps.reverse();
}

function editScript(before: string, after: string): readonly Step[] {
  const a = splitLines(before);
  const b = splitLines(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const kept = (text: string): Step => ({ kind: ' ', text });
  return [
    ...a.slice(0, head).map(kept),
    ...shortestEdit(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map(kept),
  ];
}

export interface TextDiff {
  /** Unified diff with three lines of context; empty when the texts are the same. */
  readonly diff: string;
  /** Lines of the text before that are gone, counted from 1. */
  readonly removedLines: readonly number[];
  /** Lines of the text after that are new, counted from 1. */
  readonly addedLines: readonly number[];
}

const CONTEXT = 3;

function range(start: number, length: number): string {
  // As diff writes it: an empty range names the line before it.
  return length === 1 ? `${start}` : `${length === 0 ? start - 1 : start},${length}`;
}

/** The difference between two texts; `name` stands in the diff's header. */
export function unifiedDiff(before: string, after: string, name: string): TextDiff {
  const steps = editScript(before, after);
  const changed = steps.flatMap((step, index) => (step.kind === ' ' ? [] : [index]));
  if (changed.length === 0) return { diff: '', removedLines: [], addedLines: [] };
  const hunks: { from: number; to: number }[] = [];
  for (const index of changed) {
    const last = hunks.at(-1);
    const to = Math.min(steps.length, index + 1 + CONTEXT);
    if (last && index - CONTEXT <= last.to) last.to = to;
    else hunks.push({ from: Math.max(0, index - CONTEXT), to });
  }
  const removedLines: number[] = [];
  const addedLines: number[] = [];
  const out = [`--- a/${name}\n`, `+++ b/${name}\n`];
  let oldLine = 1;
  let newLine = 1;
  let next = 0;
  for (const { from, to } of hunks) {
    oldLine += from - next;
    newLine += from - next;
    const part = steps.slice(from, to);
    const oldCount = part.filter(({ kind }) => kind !== '+').length;
    const newCount = part.filter(({ kind }) => kind !== '-').length;
    out.push(`@@ -${range(oldLine, oldCount)} +${range(newLine, newCount)} @@\n`);
    for (const { kind, text } of part) {
      out.push(text.endsWith('\n') ? `${kind}${text}` : `${kind}${text}\n\\ No newline at end of file\n`);
      if (kind === '-') removedLines.push(oldLine);
      if (kind === '+') addedLines.push(newLine);
      if (kind !== '+') oldLine += 1;
      if (kind !== '-') newLine += 1;
    }
    next = to;
  }
  return { diff: out.join(''), removedLines, addedLines };
}

/** The text that a unified diff makes of another, or null where the diff does not fit that text. */
export function applyUnifiedDiff(before: string, diff: string): string | null {
  if (diff === '') return before;
  const source = splitLines(before);
  const lines = splitLines(diff);
  if (!lines[0]?.startsWith('--- ') || !lines[1]?.startsWith('+++ ')) return null;
  const out: string[] = [];
  let at = 0;
  for (let index = 2; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const hunk = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@\n$/.exec(line);
    if (hunk) {
      const start = Number(hunk[1]) - (hunk[2] === '0' ? 0 : 1);
      if (start < at || start > source.length) return null;
      out.push(...source.slice(at, start));
      at = start;
      continue;
    }
    const unterminated = lines[index + 1]?.startsWith('\\ ') === true;
    const text = unterminated ? line.slice(1, -1) : line.slice(1);
    if (unterminated) index += 1;
    if (line[0] === '+') out.push(text);
    else if ((line[0] === ' ' || line[0] === '-') && source[at] === text) {
      if (line[0] === ' ') out.push(text);
      at += 1;
    } else return null;
  }
  return [...out, ...source.slice(at)].join('');
}
