import type { Match, MatchMemory, Table } from './command-table.ts';
import type { ConfigTree, Statement } from './tree.ts';

/*
 * What a text shares with the one before it is not computed again: while a person types into a line, all other stanzas
 * stay the same objects, and so do the rows that they matched.
 */

/** One attempt to take a statement for a command of a table. */
interface Attempt {
  readonly table: Table;
  readonly abbreviations: boolean;
  readonly match: Match | undefined;
}

/** The attempts at each statement of a tree: which row a statement is depends on nothing but it and the table. */
export class Attempts implements MatchMemory {
  readonly #now = new Map<Statement, Attempt[]>();
  #before: ReadonlyMap<Statement, Attempt[]> | undefined;
  #list: Attempt[] = [];

  /** Takes what was found for the same statements before; undefined lets go of it, so that no text keeps all earlier ones. */
  startFrom(before: Attempts | undefined): void {
    this.#before = before === undefined ? undefined : before.#now;
  }

  /** Turns to the next statement. */
  read(statement: Statement): void {
    const known = this.#now.get(statement) ?? this.#before?.get(statement);
    this.#list = known ?? [];
    this.#now.set(statement, this.#list);
  }

  find(table: Table, abbreviations: boolean): Attempt | undefined {
    return this.#list.find((one) => one.table === table && one.abbreviations === abbreviations);
  }

  add(table: Table, abbreviations: boolean, match: Match | undefined): void {
    this.#list.push({ table, abbreviations, match });
  }
}

/** The tree with the stanzas of the one before it wherever their lines are the same, at the same place. */
export function withKnownStatements(tree: ConfigTree, before: ConfigTree): ConfigTree {
  const known = new Map(before.statements.map((statement) => [statement.span.line, statement]));
  const statements = tree.statements.map((statement) => {
    const old = known.get(statement.span.line);
    return old && sameLines(statement, tree, old, before) ? old : statement;
  });
  return { ...tree, statements };
}

function sameLines({ span }: Statement, tree: ConfigTree, old: Statement, before: ConfigTree): boolean {
  const { line, endLine = line } = span;
  if ((old.span.endLine ?? old.span.line) !== endLine) return false;
  for (let at = line; at <= endLine; at += 1) if (tree.lines[at] !== before.lines[at]) return false;
  return true;
}
