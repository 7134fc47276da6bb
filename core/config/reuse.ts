import type { Match, MatchMemory, Table } from './command-table.ts';
import type { Located } from './span.ts';
import type { Statement, Word } from './tree.ts';

/*
 * What a text shares with the one before it is not computed again: while a person types into a line, all other lines
 * keep their words as the same objects, and so are known the rows that they matched.
 */

/** One attempt to take a statement for a command of a table. */
interface Attempt {
  readonly table: Table;
  readonly abbreviations: boolean;
  readonly match: Match | undefined;
}

/** The attempts at the statement of one line. */
interface Known {
  readonly words: readonly Word[];
  readonly line: number;
  readonly list: Attempt[];
}

/**
 * The attempts at each line of a text: which row a statement is depends on nothing but its words and the table. Kept by
 * line, since every line is one statement in the languages that have modes.
 */
export class Attempts implements MatchMemory {
  readonly #now: (Known | undefined)[] = [];
  #before: readonly (Known | undefined)[] | undefined;
  #moved = 0;
  #list: Attempt[] = [];

  /**
   * Takes what was found for the same lines before, some of which now stand so many lines further down; undefined lets
   * go of it, so that no text keeps all earlier ones.
   */
  startFrom(before: Attempts | undefined, moved: number): void {
    this.#before = before === undefined ? undefined : before.#now;
    this.#moved = moved;
  }

  /** Turns to the next statement. */
  read({ words, span: { line } }: Statement): void {
    let known = this.#now[line];
    if (known?.words !== words) {
      known = this.#of(words, line);
      this.#now[line] = known;
    }
    this.#list = known.list;
  }

  #of(words: readonly Word[], line: number): Known {
    const same = this.#before?.[line];
    if (same?.words === words && same.line === line) return same;
    const moved = this.#before?.[line - this.#moved];
    return moved?.words === words ? movedTo(line, moved) : { words, line, list: [] };
  }

  find(table: Table, abbreviations: boolean): Attempt | undefined {
    for (const one of this.#list) if (one.table === table && one.abbreviations === abbreviations) return one;
    return undefined;
  }

  add(table: Table, abbreviations: boolean, match: Match | undefined): void {
    this.#list.push({ table, abbreviations, match });
  }
}

const movedTo = (line: number, { words, list }: Known): Known => ({
  words,
  line,
  list: list.map((attempt) => (attempt.match ? { ...attempt, match: matchAt(line, attempt.match) } : attempt)),
});

/** The match of the same words on another line. */
function matchAt(line: number, { entry, args, negated }: Match): Match {
  const moved: Record<string, Located<unknown>> = {};
  for (const slot in args) {
    const { value, span } = args[slot] as Located<unknown>;
    moved[slot] = { value, span: { line, start: span.start, end: span.end } };
  }
  return { entry, args: moved, negated };
}
