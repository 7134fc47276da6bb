import type { Span } from './span.ts';

/** One word of a command line. `quoted` words keep their text without the quotes. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly quoted?: boolean;
  /** Line of the word where it is not that of its statement (a list over several lines, JSON). */
  readonly line?: number;
}

/**
 * A line of configuration with its children. The same shape serves the three syntax families: an indented command
 * line, a `name { ... }` block, and a flat `set a b c` line (which becomes the nested statements a > b > c).
 */
export interface Statement {
  readonly words: readonly Word[];
  /** The command's own span; `endLine` covers the children and any multi-line text such as a banner. */
  readonly span: Span;
  readonly children: readonly Statement[];
  /** Free text that follows the command over several lines (banner, certificate), without its delimiters. */
  readonly body?: string;
}

/** A problem found while reading the text. Reading never stops at one. */
export interface SyntaxProblem {
  readonly span: Span;
  readonly message: string;
}

/** A configuration file as read: every non-blank line is in exactly one statement, a comment, or a problem. */
export interface ConfigTree {
  readonly lines: readonly string[];
  readonly statements: readonly Statement[];
  readonly comments: readonly Span[];
  readonly problems: readonly SyntaxProblem[];
}

/** The words of a statement as one line of text with single blanks. */
export const statementText = (statement: Statement): string => statement.words.map((word) => word.text).join(' ');
