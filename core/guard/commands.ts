import type { Entry, Match } from '../config/command-table.ts';
import type { DialectId } from '../config/device/device.ts';
import { dialects } from '../config/dialects/index.ts';
import type { Node } from '../config/pattern.ts';
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
    if (node.kind === 'slot')
      return node.choices.flatMap((choice) => (typeof choice === 'object' ? [choice.literal] : []));
    return node.kind === 'optional' ? literalsOf(node.nodes) : node.parts.flatMap((part) => literalsOf(part));
  });

const literalCache = new WeakMap<Entry, readonly string[]>();

function literals(entry: Entry): readonly string[] {
  const cached = literalCache.get(entry) ?? literalsOf(entry.nodes);
  literalCache.set(entry, cached);
  return cached;
}

/** `neigh 10.0.0.1 route-m X in` in full: a word that no slot took and that begins a keyword of the row is that keyword. */
function inFull(
  words: readonly Word[],
  match: { entry: Entry; args: Readonly<Record<string, unknown>> } | undefined,
): string[] {
  if (!match) return words.map((word) => word.text);
  const keywords = literals(match.entry);
  let values: ReadonlySet<unknown> | undefined;
  return words.map(({ text }) => {
    const lower = text.toLowerCase();
    if (keywords.includes(lower)) return lower;
    if (!/^[a-z-]+$/i.test(text)) return text;
    values ??= valuesOf(match.args);
    if (values.has(text)) return text;
    return keywords.find((keyword) => keyword.startsWith(lower)) ?? text;
  });
}

const valuesOf = (args: Readonly<Record<string, unknown>>): Set<unknown> =>
  new Set(Object.values(args).flatMap((arg) => (arg && typeof arg === 'object' && 'value' in arg ? arg.value : [])));

type Modes = ReadonlyMap<Entry, ReadonlySet<Entry | undefined>>;

const modesByDialect = new Map<DialectId, Modes>();

/** In which modes each command of a dialect may stand; undefined is the outermost. */
function modesOf(dialect: DialectId): Modes {
  const cached = modesByDialect.get(dialect);
  if (cached) return cached;
  const modes = new Map<Entry, Set<Entry | undefined>>();
  const visit = (entries: readonly Entry[], mode: Entry | undefined): void => {
    for (const entry of entries) {
      const known = modes.get(entry) ?? new Set();
      if (known.has(mode)) continue;
      modes.set(entry, known.add(mode));
      if (entry.children) visit(entry.children.entries, entry);
    }
  };
  visit(dialects.get(dialect)?.commands.entries ?? [], undefined);
  modesByDialect.set(dialect, modes);
  return modes;
}

const cache = new WeakMap<ParsedConfig, readonly Command[]>();

interface Read {
  readonly match: Match | undefined;
  readonly command: Command;
  /** Path of what stands inside. */
  readonly inside: readonly Command[];
}

/** A line's words in full, and whether it takes something away: they follow from its own words and from its row. */
interface Reading {
  readonly row: Match | undefined;
  readonly words: readonly string[];
  readonly negated: boolean;
  last: Read | undefined;
}

/** Lines as they were read last: a text that is being typed shares the words of most of them with the one before. */
const readBefore = new WeakMap<readonly Word[], Reading>();

const samePath = (a: readonly Command[], b: readonly Command[]): boolean =>
  a === b || (a.length === b.length && a.every((command, at) => command === b[at]));

function readingOf(statement: Statement, match: Match | undefined): Reading {
  const known = readBefore.get(statement.words);
  if (known && known.row?.entry === match?.entry && known.row?.negated === match?.negated) return known;
  const negated = match ? match.negated || negatedByWord(statement, match.entry) : isNegation(statement);
  const words = inFull(negated ? statement.words.slice(1) : statement.words, match);
  const made = { row: match, words, negated, last: undefined };
  readBefore.set(statement.words, made);
  return made;
}

/** The command of a statement: the same object as long as it is the same row in the same place. */
function read(statement: Statement, match: Match | undefined, path: readonly Command[]): Read {
  const reading = readingOf(statement, match);
  const { last, words, negated } = reading;
  if (last && last.match === match && last.command.statement === statement && samePath(last.command.path, path))
    return last;
  const command: Command = { statement, words, negated, path };
  const made = { match, command, inside: statement.children.length > 0 ? [...path, command] : path };
  reading.last = made;
  return made;
}

/** All statements of a configuration in the order of the text, each with its modes. Computed once per configuration. */
export function commandsOf(config: ParsedConfig): readonly Command[] {
  const cached = cache.get(config);
  if (cached) return cached;
  const modes = modesOf(config.dialect);
  const matchOf = new Map<Command, Match | undefined>();
  const commands: Command[] = [];
  const pending: { readonly statement: Statement; readonly path: readonly Command[] }[] = [];
  const push = (statements: readonly Statement[], path: readonly Command[]): void => {
    for (let at = statements.length - 1; at >= 0; at -= 1)
      pending.push({ statement: statements[at] as Statement, path });
  };
  /** Pasted text often has no indentation: a line then stands in the innermost mode opened before that knows it. */
  const impliedPath = (match: Match | undefined): readonly Command[] => {
    const homes = match && modes.get(match.entry);
    const last = commands.at(-1);
    if (!homes || homes.has(undefined) || !last) return [];
    const open = [...last.path, last];
    const at = open.findLastIndex((mode) => homes.has(matchOf.get(mode)?.entry));
    return open.slice(0, at + 1);
  };
  push(config.tree.statements, []);
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { statement } = next;
    const parent = next.path.at(-1);
    const found = config.matches.get(statement);
    // Lines of a block that is known as a whole carry the block's own row, which says nothing about their words.
    const match = parent && found && found === config.matches.get(parent.statement) ? undefined : found;
    const path = next.path.length > 0 ? next.path : impliedPath(match);
    const { command, inside } = read(statement, match, path);
    // Only modes are asked for.
    if (match?.entry.children) matchOf.set(command, match);
    commands.push(command);
    push(statement.children, inside);
  }
  cache.set(config, commands);
  return commands;
}

const isNegation = (statement: Statement): boolean =>
  statement.words.length > 1 && negations.includes(statement.words[0]?.text ?? '');

/** A row may itself begin with `no` (`no switchport`): it is then a command of its own, and read as a negation all the same. */
const negatedByWord = (statement: Statement, entry: Entry): boolean =>
  isNegation(statement) && literals(entry)[0] !== 'default';

/** The innermost mode around a command whose words begin like this. */
export const modeOf = (command: Command, ...words: readonly string[]): Command | undefined =>
  command.path.findLast((mode) => words.every((word, index) => mode.words[index]?.toLowerCase() === word));

/** The words from `at` on, as text; and whether the line begins with these words. */
export const beginsWith = (command: Command, ...words: readonly string[]): boolean =>
  words.every((word, index) => command.words[index]?.toLowerCase() === word);
