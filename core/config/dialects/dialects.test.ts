import { describe, expect, it } from 'vitest';
import { type Entry, matchStatement, type Table } from '../command-table.ts';
import type { Node } from '../pattern.ts';
import type { Statement } from '../tree.ts';
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

  it('are found by their own words, not hidden by another command of the mode', () => {
    const exactly = { ...dialect.matching, abbreviations: false };
    const hidden = all.flatMap(([table, entry]) =>
      [false, true].flatMap((withOptions) => {
        const line = example(entry.nodes, withOptions).join(' ');
        const found = matchStatement(table, statementOf(line), exactly)?.entry;
        return found === entry ? [] : [`${entry.pattern}: "${line}" is taken by ${found?.pattern ?? 'nothing'}`];
      }),
    );
    expect(hidden).toEqual([]);
  });
});

/** Text that a slot of each type takes. */
const examples: Readonly<Record<string, string>> = {
  word: 'NAME',
  rest: 'some text',
  words: 'aa bb',
  names: 'AA BB',
  int: '7',
  ints: '7',
  signed: '+5',
  asn: '65001',
  asns: '65001',
  vlan: '10',
  vlans: '10-12',
  ip: '10.0.0.1',
  ip4: '10.0.0.1',
  ip6: '2001:db8::1',
  prefix: '10.0.0.0/8',
  prefix4: '10.0.0.0/8',
  prefix6: '2001:db8::/32',
  address4: '10.0.0.1/24',
  address6: '2001:db8::1/64',
  interface: 'Ethernet1',
  interfaces: 'Ethernet1',
  peer: '10.0.0.2',
  communities: '65001:1',
  'extended-communities': 'rt 1:1',
  'large-communities': '1:1:1',
};

/** The words of a pattern with an example for each slot: with every optional part once, or without any. */
function example(nodes: readonly Node[], withOptions: boolean): readonly string[] {
  return nodes.flatMap((node): readonly string[] => {
    if (node.kind === 'literal') return [node.text];
    if (node.kind === 'slot') {
      const first = node.choices[0];
      return [typeof first === 'object' ? first.literal : (examples[first ?? ''] ?? `no example of ${first}`)];
    }
    if (!withOptions) return [];
    return example(node.kind === 'optional' ? node.nodes : (node.parts[0] ?? []), withOptions);
  });
}

const statementOf = (line: string): Statement => {
  const words = line.split(' ').map((text) => ({ text, start: 0, end: text.length }));
  return { words, span: { line: 0, start: 0, end: line.length }, children: [] };
};
