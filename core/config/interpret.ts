import {
  type At,
  type Entry,
  eachOf,
  type Match,
  type MatchMemory,
  matchInlineMode,
  StatementMatcher,
  type Table,
  table,
} from './command-table.ts';
import type { DeviceDraft } from './device/device.ts';
import type { Dialect } from './dialect.ts';
import type { Located } from './span.ts';
import type { ConfigTree, Statement } from './tree.ts';
import { statementText } from './tree.ts';

interface OpenMode {
  readonly table: Table;
  readonly context: unknown;
  /** Words of the modes that lead here, joined by ` / `. */
  readonly path: string;
  /** False where nothing that is said can change routes or sessions (terminal lines, management services). */
  readonly mayAffectRouting: boolean;
}

/** Statements of one level that are being walked, the mode they stand in, and how far the walk has come. */
interface Level {
  readonly statements: readonly Statement[];
  /** Place in the stack of the mode that the lines are tried in. */
  readonly from: number;
  /** Open modes that stay open after the last statement. */
  readonly keep: number;
  readonly indented: boolean;
  next: number;
}

/** Longest path that is put in front of a line that is not modelled, in characters. */
const MAX_PATH = 300;
const UNKNOWN_MODE: Table = table([]);

/**
 * Contexts of blocks where every line may name its whole place (`set a b c`): a block that is named again is the same
 * block, so that what its lines say meets in one context.
 */
class Contexts {
  readonly #known = new WeakMap<object, Map<Entry, Map<string, unknown>>>();

  enter(outer: unknown, { entry, args }: Match, at: At): unknown {
    if (typeof outer !== 'object' || outer === null) return entry.enter?.(outer, args, at);
    const byEntry = this.#known.get(outer) ?? new Map<Entry, Map<string, unknown>>();
    this.#known.set(outer, byEntry);
    const byText = byEntry.get(entry) ?? new Map<string, unknown>();
    byEntry.set(entry, byText);
    const text = statementText(at.statement);
    if (!byText.has(text)) byText.set(text, entry.enter?.(outer, args, at));
    return byText.get(text);
  }
}

const join = (path: string, text: string): string => (path === '' ? text : `${path.slice(0, MAX_PATH)} / ${text}`);

/** Its first word is any word. */
const isCatchAll = ({ nodes: [first] }: Match['entry']): boolean =>
  first?.kind === 'slot' && (first.choices.includes('word') || first.choices.includes('words'));

/**
 * Applies a tree to a device, statement by statement. Never throws for what a text says: a statement that no row
 * takes is listed in `device.notModelled`. Returns the row that each statement matched.
 *
 * Modes are kept as the device keeps them. A stack holds the open ones; a command of an outer mode closes the inner
 * ones, and so does `exit`. Indentation only says where a line is tried first: an indented line in the mode above it,
 * an unindented one (as pasted text often is) in the innermost open mode that knows it.
 *
 * `memory` keeps which rows statements are; what was found for the same statements before is taken from there.
 */
export function interpret(
  dialect: Dialect,
  tree: ConfigTree,
  device: DeviceDraft,
  memory?: MatchMemory,
): Map<Statement, Match> {
  const matches = new Map<Statement, Match>();
  const stack: OpenMode[] = [{ table: dialect.commands, context: device, path: '', mayAffectRouting: true }];
  const levels: Level[] = [];
  const { abbreviations, inlineModes } = dialect.matching;
  const matcher = new StatementMatcher(dialect.matching, memory);
  const contexts = new Contexts();
  const ways = abbreviations ? [false, true] : [false];

  /**
   * Whether the device would take the line for a command of its own that may change routes, wherever it stands: systems
   * with modes do not look at indentation, so that nothing can hide under a command that is known to be harmless.
   */
  const isGlobal = (statement: Statement): boolean => {
    if (inlineModes) return false;
    matcher.read(statement);
    return ways.some((shortened) => matcher.match(dialect.commands, shortened)?.entry.effect === 'routing');
  };

  const note = (top: Statement, path: string, mayAffectRouting: boolean): void => {
    const open: { readonly statement: Statement; readonly path: string }[] = [{ statement: top, path }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { statement } = next;
      const text = join(next.path, statementText(statement));
      device.notModelled.push({
        span: statement.span,
        text,
        mayAffectRouting: mayAffectRouting || isGlobal(statement),
      });
      for (let i = statement.children.length - 1; i >= 0; i -= 1)
        open.push({ statement: statement.children[i] as Statement, path: text });
    }
  };

  /** The whole block is the row's: it is known to say nothing about routing. */
  const cover = (children: readonly Statement[], match: Match, path: string): void => {
    const open = [...children];
    for (let next = open.pop(); next; next = open.pop()) {
      if (isGlobal(next)) {
        note(next, path, true);
        continue;
      }
      matches.set(next, match);
      for (const child of next.children) open.push(child);
    }
  };

  const record = (match: Match, statement: Statement): void => {
    for (const [list, of] of [
      [device.definitions, match.entry.defines],
      [device.references, match.entry.refers],
    ] as const) {
      for (const slot in of) {
        const arg = match.args[slot];
        if (!arg) continue;
        const kind = of[slot] as (typeof list)[number]['kind'];
        if (!Array.isArray(arg.value)) list.push({ kind, name: String(arg.value), span: arg.span });
        else
          for (const { value, span } of eachOf<unknown>(arg as Located<unknown[]>, statement))
            list.push({ kind, name: String(value), span });
      }
    }
  };

  const enterLevel = (statements: readonly Statement[], from: number, keep: number): void => {
    if (statements.length === 0) return;
    const indented = statements.some((statement) => statement.children.length > 0);
    levels.push({ statements, from, keep, indented, next: 0 });
  };

  /** Applies a matched statement in the mode at that place of the stack; its children are walked next. */
  const take = (statement: Statement, match: Match, index: number): void => {
    const { entry, args, negated } = match;
    const at = { device, statement, span: statement.span };
    if (entry.closes && !negated) {
      stack.length = entry.closes === 'all' ? 1 : Math.max(1, stack.length - 1);
      return;
    }
    const mode = stack[index] as OpenMode;
    stack.length = index + 1;
    if (!negated) record(match, statement);
    if (!negated && entry.enter && entry.children) {
      stack.push({
        table: entry.children,
        context: inlineModes ? contexts.enter(mode.context, match, at) : entry.enter(mode.context, args, at),
        path: join(mode.path, statementText(statement)),
        mayAffectRouting: mode.mayAffectRouting && entry.effect === 'routing',
      });
      enterLevel(statement.children, index + 1, index + 2);
      return;
    }
    const effect = negated ? entry.undo : entry.apply;
    if (effect) {
      effect(mode.context, args, at);
      if (entry.listed)
        device.notModelled.push({
          span: statement.span,
          text: join(mode.path, statementText(statement)),
          mayAffectRouting: true,
        });
      enterLevel(statement.children, index, Number.POSITIVE_INFINITY);
    } else if (entry.effect === 'none') cover(statement.children, match, join(mode.path, statementText(statement)));
    else note(statement, mode.path, true);
  };

  const tryIn = (statement: Statement, index: number, shortened: boolean): boolean => {
    const mode = stack[index] as OpenMode;
    const match = matcher.match(mode.table, shortened);
    const open = match === undefined || isCatchAll(match.entry);
    const inline = inlineModes && open ? matchInlineMode(mode.table, statement, dialect.matching) : undefined;
    // A row that takes any word takes what no mode is named for.
    if (match && (!inline || isCatchAll(inline.match.entry))) {
      matches.set(statement, match);
      take(statement, match, index);
      return true;
    }
    if (!inline) return false;
    matches.set(statement, inline.match);
    const own = statement.words.slice(0, statement.words.length - inline.inner.words.length);
    take({ ...statement, words: own, children: [inline.inner] }, inline.match, index);
    return true;
  };

  /** `exit` and its kind are known in every mode; the outermost table lists them. */
  const leaves = (statement: Statement): boolean => {
    const match = matcher.match(dialect.commands, false);
    if (!match?.entry.closes || match.negated) return false;
    matches.set(statement, match);
    take(statement, match, 0);
    return true;
  };

  const tryAll = (statement: Statement, base: number, indented: boolean): boolean => {
    matcher.read(statement);
    if (inlineModes) {
      // Every line names its whole place, so no earlier line's mode can take it.
      stack.length = base + 1;
      return ways.some((shortened) => tryIn(statement, base, shortened));
    }
    const top = stack.length - 1;
    for (const shortened of ways) {
      if (indented && tryIn(statement, base, shortened)) return true;
      for (let index = top; index >= base; index -= 1)
        if (!(indented && index === base) && tryIn(statement, index, shortened)) return true;
    }
    return base > 0 && leaves(statement);
  };

  const step = (statement: Statement, level: Level): void => {
    // `exit` may have closed the mode that these lines stand in.
    const base = Math.min(level.from, stack.length - 1);
    if (tryAll(statement, base, level.indented)) return;
    const mode = stack[base] as OpenMode;
    note(statement, mode.path, mode.mayAffectRouting);
    if (statement.children.length === 0) return;
    // A mode that is not known was opened; what closes it must not close a known one.
    stack.length = base + 1;
    stack.push({ table: UNKNOWN_MODE, context: undefined, path: '', mayAffectRouting: true });
  };

  // Levels are kept in a list of our own: text may be nested deeper than the call stack is.
  enterLevel(dialect.inherit?.(tree) ?? tree.statements, 0, Number.POSITIVE_INFINITY);
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const statement = level.statements[level.next];
    level.next += 1;
    if (statement) step(statement, level);
    else {
      levels.pop();
      stack.length = Math.min(stack.length, level.keep);
    }
  }
  dialect.finish?.(device, tree);
  return matches;
}
