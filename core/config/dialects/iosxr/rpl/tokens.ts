import type { Located, Span } from '../../../span.ts';
import type { Statement } from '../../../tree.ts';

/** A word or sign of a policy, with its place. `quoted` texts keep their content without the quotes. */
export interface Token extends Located<string> {
  readonly quoted: boolean;
}

const WORDS = /'([^']*)'|"([^"]*)"|[(),]|[^\s(),'"]+|['"]/g;

/** The words of the text that follows a statement (`route-policy X` ... `end-policy`), without remarks. */
export function tokensOf({ body = '', span }: Statement): readonly Token[] {
  return body.split('\n').flatMap((line, number) => {
    const at = span.line + 1 + number;
    if (/^\s*[#!]/.test(line)) return [];
    return [...line.matchAll(WORDS)].map((found): Token => {
      const text = found[1] ?? found[2];
      const place: Span = { line: at, start: found.index, end: found.index + found[0].length };
      return { value: text ?? found[0], span: place, quoted: text !== undefined };
    });
  });
}

/** From the first to the last of some tokens; all of them count as one place. */
export function spanOf(tokens: readonly Token[], otherwise: Span): Span {
  const [first, last] = [tokens[0]?.span, tokens.at(-1)?.span];
  if (!first || !last) return otherwise;
  if (first.line === last.line) return { line: first.line, start: first.start, end: last.end };
  return { line: first.line, start: first.start, end: first.end, endLine: last.line };
}

export const textOf = (tokens: readonly Token[]): string =>
  tokens
    .map(({ value, quoted }) => (quoted ? `'${value}'` : value))
    .join(' ')
    .replace(/ ?\( ?/g, ' (')
    .replace(/ ([),])/g, '$1')
    .trim();
