import type { Span } from '../span.ts';
import type { ConfigTree, Statement, SyntaxProblem, Word } from '../tree.ts';
import { editedLines, oldLine } from './line-edit.ts';
import { moveProblem, moveSpan, moveStatement } from './move.ts';
import { bodyOf, type MultiLine } from './multi-line.ts';
import { splitLines } from './split-lines.ts';

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

/** What is read so far, and the levels that are open. */
class Reading {
  readonly lines: readonly string[];
  readonly statements: Statement[];
  readonly comments: Span[];
  readonly problems: SyntaxProblem[];
  readonly #syntax: IndentedSyntax;
  /** The words of a line, where the text before had the same line. */
  readonly #known: (line: number) => readonly Word[] | undefined;
  readonly #levels: Level[] = [];

  constructor(
    syntax: IndentedSyntax,
    { lines, statements, comments, problems }: ConfigTree,
    known: (line: number) => readonly Word[] | undefined,
  ) {
    this.#syntax = syntax;
    this.#known = known;
    this.lines = lines;
    this.statements = [...statements];
    this.comments = [...comments];
    this.problems = [...problems];
  }

  #close(indent: number): void {
    for (let top = this.#levels.at(-1); top && top.indent >= indent; top = this.#levels.at(-1)) {
      this.#levels.pop();
      const parent = this.#levels.at(-1)?.statement.span;
      const last = top.statement.span.endLine ?? top.statement.span.line;
      if (parent && last > (parent.endLine ?? parent.line)) parent.endLine = last;
    }
  }

  /** Reads on from a line. Ends in front of the first outermost line for which `ends` holds, and says which it is. */
  run(from: number, ends: (line: number) => boolean): number {
    const { lines, comments, problems } = this;
    const levels = this.#levels;
    const syntax = this.#syntax;
    for (let number = from; number < lines.length; number += 1) {
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
      this.#close(indent);
      const parent = levels.at(-1)?.statement;
      if (!parent && ends(number)) return number;
      const words = this.#known(number) ?? wordsOf(line, at, syntax.quotes);
      const span: Draft['span'] = { line: number, start: at, end: words.at(-1)?.end ?? line.length };
      const statement: Draft = { words, span, children: [] };
      const body = bodyOf(syntax.multiLine, words, parent?.words, lines, number);
      if (body) {
        statement.body = body.text;
        if (body.lastLine > number) span.endLine = body.lastLine;
        problems.push(...body.problems);
        number = body.lastLine;
      }
      (parent?.children ?? this.statements).push(statement);
      levels.push({ indent, statement });
      // What follows a banner is no part of it, however far it is indented.
      if (body) this.#close(indent);
    }
    this.#close(-1);
    return lines.length;
  }

  tree(): ConfigTree {
    const { lines, statements, comments, problems } = this;
    return { lines, statements, comments, problems };
  }
}

const NOTHING = { statements: [], comments: [], problems: [] };
const never = (): boolean => false;

/**
 * Reads indented command lines. A line belongs to the nearest line above it that is indented less. Never throws; time
 * is linear in the text. Depth is not limited: nothing here recurses.
 *
 * With the tree of an earlier version of the text only the stanzas that differ are read; the result is the same. Other
 * stanzas stay the same objects, or are moved to where they stand now.
 */
export function readIndented(text: string, syntax: IndentedSyntax, before?: ConfigTree): ConfigTree {
  if (before) return readAgain(text, syntax, before);
  const reading = new Reading(syntax, { lines: splitLines(text), ...NOTHING }, () => undefined);
  reading.run(0, never);
  return reading.tree();
}

function readAgain(text: string, syntax: IndentedSyntax, before: ConfigTree): ConfigTree {
  const { lines, edit } = editedLines(text, before.lines);
  const { first, oldEnd, newEnd, moved } = edit;
  if (first === before.lines.length && moved === 0) return before;
  // The stanza in front of the edit may go on in it; how far a text of several lines goes is decided within its stanza.
  const count = Math.max(0, indexFrom(before.statements, ({ span }) => span.line, first) - 1);
  const start = before.statements[count]?.span.line ?? 0;
  const from = start < first ? start : 0;
  const head = {
    lines,
    statements: before.statements.slice(0, from === 0 ? 0 : count),
    comments: before.comments.slice(0, indexFrom(before.comments, lineOf, from)),
    problems: before.problems.filter(({ span }) => span.line < from),
  };
  const wordsAt = wordsByLine(before.statements, count, oldEnd);
  const known = (line: number): readonly Word[] | undefined => wordsAt.get(oldLine(edit, line) ?? -1);
  const reading = new Reading(syntax, head, known);
  // From an outermost line that was one before, and with nothing but equal lines from there on, all is as it was.
  let rest = before.statements.length;
  reading.run(from, (line) => {
    if (line < newEnd) return false;
    const at = indexFrom(before.statements, ({ span }) => span.line, line - moved);
    if (before.statements[at]?.span.line !== line - moved) return false;
    rest = at;
    return true;
  });
  const tail = before.statements[rest]?.span.line;
  if (tail === undefined) return reading.tree();
  for (let at = rest; at < before.statements.length; at += 1)
    reading.statements.push(moveStatement(before.statements[at] as Statement, moved));
  for (let at = indexFrom(before.comments, lineOf, tail); at < before.comments.length; at += 1)
    reading.comments.push(moveSpan(before.comments[at] as Span, moved));
  for (const problem of before.problems)
    if (problem.span.line >= tail) reading.problems.push(moveProblem(problem, moved));
  return reading.tree();
}

const lineOf = ({ line }: Span): number => line;

/** Place of the first element of a list in the order of its lines that stands on the line or below it. */
function indexFrom<T>(list: readonly T[], line: (element: T) => number, from: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (line(list[middle] as T) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The words of the statements from one stanza to the one that ends behind a line, by line. */
function wordsByLine(statements: readonly Statement[], from: number, to: number): ReadonlyMap<number, readonly Word[]> {
  const words = new Map<number, readonly Word[]>();
  for (let at = from; at < statements.length; at += 1) {
    const top = statements[at] as Statement;
    if (top.span.line > to) break;
    const open = [top];
    for (let next = open.pop(); next; next = open.pop()) {
      words.set(next.span.line, next.words);
      for (const child of next.children) open.push(child);
    }
  }
  return words;
}
