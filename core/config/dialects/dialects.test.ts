import { describe, expect, it } from 'vitest';
import type { Entry, Table } from '../command-table.ts';
import type { Node } from '../pattern.ts';
import { dialects } from './index.ts';

/** Every row of a table and of the modes that it opens; a mode that opens itself is visited once. */
function* rows(table: Table, seen = new Set<Table>()): Generator<readonly [Table, Entry]> {
  if (seen.has(table)) return;
  seen.add(table);
  for (const entry of table.entries) {
    yield [table, entry];
    if (entry.children) yield* rows(entry.children, seen);
  }
}

const slots = (nodes: readonly Node[]): readonly string[] =>
  nodes.flatMap((node) => {
    if (node.kind === 'slot') return [node.name];
    if (node.kind === 'optional') return slots(node.nodes);
    return node.kind === 'any-order' ? node.parts.flatMap(slots) : [];
  });

describe.each([...dialects.values()])('the commands of $title', (dialect) => {
  const all = [...rows(dialect.commands)];

  it('are documented in sentences', () => {
    const bad = all.filter(([, { doc }]) => !/^[A-Z0-9\u0060].*\.$/s.test(doc) || doc.length > 160);
    expect(bad.map(([, { pattern, doc }]) => `${pattern}: ${doc}`)).toEqual([]);
  });

  it('define and use names by slots that they have', () => {
    const bad = all.flatMap(([, { pattern, nodes, defines, refers }]) =>
      [...Object.keys(defines), ...Object.keys(refers)]
        .filter((slot) => !slots(nodes).includes(slot))
        .map((slot) => `${pattern}: ${slot}`),
    );
    expect(bad).toEqual([]);
  });

  it('stand in their mode once', () => {
    const seen = new Map<Table, Set<string>>();
    const twice = all.filter(([table, { pattern }]) => {
      const patterns = seen.get(table) ?? new Set();
      seen.set(table, patterns);
      const known = patterns.has(pattern);
      patterns.add(pattern);
      return known;
    });
    expect(twice.map(([, { pattern }]) => pattern)).toEqual([]);
  });
});
