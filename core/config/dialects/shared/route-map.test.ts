import { describe, expect, it } from 'vitest';
import type { DialectId } from '../../device/device.ts';
import { deviceOf, unmodelled, withoutSpans } from '../../parsing.fixture.ts';

const terms = (dialect: DialectId, text: string) => {
  const device = deviceOf(dialect, text);
  expect(unmodelled(device)).toEqual([]);
  return withoutSpans([...device.policies.values()].flatMap((policy) => policy.terms)) as Record<string, unknown>[];
};

/** The conditions and actions of a route-map with one term. */
const body = (dialect: DialectId, lines: string) => {
  const [term] = terms(dialect, `route-map M permit 10\n${lines.replaceAll(/^\s*/gm, ' ')}`);
  return { conditions: term?.conditions, actions: term?.actions };
};

describe('terms', () => {
  it('are kept by sequence number, with the last action given', () => {
    expect(
      terms('frr', 'route-map M permit 20\nroute-map M deny 10\n match tag 5\nroute-map M permit 20\n set tag 7\n').map(
        (term) => [term.sequence, term.disposition],
      ),
    ).toEqual([
      [10, 'deny'],
      [20, 'permit'],
    ]);
  });

  it('have action permit and number 10 when nothing is said', () => {
    expect(terms('ios', 'route-map M')).toMatchObject([{ sequence: 10, disposition: 'permit' }]);
  });

  it('go on where continue and on-match say', () => {
    expect(terms('eos', 'route-map M permit 10\n   continue 30')[0]?.continueAt).toBe(30);
    expect(terms('ios', 'route-map M permit 10\n continue')[0]?.continueAt).toBe('next');
    expect(terms('frr', 'route-map M permit 10\n on-match goto 40')[0]?.continueAt).toBe(40);
    expect(terms('frr', 'route-map M permit 10\n on-match next')[0]?.continueAt).toBe('next');
  });

  it('are removed one by one or all together', () => {
    const text = 'route-map M permit 10\nroute-map M permit 20\n';
    expect(terms('ios', `${text}no route-map M permit 10`)).toMatchObject([{ sequence: 20 }]);
    const device = deviceOf('ios', `${text}no route-map M`);
    expect(device.policies.size).toBe(0);
    expect(device.definitions).toEqual([]);
  });
});

describe('conditions', () => {
  it.each([
    ['ip address prefix-list A', { kind: 'prefix-list', family: 'ipv4', lists: ['A'] }],
    ['ipv6 address prefix-list A', { kind: 'prefix-list', family: 'ipv6', lists: ['A'] }],
    ['ip next-hop prefix-list A', { kind: 'next-hop-prefix-list', family: 'ipv4', lists: ['A'] }],
    ['community A exact-match', { kind: 'community-list', lists: ['A'], exact: true }],
    ['large-community A', { kind: 'large-community-list', lists: ['A'], exact: false }],
    ['extcommunity A', { kind: 'extended-community-list', lists: ['A'] }],
    ['as-path A', { kind: 'as-path-list', lists: ['A'] }],
    ['tag 5', { kind: 'tag', tags: [5] }],
    ['metric 5', { kind: 'metric', min: 5, max: 5 }],
    ['local-preference 5', { kind: 'local-preference', min: 5, max: 5 }],
    ['source-protocol bgp', { kind: 'protocol', protocols: ['bgp'] }],
    ['route-type external type-1', { kind: 'route-type', types: ['external', 'type-1'] }],
  ])('%s on every system', (line, condition) => {
    for (const dialect of ['frr', 'eos', 'ios'] as const)
      expect(body(dialect, `match ${line}`).conditions).toEqual([condition]);
  });

  it('name interfaces as the system shows them', () => {
    expect(body('ios', 'match interface gi0/1 lo0').conditions).toEqual([
      { kind: 'interface', interfaces: ['GigabitEthernet0/1', 'Loopback0'] },
    ]);
  });

  it('of a repeated line are joined by IOS and replaced by FRR', () => {
    const lines = 'match ip address prefix-list A\nmatch ip address prefix-list B';
    expect(body('ios', lines).conditions).toEqual([{ kind: 'prefix-list', family: 'ipv4', lists: ['A', 'B'] }]);
    expect(body('frr', lines).conditions).toEqual([{ kind: 'prefix-list', family: 'ipv4', lists: ['B'] }]);
  });

  it('of several community-lists are all wanted by EOS, unless or-results, and one is enough for IOS', () => {
    const one = (name: string) => ({ kind: 'community-list', exact: false, lists: [name] });
    expect(body('eos', 'match community A B').conditions).toEqual([{ kind: 'all', of: [one('A'), one('B')] }]);
    expect(body('eos', 'match community A B or-results').conditions).toEqual([
      { kind: 'community-list', exact: false, lists: ['A', 'B'] },
    ]);
    expect(body('ios', 'match community A B').conditions).toEqual([
      { kind: 'community-list', exact: false, lists: ['A', 'B'] },
    ]);
  });

  it('that are not known are listed and not trusted', () => {
    const device = deviceOf('frr', 'route-map M permit 10\n match rpki valid');
    expect(unmodelled(device)).toEqual(['route-map term M 10 / match rpki valid']);
    expect(withoutSpans(device.policies.get('M')?.terms[0]?.conditions)).toEqual([
      { kind: 'not-modelled', text: 'match rpki valid' },
    ]);
  });

  it('are removed by the negative form', () => {
    expect(body('ios', 'match tag 5\nmatch as-path 1\nno match tag 5').conditions).toEqual([
      { kind: 'as-path-list', lists: ['1'] },
    ]);
  });

  it('refer to their lists, each at its own place', () => {
    const device = deviceOf('ios', 'route-map M permit 10\n match ip address prefix-list A BB');
    expect(device.references.map(({ kind, name, span }) => [kind, name, span.start, span.end])).toEqual([
      ['prefix-list', 'A', 30, 31],
      ['prefix-list', 'BB', 32, 34],
    ]);
  });
});

describe('actions', () => {
  it.each([
    ['local-preference 200', { kind: 'set-local-preference', operation: 'set', value: 200 }],
    ['local-preference +10', { kind: 'set-local-preference', operation: 'add', value: 10 }],
    ['metric -5', { kind: 'set-metric', operation: 'subtract', value: 5 }],
    ['weight 7', { kind: 'set-weight', value: 7 }],
    ['origin incomplete', { kind: 'set-origin', value: 'incomplete' }],
    ['tag 9', { kind: 'set-tag', value: 9 }],
    ['metric-type type-1', { kind: 'set-metric-type', value: 'type-1' }],
    ['ip next-hop 10.0.0.1', { kind: 'set-next-hop', family: 'ipv4', value: { address: '10.0.0.1' } }],
    ['ip next-hop peer-address', { kind: 'set-next-hop', family: 'ipv4', value: 'peer-address' }],
    ['as-path prepend 65001 65001', { kind: 'prepend-as-path', asns: [65001, 65001] }],
    ['as-path prepend last-as 2', { kind: 'prepend-last-as', count: 2 }],
    [
      'community 65001:1 no-export',
      {
        kind: 'set-communities',
        type: 'standard',
        operation: 'replace',
        members: ['65001:1', '65535:65281'],
        lists: [],
      },
    ],
    [
      'community 4259840100 additive',
      { kind: 'set-communities', type: 'standard', operation: 'add', members: ['65000:100'], lists: [] },
    ],
    ['community none', { kind: 'set-communities', type: 'standard', operation: 'none', members: [], lists: [] }],
    [
      'large-community 1:2:3 additive',
      { kind: 'set-communities', type: 'large', operation: 'add', members: ['1:2:3'], lists: [] },
    ],
  ])('%s on every system', (line, action) => {
    for (const dialect of ['frr', 'eos', 'ios'] as const)
      expect(body(dialect, `set ${line}`).actions).toEqual([action]);
  });

  it.each([
    [
      'ios',
      'set extcommunity rt 65001:1 65001:2 additive',
      { kind: 'set-communities', type: 'extended', operation: 'add', members: ['rt:65001:1', 'rt:65001:2'], lists: [] },
    ],
    [
      'frr',
      'set extcommunity soo 10.0.0.1:5',
      { kind: 'set-communities', type: 'extended', operation: 'add', members: ['soo:10.0.0.1:5'], lists: [] },
    ],
    [
      'ios',
      'set comm-list L delete',
      { kind: 'set-communities', type: 'standard', operation: 'delete', members: [], lists: ['L'] },
    ],
    [
      'eos',
      'set community 1:1 delete',
      { kind: 'set-communities', type: 'standard', operation: 'delete', members: ['1:1'], lists: [] },
    ],
    [
      'eos',
      'set community community-list A B additive',
      { kind: 'set-communities', type: 'standard', operation: 'add', members: [], lists: ['A', 'B'] },
    ],
    ['eos', 'set as-path prepend 65001 repeat 3', { kind: 'prepend-as-path', asns: [65001, 65001, 65001] }],
    ['eos', 'set as-path match all replacement none', { kind: 'replace-as-path', asns: [] }],
    ['eos', 'sub-route-map OTHER', { kind: 'call', policy: 'OTHER' }],
    ['frr', 'call OTHER', { kind: 'call', policy: 'OTHER' }],
    [
      'frr',
      'set ipv6 next-hop global 2001:db8::1',
      { kind: 'set-next-hop', family: 'ipv6', value: { address: '2001:db8::1' } },
    ],
    ['ios', 'set metric 10000 100 255 1 1500', { kind: 'set-eigrp-metric', values: [10000, 100, 255, 1, 1500] }],
  ] as const)('%s: %s', (dialect, line, action) => expect(body(dialect, line).actions).toEqual([action]));

  it('of a repeated line take the place of the first', () => {
    expect(body('ios', 'set metric 1\nset tag 2\nset metric 3').actions).toEqual([
      { kind: 'set-metric', operation: 'set', value: 3 },
      { kind: 'set-tag', value: 2 },
    ]);
  });
});
