import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

/** Two Junos routers with an external session; r1 announces its static routes as its policy OUT says. */
const pair = (r1: string, r2 = '', asns: readonly [number, number] = [65001, 65002]) => `
//- r1 junos
set interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/24
set routing-options router-id 1.1.1.1
set routing-options autonomous-system ${asns[0]}
set routing-options static route 10.1.0.0/16 discard
set routing-options static route 10.1.2.0/24 discard
set protocols bgp group P peer-as ${asns[1]}
set protocols bgp group P export OUT
set protocols bgp group P neighbor 10.0.0.2
${r1}
//- r2 junos
set interfaces ge-0/0/0 unit 0 family inet address 10.0.0.2/24
set routing-options router-id 2.2.2.2
set routing-options autonomous-system ${asns[1]}
set protocols bgp group P peer-as ${asns[0]}
set protocols bgp group P neighbor 10.0.0.1
${r2}
`;
const all = 'set policy-options policy-statement OUT then accept';
const learned = (r1: string, r2 = '') => observe(pair(r1, r2)).routes('r2', ['ebgp']);

describe('Junos route filters of a term', () => {
  const filters = (...lines: string[]) =>
    [
      ...lines.map((line) => `set policy-options policy-statement OUT term 1 from route-filter ${line}`),
      'set policy-options policy-statement OUT term 1 then accept',
      'set policy-options policy-statement OUT term 2 then reject',
    ].join('\n');

  it('are one longest-match lookup: a closer filter that does not fit ends it', () => {
    expect(learned(filters('10.0.0.0/8 orlonger'))).toHaveLength(2);
    expect(learned(filters('10.0.0.0/8 orlonger', '10.1.2.0/24 longer'))).toEqual([
      '10.1.0.0/16 ebgp 170/0 10.0.0.1@ge-0/0/0.0',
    ]);
  });

  it('may stand in a list of their own', () => {
    const list = `set policy-options route-filter-list L 10.1.0.0/16 exact
set policy-options policy-statement OUT term 1 from route-filter-list L
set policy-options policy-statement OUT term 1 then accept
set policy-options policy-statement OUT term 2 then reject`;
    expect(learned(list)).toEqual(['10.1.0.0/16 ebgp 170/0 10.0.0.1@ge-0/0/0.0']);
  });
});

describe('Junos policies', () => {
  it('may set what happens where no later term decides', () => {
    const policy = `set policy-options policy-statement OUT term 1 from route-filter 10.1.2.0/24 exact
set policy-options policy-statement OUT term 1 then default-action accept`;
    expect(learned(policy)).toEqual(['10.1.2.0/24 ebgp 170/0 10.0.0.1@ge-0/0/0.0']);
  });

  it('leave what they do not decide to the next one', () => {
    const chain = `set protocols bgp group P export THEN
set policy-options policy-statement OUT term 1 from route-filter 10.1.2.0/24 exact
set policy-options policy-statement OUT term 1 then reject
set policy-options policy-statement THEN then accept`;
    expect(learned(chain)).toEqual(['10.1.0.0/16 ebgp 170/0 10.0.0.1@ge-0/0/0.0']);
  });

  it('ask for the preference of a route', () => {
    const policy = (value: number) => `set routing-options static route 10.1.2.0/24 preference 7
set policy-options policy-statement OUT term 1 from preference ${value}
set policy-options policy-statement OUT term 1 then accept`;
    expect(learned(policy(7))).toEqual(['10.1.2.0/24 ebgp 170/0 10.0.0.1@ge-0/0/0.0']);
    expect(learned(policy(5))).toEqual(['10.1.0.0/16 ebgp 170/0 10.0.0.1@ge-0/0/0.0']);
  });
});

describe('Junos BGP settings of a group', () => {
  const paths = (r1: string, r2: string) => observe(pair(`${all}\n${r1}`, r2)).paths('r2', '10.1.0.0/16');

  it('give received routes a preference and a local preference', () => {
    expect(learned(all, 'set protocols bgp group P preference 90')[0]).toContain('ebgp 90/');
    expect(paths('', 'set protocols bgp group P local-preference 250')).toEqual(['> 10.0.0.1 [65001] 250 0']);
  });

  it('give sent routes a metric, which a policy may change', () => {
    expect(paths('set protocols bgp group P metric-out 40', '')).toEqual(['> 10.0.0.1 [65001] 100 40']);
    const policy = 'set policy-options policy-statement OUT then metric 5';
    expect(paths(`set protocols bgp group P metric-out 40\n${policy}`, '')).toEqual(['> 10.0.0.1 [65001] 100 5']);
  });

  it('let the own AS come in one time less than `loops` says', () => {
    const prepend = `${all}\nset policy-options policy-statement OUT then as-path-prepend 65002`;
    const loops = (count: number) => `set protocols bgp group P family inet unicast loops ${count}`;
    expect(observe(pair(prepend)).routes('r2', ['ebgp'])).toEqual([]);
    expect(learned(prepend, loops(1))).toEqual([]);
    expect(learned(prepend, loops(2))).toHaveLength(2);
  });
});

describe('Junos confederations', () => {
  it('show one AS to the outside and their members inside', () => {
    const inside = 'set routing-options confederation 64999 members [ 65001 65002 ]';
    const lab = observe(`${pair(`${all}\n${inside}`, inside)}
set interfaces ge-0/0/1 unit 0 family inet address 10.0.1.2/24
set protocols bgp group O peer-as 65003
set protocols bgp group O neighbor 10.0.1.3
//- r3 junos
set interfaces ge-0/0/0 unit 0 family inet address 10.0.1.3/24
set routing-options autonomous-system 65003
set protocols bgp group O peer-as 64999
set protocols bgp group O neighbor 10.0.1.2
`);
    expect(lab.paths('r2', '10.1.0.0/16')).toEqual(['> 10.0.0.1 [(65001)] 100 0']);
    expect(lab.paths('r3', '10.1.0.0/16')).toEqual(['> 10.0.1.2 [64999] 100 0']);
  });
});

describe('Junos BGP next hops', () => {
  it('are resolved by routes that the resolution policy admits', () => {
    const policy = (length: number) => `set routing-options resolution rib inet.0 import BY
set policy-options policy-statement BY term 1 from route-filter 0.0.0.0/0 prefix-length-range /${length}-/${length}
set policy-options policy-statement BY term 1 then accept
set policy-options policy-statement BY term 2 then reject`;
    expect(learned(all, policy(24))).toHaveLength(2);
    expect(learned(all, policy(25))).toEqual([]);
  });
});

describe('Junos default-address-selection', () => {
  it('opens internal sessions from the loopback, also to attached neighbours', () => {
    const session = (more: string) =>
      observe(
        pair(
          'set protocols bgp group P passive',
          `set interfaces lo0 unit 0 family inet address 2.2.2.2/32\n${more}`,
          [65001, 65001],
        ),
      ).session('r2', '10.0.0.1');
    expect(session('').state).toBe('established');
    expect(session('set system default-address-selection').state).toBe('down');
  });
});
