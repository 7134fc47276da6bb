import type { Position, Range } from 'vscode-languageserver';
import type { Span } from '../../core/config/span.ts';
import type { TextEdit } from '../../core/guard/rule.ts';

/** The first line of a span: an element that covers several lines is pointed at where it begins. */
export const rangeOf = ({ line, start, end }: Span): Range => ({
  start: { line, character: start },
  end: { line, character: Math.max(start, end) },
});

/** The beginning of a line, where no more than the line is known. */
export const lineRange = (line: number): Range => ({ start: { line, character: 0 }, end: { line, character: 0 } });

/** The place that an edit replaces: with `endLine`, `end` is a column of that line. */
export const editRange = ({ span }: TextEdit): Range => ({
  start: { line: span.line, character: span.start },
  end: { line: span.endLine ?? span.line, character: span.end },
});

/** Everything from a span's first line to the end of its last, as outline and folding show it. */
export const wholeRange = ({ line, start, endLine = line }: Span, lines: readonly string[]): Range => ({
  start: { line, character: start },
  end: { line: endLine, character: (lines[endLine] ?? '').length },
});

export const contains = ({ line, start, end }: Span, position: Position): boolean =>
  line === position.line && start <= position.character && position.character <= end;

/** Whether two ranges share a place; touching counts, as an empty selection has no other way to stand at a word's end. */
export const overlap = (a: Range, b: Range): boolean => !before(a.end, b.start) && !before(b.end, a.start);

const before = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);
