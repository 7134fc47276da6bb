import { describe, expect, it } from 'vitest';
import { type Entry, type MatchOptions, matchStatement, nothing, rowsOf, table } from './command-table.ts';
import { interfaceLanguage } from './dialects/shared/frame.ts';
import { wordsOf } from './readers/indented.ts';

const row = rowsOf<object>();
const doc = 'A command.';
const options: MatchOptions = { abbreviations: true, negation: 'no', ...interfaceLanguage('ios') };

/** The pattern that a line matches and its slots: `pattern { slot: value }`, with `no ` in front of a negative form. */
function match(entries: readonly Entry[], line: string): string {
  const statement = { words: wordsOf(line, 0, false), span: { line: 0, start: 0, end: line.length }, children: [] };
  const found = matchStatement(table(entries), statement, options);
  if (!found) return 'nothing';
  const args = Object.entries(found.args).map(([name, { value }]) => `${name}=${JSON.stringify(value)}`);
  return [found.negated ? 'no' : '', found.entry.pattern, ...args].filter(Boolean).join(' | ');
}

describe('patterns', () => {
  const bgp = [
    row('neighbor <peer:peer> remote-as <as:asn|internal|external>', { doc }),
    row('neighbor <peer:peer> route-map <map:word> <direction:in|out>', { doc }),
    row('neighbor <peer:peer> description <text:rest>', { doc }),
    row('neighbor <peer:peer> maximum-prefix <limit:int> [<percent:int>] [restart <minutes:int>]', {
      doc,
      undo: nothing,
    }),
    row('neighbor <peer:peer>', { doc, undo: nothing }),
    row('aggregate-address <prefix:prefix> *[as-set] *[summary-only] *[route-map <map:word>]', { doc }),
  ];

  it.each([
    [
      'neighbor 10.0.0.1 remote-as 65001',
      'neighbor <peer:peer> remote-as <as:asn|internal|external> | peer="10.0.0.1" | as=65001',
    ],
    [
      'neighbor 10.0.0.1 remote-as external',
      'neighbor <peer:peer> remote-as <as:asn|internal|external> | peer="10.0.0.1" | as="external"',
    ],
    [
      'nei 10.0.0.1 remot 1.1',
      'neighbor <peer:peer> remote-as <as:asn|internal|external> | peer="10.0.0.1" | as=65537',
    ],
    ['neighbor 10.0.0.1 route-map X', 'nothing'],
    [
      'neighbor 2001:DB8::0001 description to the  edge',
      'neighbor <peer:peer> description <text:rest> | peer="2001:db8::1" | text="to the edge"',
    ],
    [
      'aggregate-address 10.0.0.0 255.0.0.0 summary-only as-set',
      'aggregate-address <prefix:prefix> *[as-set] *[summary-only] *[route-map <map:word>] | prefix="10.0.0.0/8"',
    ],
    [
      'aggregate-address 10.0.0.0/8 as-set route-map M summary-only',
      'aggregate-address <prefix:prefix> *[as-set] *[summary-only] *[route-map <map:word>] | prefix="10.0.0.0/8" | map="M"',
    ],
    ['aggregate-address 10.0.0.0/8 as-set as-set', 'nothing'],
    [
      'neighbor 10.0.0.1 maximum-prefix 100 restart 5',
      'neighbor <peer:peer> maximum-prefix <limit:int> [<percent:int>] [restart <minutes:int>] | peer="10.0.0.1" | limit=100 | minutes=5',
    ],
  ])('%s', (line, expected) => expect(match(bgp, line)).toBe(expected));

  it.each([
    ['no neighbor 10.0.0.1', 'no | neighbor <peer:peer> | peer="10.0.0.1"'],
    [
      'no neighbor 10.0.0.1 maximum-prefix',
      'no | neighbor <peer:peer> maximum-prefix <limit:int> [<percent:int>] [restart <minutes:int>] | peer="10.0.0.1"',
    ],
    ['no neighbor', 'no | neighbor <peer:peer>'],
    ['no neighbor 10.0.0.1 foo', 'nothing'],
  ])('a negative form: %s', (line, expected) => expect(match(bgp, line)).toBe(expected));

  it('prefers a row that is written with the negation itself', () => {
    const rows = [row('switchport', { doc }), row('no switchport', { doc })];
    expect(match(rows, 'no switchport')).toBe('no switchport');
  });

  it('takes a shortened word only while it has one meaning', () => {
    const rows = [
      row('ip access-list <name:word>', { doc }),
      row('ip address <a:word>', { doc }),
      row('ip route <a:word>', { doc }),
    ];
    expect(match(rows, 'ip a X')).toBe('nothing');
    expect(match(rows, 'ip ad X')).toBe('ip address <a:word> | a="X"');
    expect(match(rows, 'ip r X')).toBe('ip route <a:word> | a="X"');
  });

  it('prefers literals to values, and values to names, from the left', () => {
    const rows = [row('set <name:word>', { doc }), row('set <n:int>', { doc }), row('set metric', { doc })];
    expect(match(rows, 'set metric')).toBe('set metric');
    expect(match(rows, 'set 5')).toBe('set <n:int> | n=5');
    expect(match(rows, 'set x')).toBe('set <name:word> | name="x"');
  });

  it('gives interface names as the system shows them, with or without a blank', () => {
    const rows = [row('interface <name:interface>', { doc })];
    expect(match(rows, 'int gi 0/1')).toBe('interface <name:interface> | name="GigabitEthernet0/1"');
    expect(match(rows, 'interface Po10')).toBe('interface <name:interface> | name="Port-channel10"');
  });

  it('refuses a pattern with a mistake', () => {
    expect(() => row('ip [route', { doc })).toThrow('do not pair');
    expect(() => row('ip route]', { doc })).toThrow('do not pair');
    expect(() => row('ip <a:adress>', { doc })).toThrow('unknown type "adress"');
    expect(() => row('ntp <kind:server|peer>', { doc })).toThrow('"peer" stands after a literal choice');
  });
});
