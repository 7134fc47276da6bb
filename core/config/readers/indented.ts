import type { Span } from '../span.ts';
import type { ConfigTree, Statement, SyntaxProblem, Word } from '../tree.ts';
import { bodyOf, type MultiLine } from './multi-line.ts';

/** How one system writes indented command lines. */
export interface IndentedSyntax {
  /** Characters that make a line a comment when they stand first. */
  readonly comments: string;
  /** `"two words"` is one word. The industry-standard command lines do not quote. */
  readonly quotes: boolean;
  /** Commands whose text goes on over the next lines. */
  readonly multiLine: readonly MultiLine[];
}

/** Longer lines are not commands of any system; they are reported and not taken apart. UTF-16 units. */
export const MAX_LINE_LENGTH = 65_536;
const TAB_WIDTH = 8;

/** Lines as an editor counts them: CR LF, LF and a lone CR each end a line. */
export const splitLines = (text: string): string[] => text.split(/\r\n|\n|\r/);

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 11 || code === 12;

/** The words of a line from a column on. */
export function wordsOf(line: string, from: number, quotes: boolean): Word[] {
  const words: Word[] = [];
  let at = from;
  while (at < line.length) {
    if (isBlank(line.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    const close = quotes && line[at] === '"' ? line.indexOf('"', at + 1) : -1;
    if (close > 0 && (close + 1 === line.length || isBlank(line.charCodeAt(close + 1)))) {
      at = close + 1;
      words.push({ text: line.slice(start + 1, close), start, end: at, quoted: true });
      continue;
    }
    while (at < line.length && !isBlank(line.charCodeAt(at))) at += 1;
    words.push({ text: line.slice(start, at), start, end: at });
  }
  return words;
}

interface Draft extends Statement {
  readonly span: Span & { endLine?: number };
  readonly children: Draft[];
  body?: string;
}

interface Level {
  readonly indent: number;
  readonly statement: Draft;
}

/**
 * Reads indented command lines. A line belongs to the nearest line above it that is indented less. Never throws; time
 * is linear in the text. Depth is not limited: nothing here recurses.
 */
export function readIndented(text: string, syntax: IndentedSyntax): ConfigTree {
  const lines = splitLines(text);
  const statements: Draft[] = [];
  const comments: Span[] = [];
  const problems: SyntaxProblem[] = [];
  const levels: Level[] = [];

  const close = (indent: number): void => {
    for (let top = levels.at(-1); top && top.indent >= indent; top = levels.at(-1)) {
      levels.pop();
      const parent = levels.at(-1)?.statement.span;
      const last = top.statement.span.endLine ?? top.statement.span.line;
      if (parent && last > (parent.endLine ?? parent.line)) parent.endLine = last;
    }
  };

  for (let number = 0; number < lines.length; number += 1) {
    const line = lines[number] as string;
    let at = 0;
    let indent = 0;
    for (; at < line.length && isBlank(line.charCodeAt(at)); at += 1)
      indent = line.charCodeAt(at) === 9 ? indent + TAB_WIDTH - (indent % TAB_WIDTH) : indent + 1;
    if (at === line.length) continue;
    if (syntax.comments.includes(line[at] as string)) {
      comments.push({ line: number, start: at, end: line.length });
      continue;
    }
    if (line.length > MAX_LINE_LENGTH) {
      problems.push({
        span: { line: number, start: at, end: line.length },
        message: `The line has ${line.length} characters; lines of more than ${MAX_LINE_LENGTH} are not read.`,
      });
      continue;
    }
    const words = wordsOf(line, at, syntax.quotes);
    close(indent);
    const parent = levels.at(-1)?.statement;
    const span: Draft['span'] = { line: number, start: at, end: words.at(-1)?.end ?? line.length };
    const statement: Draft = { words, span, children: [] };
    const body = bodyOf(syntax.multiLine, words, parent?.words, lines, number);
    if (body) {
      statement.body = body.text;
      if (body.lastLine > number) span.endLine = body.lastLine;
      problems.push(...body.problems);
      number = body.lastLine;
    }
    (parent?.children ?? statements).push(statement);
    levels.push({ indent, statement });
    // What follows a banner is no part of it, however far it is indented.
    if (body) close(indent);
  }
  close(-1);
  return { lines, statements, comments, problems };
}
