import { describe, expect, test } from 'vitest';
import { textLab } from '../fixtures/text-lab.ts';
import { simulate } from '../simulate.ts';
import { evaluateAll } from './evaluate.ts';
import { labFileJsonSchema } from './json-schema.ts';
import { declarationsOf } from './read.ts';
import { KINDS } from './schema.ts';
import { Subject } from './subject.ts';

/** r1 reaches r3 directly and, with a worse route, by way of r2; r4 is a neighbour outside of BGP. */
const LAB = `
//- link r1:eth1 r2:eth1
//- link r1:eth2 r3:eth1
//- link r2:eth2 r3:eth2
//- r1 frr
interface eth1
 ip address 10.0.12.1/30
interface eth2
 ip address 10.0.13.1/30
interface lo
 ip address 10.9.0.1/32
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 10.0.12.2 remote-as 65002
 neighbor 10.0.13.3 remote-as 65003
 address-family ipv4 unicast
  network 10.9.0.1/32
  neighbor 10.0.12.2 route-map NONE out
 exit-address-family
route-map NONE deny 10
//- r2 frr
interface eth1
 ip address 10.0.12.2/30
interface eth2
 ip address 10.0.23.2/30
router bgp 65002
 no bgp ebgp-requires-policy
 neighbor 10.0.12.1 remote-as 65001
 neighbor 10.0.23.3 remote-as 65003
//- r3 frr
interface eth1
 ip address 10.0.13.3/30
interface eth2
 ip address 10.0.23.3/30
interface lo
 ip address 10.9.0.3/32
router bgp 65003
 no bgp ebgp-requires-policy
 neighbor 10.0.13.1 remote-as 65001
 neighbor 10.0.23.2 remote-as 65002
 address-family ipv4 unicast
  network 10.9.0.3/32
 exit-address-family
`;

const withFile = (lab: string, yaml: string) => ({ ...textLab(lab), labFile: { file: 'aegis.yml', text: yaml } });

function check(yaml: string, lab = LAB): readonly string[] {
  const snapshot = withFile(lab, `invariants:\n${yaml}`);
  const { declarations, problems } = declarationsOf(snapshot);
  expect(problems).toEqual([]);
  return evaluateAll(new Subject(snapshot, simulate(snapshot)), declarations).map(
    ({ declaration, status, actual }) => `${declaration.id} ${status}: ${actual}`,
  );
}

const one = (kind: string, settings: string): string => `  - {id: it, ${kind}: ${settings}}\n`;

describe('an invariant', () => {
  test('about sessions', () => {
    expect(check(one('sessions-established', '{}'))).toEqual(['it held: All 6 sessions are established.']);
    const [broken] = check(
      one('sessions-established', '{devices: [r1]}'),
      LAB.replace('neighbor 10.0.12.2 remote-as 65002', 'neighbor 10.0.12.2 remote-as 65009'),
    );
    expect(broken).toMatch(/^it broken: 1 of 2 sessions are down: r1 with 10\.0\.12\.2/);
  });

  test('about what is reached', () => {
    expect(check(one('reachable', '{from: r1, to: 10.9.0.3}'))).toEqual(['it held: It arrives by r1 > r3.']);
    expect(check(one('reachable', '{from: r1, to: 10.9.0.77}'))).toEqual([
      'it broken: r1: r1 has no route for 10.9.0.77.',
    ]);
    expect(check(one('isolated', '{from: r1, to: 10.9.0.3}'))).toEqual([
      'it broken: r1 > r3: 10.9.0.3 is an address of r3 lo.',
    ]);
    expect(check(one('isolated', '{from: r1, to: 10.9.0.77}'))[0]).toMatch(/^it held: It does not arrive: r1:/);
  });

  test('about paths', () => {
    expect(check(one('path-avoids', '{from: r1, to: r3, node: r2}'))[0]).toMatch(/^it held/);
    expect(check(one('path-through', '{from: r1, to: r3, node: r2}'))[0]).toMatch(/^it broken: r1 > r3/);
    // Traffic that does not arrive avoids nothing.
    expect(check(one('path-avoids', '{from: r1, to: 10.9.0.77, node: r2}'))[0]).toMatch(/^it broken/);
  });

  test('about redundancy', () => {
    expect(check(one('redundancy', '{from: r1, to: 10.9.0.3}'))).toEqual([
      'it held: It arrives whichever of the 3 links fails.',
    ]);
    // r1 hides its own address from r2, so the way back has no second path.
    expect(check(one('redundancy', '{from: r3, to: 10.9.0.1}'))[0]).toMatch(
      /^it broken: When r1:eth2 - r3:eth1 fails: /,
    );
  });

  test('about loops', () => {
    expect(check(one('no-loops', '{}'))[0]).toMatch(/^it held/);
    const looping = LAB.replace('router bgp 65001', 'ip route 172.16.0.0/16 10.0.12.2\nrouter bgp 65001').replace(
      'router bgp 65002',
      'ip route 172.16.0.0/16 10.0.12.1\nrouter bgp 65002',
    );
    expect(check(one('no-loops', '{}'), looping)).toEqual(['it broken: packets to 172.16.0.0 loop: r1 > r2.']);
  });

  test('about prefixes', () => {
    expect(check(one('prefix-present', '{device: r2, prefix: 10.9.0.3/32}'))[0]).toMatch(/^it held: r2 has it by ebgp/);
    expect(check(one('prefix-absent', '{device: r2, prefix: 10.9.0.3/32}'))[0]).toMatch(/^it broken/);
    expect(check(one('prefix-present', '{device: r2, prefix: 10.77.0.0/16}'))).toEqual([
      'it broken: r2 does not have it: no device of the lab has the prefix attached or as a static route.',
    ]);
    expect(check(one('prefix-advertised', '{device: r1, prefix: 10.9.0.1/32, to: r3}'))).toEqual([
      'it held: r1 sends it to r3.',
    ]);
    expect(check(one('prefix-advertised', '{device: r1, prefix: 10.9.0.1/32, to: 10.0.12.2}'))).toEqual([
      'it broken: r1 does not send it: r1: its outbound policy NONE denies it.',
    ]);
    expect(check(one('prefix-not-advertised', '{device: r1, prefix: 10.9.0.1/32, to: r2}'))[0]).toMatch(/^it held/);
  });

  test('about a neighbour outside of the lab is not tested', () => {
    const lab = LAB.replace(
      ' neighbor 10.0.12.2 remote-as 65002\n',
      ' neighbor 10.0.12.2 remote-as 65002\n neighbor 192.0.2.9 remote-as 64500\n',
    );
    expect(check(one('prefix-not-advertised', '{device: r1, prefix: 10.9.0.1/32, to: 192.0.2.9}'), lab)[0]).toMatch(
      /^it not_tested/,
    );
  });

  test('about traffic of no protocol looks at every kind that filters tell apart', () => {
    const lab = `
//- r1 ios
interface GigabitEthernet1
 ip address 10.0.0.1 255.255.255.0
 no shutdown
//- r2 ios
ip access-list extended F
 10 permit tcp any any eq 22
interface GigabitEthernet1
 ip address 10.0.0.2 255.255.255.0
 ip access-group F in
 no shutdown
`;
    expect(check(one('isolated', '{from: r1, to: r2}'), lab)).toEqual([
      'it broken: tcp 22: r1 > r2: 10.0.0.2 is an address of r2 GigabitEthernet1.',
    ]);
    expect(check(one('reachable', '{from: r1, to: r2}'), lab)[0]).toMatch(
      /^it broken: .*denies it: no entry permits it/,
    );
    expect(check(one('reachable', '{from: r1, to: r2, protocol: tcp, port: 22}'), lab)[0]).toMatch(/^it held/);
  });
});

describe('a file with mistakes', () => {
  const problems = (yaml: string): readonly string[] =>
    declarationsOf(withFile(LAB, yaml)).problems.map(({ line, message }) => `${line + 1}: ${message}`);

  test.each([
    [
      'an unknown key',
      'invariants:\n  - id: a\n    reachable: {from: r1, to: r2}\n    nonsense: 1\n',
      '4: invariants.0: "nonsense" is not known here.',
    ],
    ['an unknown key at the top', 'invariants: []\nother: 1\n', '2: "other" is not known here.'],
    [
      'an unknown device',
      'invariants:\n  - id: a\n    path-avoids: {from: r1, to: r2, node: r9}\n',
      '2: a: node "r9" is no device of the lab.',
    ],
    [
      'a bad prefix',
      'invariants:\n  - id: a\n    prefix-present: {device: r1, prefix: 10.0.0.0/40}\n',
      '2: a: "10.0.0.0/40" is not a prefix.',
    ],
    [
      'an id that stands twice',
      'invariants:\n  - {id: a, no-loops: {}}\n  - {id: a, no-loops: {}}\n',
      '3: The id a stands twice.',
    ],
    [
      'two things at once',
      'invariants:\n  - id: a\n    no-loops: {}\n    sessions-established: {}\n',
      `2: invariants.0: An invariant says one thing: give exactly one of ${KINDS.join(', ')}.`,
    ],
    [
      'a port that is none',
      'invariants:\n  - id: a\n    reachable:\n      from: r1\n      to: r2\n      port: 70000\n',
      '6: invariants.0.reachable.port: Too big: expected number to be <=65535.',
    ],
    ['no YAML', 'invariants: [\n', '2: '],
  ])('is told of %s with its line', (_, yaml, wanted) => {
    expect(problems(yaml)[0]).toContain(wanted.trim());
  });
});

test('the JSON Schema names every kind, with its words', () => {
  const { properties } = labFileJsonSchema() as {
    properties: { invariants: { items: { properties: Record<string, { description?: string }> } } };
  };
  for (const kind of KINDS) expect(properties.invariants.items.properties[kind]?.description).toMatch(/\.$/);
});
