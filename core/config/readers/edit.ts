import type { Span } from '../span.ts';
import type { ConfigTree, Statement, SyntaxProblem, Word } from '../tree.ts';
import { splitLines } from './split-lines.ts';

/** Lines that quoted text may go on over: messages and certificates are that long. */
const MOST_LINES_OF_TEXT = 2000;

interface Draft extends Statement {
  readonly span: Span & { endLine?: number };
  readonly children: Draft[];
  body?: string;
}

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 11 || code === 12;
const withoutEscapes = (text: string): string => text.replace(/\\(["\\])/g, '$1');

/** Column of the quote that closes text which was opened before `from`; -1 when the line has none. */
function closingQuote(line: string, from: number): number {
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '"') return at;
  }
  return -1;
}

interface Words {
  readonly words: readonly Word[];
  /** Column of a quote that the line does not close. */
  readonly open: number | undefined;
}

function wordsOf(line: string): Words {
  const words: Word[] = [];
  let at = 0;
  while (at < line.length) {
    if (isBlank(line.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    if (line[at] === '"') {
      const close = closingQuote(line, at + 1);
      if (close < 0) return { words, open: at };
      at = close + 1;
      words.push({ text: withoutEscapes(line.slice(start + 1, close)), start, end: at, quoted: true });
      continue;
    }
    while (at < line.length && !isBlank(line.charCodeAt(at))) at += 1;
    words.push({ text: line.slice(start, at), start, end: at });
  }
  return { words, open: undefined };
}

/**
 * Reads the blocks of FortiOS: `config ... end` and, in it, `edit ... next`. `set a b` is the statement `a b`; `unset`
 * stays a word. Quoted text may go on over the next lines and is then the statement's body. Never throws; linear in the
 * text but for quotes that nothing closes.
 */
export function readEdit(text: string): ConfigTree {
  const lines = splitLines(text);
  const statements: Draft[] = [];
  const comments: Span[] = [];
  const problems: SyntaxProblem[] = [];
  const open: Draft[] = [];
  const kindOf = (draft: Draft | undefined): string | undefined => draft?.words[0]?.text;

  const close = (number: number): void => {
    const block = open.pop();
    if (block) block.span.endLine = number;
  };

  for (let number = 0; number < lines.length; number += 1) {
    const line = lines[number] as string;
    const { words, open: quote } = wordsOf(line);
    const first = words[0];
    if (!first && quote === undefined) continue;
    const start = first?.start ?? quote ?? 0;
    const span: Span = { line: number, start, end: quote === undefined ? (words.at(-1)?.end ?? start) : line.length };
    const verb = first?.text ?? '';
    if (verb.startsWith('#')) {
      comments.push({ line: number, start, end: line.length });
    } else if (verb === 'next' || verb === 'end') {
      comments.push(span);
      const wanted = verb === 'next' ? 'edit' : 'config';
      // `end` closes an entry that no `next` closed, with the block that it stands in.
      if (verb === 'end' && kindOf(open.at(-1)) === 'edit') close(number);
      if (kindOf(open.at(-1)) === wanted) close(number);
      else problems.push({ span, message: `"${verb}" closes no block here; remove it.` });
    } else if (verb === 'config' || verb === 'edit') {
      // An entry that begins while another one is open ends that one, as the command line does it.
      if (verb === 'edit' && kindOf(open.at(-1)) === 'edit') close(number);
      const block: Draft = { words, span: { ...span }, children: [] };
      (open.at(-1)?.children ?? statements).push(block);
      open.push(block);
    } else if (verb === 'set' || verb === 'unset' || verb === 'append' || verb === 'select') {
      const own = verb === 'set' ? words.slice(1) : words;
      const statement: Draft = { words: own, span: { ...span, start: own[0]?.start ?? start }, children: [] };
      if (quote !== undefined) {
        const last = textEnd(lines, number);
        const inner = [line.slice(quote + 1), ...lines.slice(number + 1, last ?? number + 1)];
        statement.body = withoutEscapes(inner.join('\n'));
        if (last === undefined) problems.push({ span, message: 'This quoted text is not closed; a quote is missing.' });
        else {
          statement.span.endLine = last;
          number = last;
        }
      }
      (open.at(-1)?.children ?? statements).push(statement);
    } else problems.push({ span, message: `A line of this form does not begin with "${verb.slice(0, 40)}".` });
  }
  for (const block of open) {
    block.span.endLine = lines.length - 1;
    problems.push({
      span: block.span,
      message: `This block is not closed; "${kindOf(block) === 'edit' ? 'next' : 'end'}" is missing.`,
    });
  }
  return { lines, statements, comments, problems };
}

/** The line that closes text which was opened on the one given; undefined when none near it does. */
function textEnd(lines: readonly string[], from: number): number | undefined {
  const limit = Math.min(lines.length, from + MOST_LINES_OF_TEXT);
  for (let line = from + 1; line < limit; line += 1) if (closingQuote(lines[line] as string, 0) >= 0) return line;
  return undefined;
}
