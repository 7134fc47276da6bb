import type { Span } from '../span.ts';
import type { ConfigTree, Statement, SyntaxProblem, Word } from '../tree.ts';
import { splitLines } from './split-lines.ts';

/** How one system writes blocks in braces. */
export interface BraceSyntax {
  /** What ends a command that has no block: `;` (Junos) or the end of the line (SR OS, SR Linux). */
  readonly terminator: ';' | 'line';
  /** Characters that begin a comment to the end of the line. */
  readonly lineComments: string;
  /** Words in front of a command that mark it, with a colon (Junos `inactive:`, `protect:`). They stay words. */
  readonly blockComments: boolean;
  /** Quoted text may go on over the next lines (SR Linux banners). Absent: it ends with its line. */
  readonly multiLineText?: boolean;
  /** What begins a note to the end of the line behind a command, besides `lineComments` (`!!!` on SR Linux). */
  readonly notes?: string;
}

/** Lines that quoted text may go on over. */
const MOST_LINES_OF_TEXT = 200;

interface Draft extends Statement {
  readonly span: Span & { endLine?: number };
  readonly children: Draft[];
}

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 11 || code === 12;
const SPECIAL = new Set(['{', '}', ';', '[', ']']);

/**
 * Reads blocks in braces. A list in square brackets becomes words of its command, without the brackets. Never throws;
 * time is linear in the text, and depth is not limited: nothing here recurses. A block that is not closed, and a
 * closing brace without a block, are problems.
 */
export function readBraces(text: string, syntax: BraceSyntax): ConfigTree {
  const lines = splitLines(text);
  const statements: Draft[] = [];
  const comments: Span[] = [];
  const problems: SyntaxProblem[] = [];
  const open: Draft[] = [];
  let words: Word[] = [];
  let first = 0;
  let inList = false;
  let inComment: Span | undefined;

  /** Ends the command whose words were collected; its last line is `line`. */
  const finish = (line: number): Draft | undefined => {
    if (words.length === 0) return undefined;
    const draft: Draft = {
      words,
      span: {
        line: first,
        start: words[0]?.start ?? 0,
        end: words.at(-1)?.end ?? 0,
        ...(line > first && { endLine: line }),
      },
      children: [],
    };
    (open.at(-1)?.children ?? statements).push(draft);
    words = [];
    return draft;
  };

  const closeBlock = (line: number, column: number): void => {
    const block = open.pop();
    if (block) block.span.endLine = line;
    else
      problems.push({
        span: { line, start: column, end: column + 1 },
        message: 'This brace closes no block; remove it.',
      });
  };

  for (let number = 0; number < lines.length; number += 1) {
    let line = lines[number] as string;
    let at = 0;
    while (at < line.length) {
      if (inComment) {
        const end = line.indexOf('*/', at);
        comments.push({ line: number, start: at, end: end < 0 ? line.length : end + 2 });
        if (end < 0) break;
        inComment = undefined;
        at = end + 2;
        continue;
      }
      const character = line[at] as string;
      if (isBlank(line.charCodeAt(at))) {
        at += 1;
      } else if (
        syntax.lineComments.includes(character) ||
        (syntax.notes !== undefined && line.startsWith(syntax.notes, at))
      ) {
        comments.push({ line: number, start: at, end: line.length });
        break;
      } else if (syntax.blockComments && line.startsWith('/*', at)) {
        inComment = { line: number, start: at, end: at + 2 };
      } else if (character === '{') {
        const block = finish(number);
        if (block) open.push(block);
        else
          problems.push({
            span: { line: number, start: at, end: at + 1 },
            message: 'A block needs a name before its brace.',
          });
        at += 1;
      } else if (character === '}') {
        finish(number);
        closeBlock(number, at);
        at += 1;
      } else if (character === ';') {
        finish(number);
        at += 1;
      } else if (character === '[' || character === ']') {
        inList = character === '[';
        at += 1;
      } else {
        if (words.length === 0) first = number;
        const start = at;
        const close = character === '"' ? closingQuote(line, at) : -1;
        // A list may stand over several lines; its words say on which one they are.
        const place = number > first ? { line: number } : {};
        const end = close < 0 && character === '"' && syntax.multiLineText ? textEnd(lines, number) : undefined;
        if (close > 0) {
          at = close + 1;
          words.push({ text: withoutEscapes(line.slice(start + 1, close)), start, end: at, quoted: true, ...place });
        } else if (end) {
          const text = [line.slice(start + 1), ...lines.slice(number + 1, end.line)];
          const last = lines[end.line] as string;
          words.push({
            text: withoutEscapes([...text, last.slice(0, end.column)].join('\n')),
            start,
            end: line.length,
            quoted: true,
            ...place,
          });
          number = end.line;
          line = last;
          at = end.column + 1;
        } else {
          while (at < line.length && !isBlank(line.charCodeAt(at)) && !SPECIAL.has(line[at] as string)) at += 1;
          words.push({ text: line.slice(start, at), start, end: at, ...place });
        }
      }
    }
    if (syntax.terminator === 'line' && !inList) finish(number);
  }
  finish(lines.length - 1);
  for (const block of open) {
    block.span.endLine = lines.length - 1;
    problems.push({ span: block.span, message: 'This block is not closed; a closing brace is missing.' });
  }
  return { lines, statements, comments, problems };
}

function closingQuote(line: string, from: number): number {
  for (let at = from + 1; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '"') return at;
  }
  return -1;
}

/** Where text that was opened on a line above ends; undefined when no line near it closes it. */
function textEnd(
  lines: readonly string[],
  from: number,
): { readonly line: number; readonly column: number } | undefined {
  const limit = Math.min(lines.length, from + MOST_LINES_OF_TEXT);
  for (let line = from + 1; line < limit; line += 1) {
    const column = closingQuote(lines[line] as string, -1);
    if (column >= 0) return { line, column };
  }
  return undefined;
}

const withoutEscapes = (text: string): string => text.replace(/\\(["\\])/g, '$1');
