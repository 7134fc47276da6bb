import type { Span } from '../span.ts';
import type { Statement, SyntaxProblem } from '../tree.ts';

/* What stands below an inserted or deleted line: the same, some lines further down or up. */

export const moveSpan = (span: Span, by: number): Span =>
  by === 0
    ? span
    : span.endLine === undefined
      ? { ...span, line: span.line + by }
      : { ...span, line: span.line + by, endLine: span.endLine + by };

export const moveProblem = ({ span, message }: SyntaxProblem, by: number): SyntaxProblem => ({
  span: moveSpan(span, by),
  message,
});

interface Copy {
  readonly words: Statement['words'];
  readonly span: Span;
  readonly children: Statement[];
  readonly body?: string;
}

const copyOf = ({ words, span, body }: Statement, by: number): Copy =>
  body === undefined
    ? { words, span: moveSpan(span, by), children: [] }
    : { words, span: moveSpan(span, by), children: [], body };

/** The statement with all that it contains. Its words are the same objects: they know their columns, not their line. */
export function moveStatement(top: Statement, by: number): Statement {
  if (by === 0) return top;
  const moved = copyOf(top, by);
  const open: { readonly from: Statement; readonly to: Copy }[] =
    top.children.length > 0 ? [{ from: top, to: moved }] : [];
  for (let next = open.pop(); next; next = open.pop())
    for (const child of next.from.children) {
      const copy = copyOf(child, by);
      next.to.children.push(copy);
      if (child.children.length > 0) open.push({ from: child, to: copy });
    }
  return moved;
}
