import type { ConfigTree, Statement, Word } from '../../tree.ts';

/** A leaf of the configuration as one flat command. */
type Flat = Statement;

/** A text that nests deeper than any configuration is not made flat: its paths would be longer than the text. */
const DEEPEST = 64;

/** Every leaf with the words of what it stands in; undefined when the text nests too deep. */
function flatten(statements: readonly Statement[]): Flat[] | undefined {
  const flat: Flat[] = [];
  const open: { readonly statement: Statement; readonly path: readonly Word[]; readonly depth: number }[] = [];
  for (const statement of [...statements].reverse()) open.push({ statement, path: [], depth: 0 });
  for (let next = open.pop(); next; next = open.pop()) {
    const { statement, path, depth } = next;
    if (depth > DEEPEST) return undefined;
    const words = [...path, ...statement.words];
    if (statement.children.length === 0) flat.push({ ...statement, words });
    for (const child of [...statement.children].reverse())
      open.push({ statement: child, path: words, depth: depth + 1 });
  }
  return flat;
}

const isWildcard = (text: string): boolean => text.startsWith('<') && text.endsWith('>');

/** `<ge-*>`, `<*>`, `<ge-0/0/[0-3]>`: a pattern of the shell over one word. */
function matchesWildcard(pattern: string, text: string): boolean {
  if (!isWildcard(pattern)) return pattern === text;
  const source = pattern
    .slice(1, -1)
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  try {
    return new RegExp(`^${source}$`).test(text);
  } catch {
    return false;
  }
}

/** Paths that a command of a group stands for, its wildcards filled in with what the configuration itself has. */
function instances(command: readonly Word[], own: readonly Flat[]): readonly (readonly Word[])[] {
  let paths: (readonly Word[])[] = [[]];
  for (const word of command) {
    if (!isWildcard(word.text)) {
      paths = paths.map((path) => [...path, word]);
      continue;
    }
    paths = paths.flatMap((path) => {
      const found = new Map<string, Word>();
      for (const { words } of own) {
        const here = words[path.length];
        if (!here || !matchesWildcard(word.text, here.text)) continue;
        if (path.every((known, at) => known.text === words[at]?.text))
          found.set(here.text, { ...word, text: here.text });
      }
      return [...found.values()].map((made) => [...path, made]);
    });
  }
  return paths;
}

const APPLY = /^apply-groups(-except)?$/;

/**
 * "Configuration Groups": `apply-groups` at some place takes over what a group says about that place. What stands in
 * the configuration itself wins, and of several groups the one that is named first: what wins comes later here.
 * Without groups the statements are those of the tree.
 */
export function inheritGroups(tree: ConfigTree): readonly Statement[] {
  const first = (statement: Statement): string | undefined => statement.words[0]?.text;
  if (!tree.statements.some((statement) => first(statement) === 'groups')) return tree.statements;
  const flat = flatten(tree.statements);
  if (!flat) return tree.statements;
  const groups = new Map<string, Flat[]>();
  const own: Flat[] = [];
  const applied: { readonly path: readonly Word[]; readonly names: readonly string[] }[] = [];
  const refused: { readonly path: readonly Word[]; readonly names: readonly string[] }[] = [];
  for (const command of flat) {
    const { words } = command;
    if (words[0]?.text === 'groups') {
      const name = words[1]?.text ?? '';
      groups.set(name, [...(groups.get(name) ?? []), { ...command, words: words.slice(2) }]);
      continue;
    }
    const at = words.findIndex(({ text, quoted }) => !quoted && APPLY.test(text));
    if (at < 0) own.push(command);
    else {
      const site = { path: words.slice(0, at), names: words.slice(at + 1).map(({ text }) => text) };
      (words[at]?.text === 'apply-groups' ? applied : refused).push(site);
    }
  }
  const isUnder = (words: readonly Word[], path: readonly Word[]): boolean =>
    path.every(({ text }, index) => words[index]?.text === text);
  const inherited: Flat[] = [];
  // The place that is further in wins over the one further out.
  for (const { path, names } of applied.sort((a, b) => a.path.length - b.path.length)) {
    for (const name of [...names].reverse()) {
      for (const command of groups.get(name) ?? []) {
        for (const words of instances(command.words, own)) {
          if (words.length <= path.length || !isUnder(words, path)) continue;
          if (refused.some((site) => site.names.includes(name) && isUnder(words, site.path))) continue;
          inherited.push({ ...command, words });
        }
      }
    }
  }
  return [...inherited, ...own];
}
