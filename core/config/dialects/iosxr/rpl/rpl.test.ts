import { describe, expect, it } from 'vitest';
import type { Condition, RoutePolicy } from '../../../device/policy.ts';
import { parseConfig } from '../../../parse.ts';
import { communityExpression, pathExpression, rangeExpression } from './expressions.ts';

const parse = (text: string) => parseConfig({ text, file: 'x1.cfg', node: 'x1', dialect: 'iosxr' }).device;
const policy = (text: string, name = 'P'): RoutePolicy => {
  const found = parse(text).policies.get(name);
  if (!found) throw new Error(`There is no policy ${name}.`);
  return found as RoutePolicy;
};

/** A condition in one line. */
function short(condition: Condition): string {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return `${condition.kind}(${condition.of.map(short).join(' ')})`;
    case 'not':
      return `not ${short(condition.of)}`;
    case 'prefix':
      return `${condition.prefix} ${condition.minLength}-${condition.maxLength}`;
    case 'metric':
    case 'local-preference':
    case 'as-path-length':
      return `${condition.kind} ${condition.min}-${condition.max}`;
    case 'as-path-expression':
      return condition.expression;
    case 'tag':
      return `tag ${condition.tags.join(',')}`;
    case 'protocol':
      return condition.protocols.join(',');
    default:
      return 'lists' in condition
        ? `${condition.kind} ${condition.lists.map(({ value }) => value).join(',')}`
        : condition.kind;
  }
}

/** Each term as `conditions: actions -> what happens`. */
const terms = ({ terms: list }: RoutePolicy): readonly string[] =>
  list.map(({ conditions, actions, disposition, continueAt }) => {
    const what = continueAt ? 'pass' : disposition === 'permit' ? 'done' : disposition;
    return `${conditions.map(short).join(' ')}: ${actions.map(({ kind }) => kind).join(' ')} -> ${what}`.trim();
  });

describe('routing policies of IOS-XR', () => {
  it('become a term for each branch, whose conditions exclude those before', () => {
    const made = policy(`prefix-set EAST
  10.0.0.0/8 le 24,
  192.0.2.0/24
end-set
!
route-policy P
  if destination in EAST then
    set local-preference 200
    pass
  elseif destination in (172.16.0.0/12 ge 16, 10.9.9.9) then
    prepend as-path 65300 2
  else
    drop
  endif
end-policy
`);
    expect(terms(made)).toEqual([
      'prefix-list EAST: set-local-preference -> pass',
      'not prefix-list EAST any(172.16.0.0/12 16-32 10.9.9.9/32 32-32): prepend-as-path -> pass',
      'not prefix-list EAST not any(172.16.0.0/12 16-32 10.9.9.9/32 32-32):  -> deny',
    ]);
    expect(made).toMatchObject({ defaultDisposition: 'deny', comparesOriginal: true });
    expect(made.terms[1]?.actions).toMatchObject([{ asns: [65300, 65300] }]);
  });

  it('keep their sets as lists, IPv4 and IPv6 apart', () => {
    const device = parse('prefix-set S\n  10.0.0.0/8 ge 16 le 24,\n  2001:db8::/32,\n  10.1.1.1\nend-set\n');
    expect(device.prefixLists.get('ipv4 S')?.entries).toMatchObject([
      { prefix: '10.0.0.0/8', minLength: 16, maxLength: 24, span: { line: 1, start: 2, end: 24 } },
      { prefix: '10.1.1.1/32', minLength: 32, maxLength: 32 },
    ]);
    expect(device.prefixLists.get('ipv6 S')?.entries).toMatchObject([{ prefix: '2001:db8::/32' }]);
    expect(
      terms(
        policy(
          'prefix-set S\n 10.0.0.0/8,\n 2001:db8::/32\nend-set\nroute-policy P\n if destination in S then\n pass\n endif\nend-policy\n',
        ),
      ),
    ).toEqual(['any(prefix-list S prefix-list S):  -> pass']);
  });

  it('nest, and go on after a pass', () => {
    const made = policy(`route-policy P
  set weight 10
  if med ge 50 and not (origin is egp or tag eq 7) then
    if as-path passes-through '65001' then
      done
    endif
    set med +10
  endif
  pass
end-policy
`);
    const outer = 'all(metric 50-4294967295 not any(origin tag 7))';
    expect(terms(made)).toEqual([
      ': set-weight -> pass',
      `${outer} _(65001_)+:  -> done`,
      `${outer}: set-metric -> pass`,
      ':  -> pass',
    ]);
    expect(made.terms[2]?.actions).toMatchObject([{ operation: 'add', value: 10 }]);
  });

  it('put applied policies in line, with their values', () => {
    const text = `route-policy INNER($pref, $set)
  if destination in $set then
    set local-preference $pref
  endif
end-policy
!
prefix-set A
  10.0.0.0/8
end-set
!
route-policy P
  apply INNER(150, A)
  drop
end-policy
!
router bgp 65001
 neighbor 10.0.0.2
  remote-as 65002
  address-family ipv4 unicast
   route-policy INNER(90, A) in
`;
    expect(terms(policy(text))).toEqual(['prefix-list A: set-local-preference -> pass', ':  -> deny']);
    expect(policy(text).terms[0]?.actions).toMatchObject([{ value: 150 }]);
    expect(policy(text, 'INNER(90,A)').terms[0]?.actions).toMatchObject([{ value: 90 }]);
    const used = parse(text).references.filter(({ kind }) => kind === 'route-map');
    expect(used.map(({ name }) => name)).toEqual(['INNER', 'INNER']);
  });

  it('end when they apply each other in a circle', () => {
    const device = parse('route-policy A\n apply B\nend-policy\nroute-policy B\n apply A\nend-policy\n');
    expect(device.notModelled.map(({ text }) => text)).toEqual([
      'route-policy B / apply A',
      'route-policy A / apply B',
    ]);
  });

  it('match communities, any of a set or every one, and change them', () => {
    const device = parse(`community-set C
  65001:1,
  *:666,
  ios-regex '^65002:'
end-set
!
route-policy P
  if community matches-every C then
    delete community in C
    set community (65001:9, no-export) additive
  elseif community matches-any (65001:[10..12], 65001:2) then
    set community C
  elseif community is-empty then
    delete community all
  endif
end-policy
`);
    const made = device.policies.get('P') as RoutePolicy;
    expect(device.communityLists.get('C')?.entries).toMatchObject([
      { members: ['65001:1'] },
      { expression: '_[0-9]+:666_' },
      { expression: '^65002:' },
    ]);
    expect(made.terms[0]?.conditions[0]).toMatchObject({ kind: 'all', of: [{}, {}, {}] });
    expect(made.terms[0]?.actions).toMatchObject([
      { operation: 'delete', lists: [{ value: 'C' }] },
      { operation: 'add', members: ['65001:9', '65535:65281'] },
    ]);
    expect(made.terms[1]?.actions).toMatchObject([{ operation: 'replace', lists: [{ value: 'C' }] }]);
    expect(made.terms[2]?.actions).toMatchObject([{ operation: 'none' }]);
    expect(device.notModelled).toEqual([]);
  });

  it('match AS paths by set, in brackets and alone', () => {
    const made = policy(`as-path-set A
  ios-regex '_6500[1-9]$',
  length ge 5
end-set
!
route-policy P
  if as-path in A or as-path in (ios-regex '^$', originates-from '65009') then
    pass
  elseif as-path neighbor-is '65001' or as-path is-local then
    set next-hop 10.0.0.1
  endif
end-policy
`);
    expect(made.terms[0]?.conditions.map(short)).toEqual([
      'any(any(_6500[1-9]$ as-path-length 5-2048) any(^$ _(65009_)*65009$))',
    ]);
    expect(made.terms[1]?.conditions.map(short)[1]).toBe('any(^(65001_)+ as-path-length 0-0)');
  });

  it('list what they do not model, and are not trusted there', () => {
    const device = parse(`route-policy P
  if validation-state is invalid then
    drop
  endif
  set traffic-index 7
  frobnicate
end-policy
`);
    expect(device.notModelled.map(({ text, span }) => [text, span.line])).toEqual([
      ['route-policy P / if validation-state is invalid', 1],
      ['route-policy P / set traffic-index 7', 4],
      ['route-policy P / frobnicate', 5],
    ]);
    const made = device.policies.get('P') as RoutePolicy;
    expect(terms(made)).toEqual(['not-modelled:  -> deny', ': not-modelled -> pass', ': not-modelled -> next-term']);
  });

  it('take the last text of a name, and nothing from one that is not closed', () => {
    expect(terms(policy('route-policy P\n pass\nend-policy\nroute-policy P\n drop\nend-policy\n'))).toEqual([
      ':  -> deny',
    ]);
    const { tree } = parseConfig({ text: 'route-policy P\n pass\n', file: 'x', node: 'x', dialect: 'iosxr' });
    expect(tree.problems.map(({ message }) => message)).toEqual([
      'The route-policy is not closed by "end-policy"; the device takes the rest of the file as its text.',
    ]);
  });
});

describe('expressions', () => {
  it.each([
    [1, 9],
    [0, 12],
    [95, 1203],
    [64512, 65534],
    [100, 100],
  ])('of numbers from %i to %i take these alone', (from, to) => {
    const expression = new RegExp(`^${rangeExpression(from, to)}$`);
    for (let number = 0; number <= 70_000; number += 1)
      if (expression.test(String(number)) !== (number >= from && number <= to))
        throw new Error(`${number} in ${expression}`);
  });

  it('of paths and communities', () => {
    expect(pathExpression('passes-through', '65001 [65002..65003]', false)).toBe('_(65001_)+(6500[2-3]_)+');
    expect(pathExpression('originates-from', '1.1', true)).toBe('_65537$');
    expect(pathExpression('passes-through', 'x', false)).toBeUndefined();
    expect(communityExpression('private-as:5')).toMatch(/^_\(6451.*\):5_$/);
    expect(communityExpression('peeras:5')).toBeUndefined();
  });
});
