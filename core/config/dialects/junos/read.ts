import { readBraces } from '../../readers/braces.ts';
import { readSet } from '../../readers/set.ts';
import type { Span } from '../../span.ts';
import type { ConfigTree, Statement } from '../../tree.ts';

const FLAT = /^\s*(set|delete|deactivate) \S/m;
const BLOCK = /^\s*[a-z][\w-]*( [^;\n]*)?\{\s*(#.*)?$/m;

/** Markers that stand in front of a command and do not change what it says. */
const MARKERS = new Set(['protect:', 'replace:', 'active:', 'unprotect:']);

/** Leaves out `inactive:` commands with all below them, and the other markers. Nothing here recurses. */
function withoutInactive(tree: ConfigTree): ConfigTree {
  const comments: Span[] = [...tree.comments];
  const clean = (from: readonly Statement[]): Statement[] => {
    const kept: Statement[] = [];
    for (const statement of from) {
      let words = statement.words;
      while (words[0] && MARKERS.has(words[0].text)) words = words.slice(1);
      if (words[0]?.text === 'inactive:') comments.push(statement.span);
      else kept.push(words === statement.words ? statement : { ...statement, words });
    }
    return kept;
  };
  const top = clean(tree.statements);
  const open = [...top];
  for (let next = open.pop(); next; next = open.pop()) {
    const children = clean(next.children);
    (next as { children: readonly Statement[] }).children = children;
    open.push(...children);
  }
  return { ...tree, statements: top, comments };
}

/** Reads a Junos configuration in either of its forms, `show configuration` (braces) or `| display set`. */
export function readJunos(text: string): ConfigTree {
  const head = text.slice(0, 200_000);
  if (FLAT.test(head) && !BLOCK.test(head)) return readSet(text, { comments: '#' });
  return withoutInactive(readBraces(text, { terminator: ';', lineComments: '#', blockComments: true }));
}
