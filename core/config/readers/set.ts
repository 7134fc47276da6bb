import type { Span } from '../span.ts';
import type { ConfigTree, Statement, SyntaxProblem, Word } from '../tree.ts';
import { wordsOf } from './indented.ts';
import { splitLines } from './split-lines.ts';

/** How one system writes flat commands. */
export interface SetSyntax {
  /** Characters that make a line a comment when they stand first. */
  readonly comments: string;
  /** A lone word after `set` that names the root (`/` on SR Linux); it is left out. */
  readonly root?: string;
  /** Further verbs that make statements, as `add` of Gaia; the verb stays the statement's first word. */
  readonly verbs?: readonly string[];
}

const startsWith = (words: readonly Word[], path: readonly Word[]): boolean =>
  path.length <= words.length && path.every((word, index) => word.text === words[index]?.text);

const withoutBrackets = (words: readonly Word[]): Word[] =>
  words.filter((word) => word.quoted || (word.text !== '[' && word.text !== ']'));

/**
 * Reads flat commands: `set a b c` is the statement `a b c`. `delete a b` takes back what stands above it, and
 * `deactivate a b` what stands anywhere; statements that are taken back count as comments. Never throws; linear but
 * for the number of `delete` and `deactivate` lines.
 */
export function readSet(text: string, syntax: SetSyntax): ConfigTree {
  const lines = splitLines(text);
  const comments: Span[] = [];
  const problems: SyntaxProblem[] = [];
  const inactive: Word[][] = [];
  let statements: Statement[] = [];

  const takeBack = (path: readonly Word[]): void => {
    const kept: Statement[] = [];
    for (const statement of statements) {
      if (startsWith(statement.words, path)) comments.push(statement.span);
      else kept.push(statement);
    }
    statements = kept;
  };

  for (const [number, line] of lines.entries()) {
    const words = wordsOf(line, 0, true);
    const first = words[0];
    if (!first) continue;
    const span: Span = { line: number, start: first.start, end: words.at(-1)?.end ?? first.end };
    if (syntax.comments.includes(first.text[0] as string)) {
      comments.push(span);
      continue;
    }
    const path = withoutBrackets(words.slice(words[1]?.text === syntax.root ? 2 : 1));
    if (first.text === 'set' && path.length > 0) {
      statements.push({ words: path, span: { ...span, start: path[0]?.start ?? span.start }, children: [] });
    } else if (syntax.verbs?.includes(first.text)) {
      statements.push({ words: withoutBrackets(words), span, children: [] });
    } else if (first.text === 'delete' || first.text === 'deactivate') {
      comments.push(span);
      if (first.text === 'delete') takeBack(path);
      else inactive.push(path);
    } else if (first.text === 'activate' || first.text === 'protect' || first.text === 'annotate') {
      comments.push(span);
    } else if (/^\{[a-z]+(:[a-z0-9-]+)?\}$/.test(first.text)) {
      comments.push(span); // the prompt's line of a chassis member, as captured with the configuration
    } else {
      problems.push({
        span,
        message: `A line of this form begins with set, delete or deactivate, not with "${first.text.slice(0, 40)}".`,
      });
    }
  }
  for (const path of inactive) takeBack(path);
  return { lines, statements, comments, problems };
}
