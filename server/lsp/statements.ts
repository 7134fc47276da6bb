import type { ParsedConfig } from '../../core/config/parse.ts';
import type { Statement } from '../../core/config/tree.ts';

/** A statement with the ones above it, outermost first. */
export interface Placed {
  readonly statement: Statement;
  readonly parents: readonly Statement[];
}

const indexes = new WeakMap<ParsedConfig, ReadonlyMap<number, Placed>>();

/** The statement that begins on each line; made once per text. */
export function statementsByLine(config: ParsedConfig): ReadonlyMap<number, Placed> {
  const known = indexes.get(config);
  if (known) return known;
  const index = new Map<number, Placed>();
  const open: Placed[] = config.tree.statements.map((statement) => ({ statement, parents: [] }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { statement, parents } = next;
    const { line } = statement.span;
    // Several statements may share a line (`a { b; }`); the outermost names it.
    if (index.get(line) === undefined || (index.get(line) as Placed).parents.length > parents.length)
      index.set(line, next);
    const below = [...parents, statement];
    for (const child of statement.children) open.push({ statement: child, parents: below });
  }
  indexes.set(config, index);
  return index;
}

/** The innermost statement whose words stand at a position. */
export function statementAt(config: ParsedConfig, line: number, character: number): Placed | undefined {
  const found = statementsByLine(config).get(line);
  if (!found) return undefined;
  let { statement, parents } = found;
  for (;;) {
    const child = statement.children.find(
      ({ span, words }) =>
        span.line === line && span.start <= character && character <= (words.at(-1)?.end ?? span.end),
    );
    if (!child) return { statement, parents };
    parents = [...parents, statement];
    statement = child;
  }
}

/** The command that a line belongs to: one may go on over several lines (a list in brackets). */
export function placedAround(config: ParsedConfig, line: number): Placed | undefined {
  const index = statementsByLine(config);
  for (let above = line; above >= 0; above -= 1) {
    const placed = index.get(above);
    if (placed) return (placed.statement.span.endLine ?? above) >= line ? placed : undefined;
  }
  return undefined;
}
