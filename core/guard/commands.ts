import type { Entry, Node } from '../config/command-table.ts';
import type { Statement, Word } from '../config/tree.ts';
import type { ParsedConfig } from '../network/snapshot.ts';

/** A line of configuration as a rule reads it: its words in full and without the negation, and where it stands. */
export interface Command {
  readonly statement: Statement;
  /** The words without the `no` in front; shortened keywords are written out where the command is known. */
  readonly words: readonly string[];
  /** `no ...`, `default ...`: the line takes something away. */
  readonly negated: boolean;
  /** The modes around it, outermost first. */
  readonly path: readonly Command[];
}

const negations: readonly string[] = ['no', 'default', 'undo', 'delete'];

const literalsOf = (nodes: readonly Node[]): string[] =>
  nodes.flatMap((node) => {
    if (node.kind === 'literal') return [node.text];
    if (node.kind === 'slot') return node.choices.flatMap((choice) => (typeof choice === 'object' ? [choice.literal] : []));
    return node.kind === 'optional' ? literalsOf(node.nodes) : node.parts.flatMap((part) => literalsOf(part));
  });

const literalCache = new WeakMap<Entry, readonly string[]>();

function literals(entry: Entry): readonly string[] {
  const cached = literalCache.get(entry) ?? literalsOf(entry.nodes);
  literalCache.set(entry, cached);
  return cached;
}

/** `neigh 10.0.0.1 route-m X in` in full: a word that no slot took and that begins a keyword of the row is that keyword. */
function inFull(words: readonly Word[], match: { entry: Entry; args: Readonly<Record<string, unknown>> } | undefined): string[] {
  if (!match) return words.map((word) => word.text);
  const keywords = literals(match.entry);
  return words.map(({ text }) => {
    const lower = text.toLowerCase();
    if (keywords.includes(lower)) return lower;
    if (!/^[a-z-]+$/i.test(text) || valuesOf(match.args).has(text)) return text;
    return keywords.find((keyword) => keyword.startsWith(lower)) ?? text;
  });
}

const valuesOf = (args: Readonly<Record<string, unknown>>): Set<unknown> =>
  new Set(Object.values(args).flatMap((arg) => (arg && typeof arg === 'object' && 'value' in arg ? arg.value : [])));

const cache = new WeakMap<ParsedConfig, readonly Command[]>();

/** All statements of a configuration in the order of the text, each with its modes. Computed once per configuration. */
export function commandsOf(config: ParsedConfig): readonly Command[] {
  const cached = cache.get(config);
  if (cached) return cached;
  const commands: Command[] = [];
  const pending: { statement: Statement; path: readonly Command[] }[] = [];
  const push = (statements: readonly Statement[], path: readonly Command[]): void => {
    for (let at = statements.length - 1; at >= 0; at -= 1) pending.push({ statement: statements[at] as Statement, path });
  };
  push(config.tree.statements, []);
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { statement, path } = next;
    const match = config.matches.get(statement);
    const negated = match ? match.negated || negatedByWord(statement, match.entry) : isNegation(statement);
    const words = inFull(negated ? statement.words.slice(1) : statement.words, match);
    const command: Command = { statement, words, negated, path };
    commands.push(command);
    push(statement.children, [...path, command]);
  }
  cache.set(config, commands);
  return commands;
}

const isNegation = (statement: Statement): boolean => statement.words.length > 1 && negations.includes(statement.words[0]?.text ?? '');

/** A row may itself begin with `no` (`no switchport`): it is then a command of its own, and read as a negation all the same. */
const negatedByWord = (statement: Statement, entry: Entry): boolean => isNegation(statement) && literals(entry)[0] !== 'default';

/** The innermost mode around a command whose words begin like this. */
export const modeOf = (command: Command, ...words: readonly string[]): Command | undefined =>
  command.path.findLast((mode) => words.every((word, index) => mode.words[index]?.toLowerCase() === word));

/** The words from `at` on, as text; and whether the line begins with these words. */
export const beginsWith = (command: Command, ...words: readonly string[]): boolean =>
  words.every((word, index) => command.words[index]?.toLowerCase() === word);
