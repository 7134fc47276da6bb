import type { Behaviour } from './behaviour.ts';
import type { Match, MatchOptions, Table } from './command-table.ts';
import { matchInlineMode, matchStatement } from './command-table.ts';
import type { DeviceDraft, DialectId } from './device/device.ts';
import type { ConfigTree, Statement } from './tree.ts';
import { statementText } from './tree.ts';

/** A network system's configuration language: how its text is read, its commands, and how the system behaves. */
export interface Dialect {
  readonly id: DialectId;
  /** Name for people, e.g. "Arista EOS". */
  readonly title: string;
  /** containerlab kinds that run it. */
  readonly containerlabKinds: readonly string[];
  readonly read: (text: string) => ConfigTree;
  readonly commands: Table;
  readonly matching: MatchOptions & {
    /** Several levels may stand on one line (`set a b c`, `from protocol static;`). */
    readonly inlineModes: boolean;
  };
  readonly behaviour: Behaviour;
  /** How much the text looks like this language: the sum of the weights of what was found, 0 = not at all. */
  readonly recognise: (text: string) => number;
  /** Fills in what follows only from the whole (defaults, inherited stanzas). */
  readonly finish?: (device: DeviceDraft, tree: ConfigTree) => void;
}

interface OpenMode {
  readonly table: Table;
  readonly context: unknown;
  readonly path: string;
}

/**
 * Applies a tree to a device, statement by statement. Never throws for what a text says: a statement that no row
 * takes is listed in `device.notModelled`. Returns the row that each statement matched.
 */
export function interpret(dialect: Dialect, tree: ConfigTree, device: DeviceDraft): Map<Statement, Match> {
  const matches = new Map<Statement, Match>();
  // Modes opened by earlier statements: an unindented line belongs to the innermost open mode that knows it, as on the device.
  const openModes: OpenMode[] = [];

  const note = (statement: Statement, path: string, mayAffectRouting: boolean): void => {
    const text = path ? `${path} / ${statementText(statement)}` : statementText(statement);
    device.notModelled.push({ span: statement.span, text, mayAffectRouting });
    for (const child of statement.children) note(child, text, mayAffectRouting);
  };

  const record = (match: Match): void => {
    for (const [list, of] of [[device.definitions, match.entry.defines], [device.references, match.entry.refers]] as const) {
      for (const [slot, kind] of Object.entries(of)) {
        const arg = match.args[slot];
        if (!arg) continue;
        const names = Array.isArray(arg.value) ? arg.value : [arg.value];
        for (const name of names) list.push({ kind, name: String(name), span: arg.span });
      }
    }
  };

  const take = (statement: Statement, match: Match, mode: OpenMode): void => {
    const { entry, args, negated } = match;
    const at = { device, statement, span: statement.span };
    if (entry.closes) {
      openModes.pop();
      return;
    }
    if (negated ? entry.undo : entry.apply) (negated ? entry.undo : entry.apply)?.(mode.context, args, at);
    else if (negated && entry.children && entry.effect === 'none') return;
    else if (!entry.enter || negated) {
      if (entry.effect === 'routing') note({ ...statement, children: [] }, mode.path, true);
    }
    if (!negated) record(match);
    if (entry.enter && entry.children && !negated) {
      const path = mode.path ? `${mode.path} / ${statementText(statement)}` : statementText(statement);
      const inner = { table: entry.children, context: entry.enter(mode.context, args, at), path };
      openModes.push(inner);
      walk(statement.children, inner);
    } else for (const child of statement.children) note(child, statementText(statement), entry.effect === 'routing');
  };

  const tryIn = (statement: Statement, mode: OpenMode): boolean => {
    const match = matchStatement(mode.table, statement, dialect.matching);
    if (match) {
      matches.set(statement, match);
      take(statement, match, mode);
      return true;
    }
    const inline = dialect.matching.inlineModes ? matchInlineMode(mode.table, statement, dialect.matching) : undefined;
    if (!inline) return false;
    matches.set(statement, inline.match);
    take({ ...statement, children: [inline.inner] }, inline.match, mode);
    return true;
  };

  const walk = (statements: readonly Statement[], mode: OpenMode): void => {
    const depth = openModes.length;
    for (const statement of statements) {
      if (tryIn(statement, mode)) continue;
      const fallback = openModes.slice(depth).reverse();
      if (!fallback.some((open) => tryIn(statement, open))) note(statement, mode.path, true);
    }
    openModes.length = Math.min(openModes.length, depth);
  };

  walk(tree.statements, { table: dialect.commands, context: device, path: '' });
  dialect.finish?.(device, tree);
  return matches;
}
