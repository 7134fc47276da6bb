import type { Span } from '../span.ts';
import type { ConfigTree, Statement, Word } from '../tree.ts';

const withoutRoot = (words: readonly Word[]): readonly Word[] => {
  const [first] = words;
  if (first?.text === '/') return words.slice(1);
  if (first && !first.quoted && /^\/[a-z]/.test(first.text))
    return [{ ...first, text: first.text.slice(1), start: first.start + 1 }, ...words.slice(1)];
  return words;
};

/** The statement without the words in front of its path: `set / interface x` and `/interface x` are `interface x`. */
function pathOf(statement: Statement): Statement {
  const own = statement.words[0]?.text === 'set' ? statement.words.slice(1) : statement.words;
  const words = withoutRoot(own);
  const [first] = words;
  if (words === statement.words || !first) return statement;
  return { ...statement, words, span: { ...statement.span, start: first.start } };
}

/** What stands above a `delete` line without what it names. What is taken away counts as a comment. */
function without(
  statements: readonly Statement[],
  path: readonly string[],
  taken: (span: Span) => void,
): readonly Statement[] {
  return statements.flatMap((statement): readonly Statement[] => {
    const words = statement.words.map(({ text }) => text);
    const shared = Math.min(words.length, path.length);
    if (!path.slice(0, shared).every((word, at) => word === words[at])) return [statement];
    if (path.length <= words.length) {
      taken(statement.span);
      return [];
    }
    if (statement.children.length === 0) return [statement];
    return [{ ...statement, children: without(statement.children, path.slice(words.length), taken) }];
  });
}

/** Lines of the command line that stand around a configuration and say nothing. */
const isFrame = ({ words }: Statement): boolean =>
  /^(enter candidate( .*)?|commit (stay|now|save)( .*)?|save startup|quit)$/.test(
    words.map(({ text }) => text).join(' '),
  );

/**
 * A tree whose outermost statements may name their whole path: `set / a b c` and `/a b c` (Nokia), also with a block
 * behind the path. `delete / a b` takes back what stands above it.
 */
export function withWholePaths(tree: ConfigTree): ConfigTree {
  const comments: Span[] = [...tree.comments];
  let statements: readonly Statement[] = [];
  const added: Statement[] = [];
  const settle = (): void => {
    statements = statements.concat(added.splice(0));
  };
  for (const statement of tree.statements) {
    if (isFrame(statement)) {
      comments.push(statement.span);
    } else if (/^\/?delete$/.test(statement.words[0]?.text ?? '') && statement.children.length === 0) {
      settle();
      comments.push(statement.span);
      const path = withoutRoot(statement.words.slice(1)).map(({ text: word }) => word);
      if (path.length > 0) statements = without(statements, path, (span) => comments.push(span));
    } else added.push(pathOf(statement));
  }
  settle();
  return { ...tree, statements, comments };
}
