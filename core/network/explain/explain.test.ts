import { describe, expect, test } from 'vitest';
import { textLab } from '../fixtures/text-lab.ts';
import { compute } from '../simulate.ts';
import { explainNeighbour } from './explain-neighbour.ts';
import { explainPrefix, type RouteExplanation } from './explain-prefix.ts';

const routeOf = (text: string, node: string, asked: string): RouteExplanation => {
  const computed = compute(textLab(text));
  const table = computed.context.topology.tableOf(node, 'default');
  const found = table && explainPrefix(computed, table, asked);
  if (!found) throw new Error(`${asked} cannot be explained on ${node}`);
  return found;
};

const accounts = (text: string, node: string, asked: string): readonly string[] =>
  routeOf(text, node, asked).paths.flatMap(({ accounts: list }) =>
    list.map(({ outcome, text: how, steps }) => `${outcome}: ${how} | ${steps.at(-1)?.text}`),
  );

/** r1 and r3 both announce 10.9.0.0/16 to r2, and r3 with a longer path. */
const lab = (out: string, into = '', more = '') => `
//- r1 frr
interface eth1
 ip address 10.0.12.1/30
interface lo
 ip address 10.9.0.1/16
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 10.0.12.2 remote-as 65002
 address-family ipv4 unicast
  network 10.9.0.0/16
  ${out}
 exit-address-family
ip prefix-list OTHER seq 5 permit 172.16.0.0/12
route-map OUT permit 10
 match ip address prefix-list OTHER
//- r2 frr
interface eth1
 ip address 10.0.12.2/30
interface eth2
 ip address 10.0.23.2/30
router bgp 65002
 no bgp ebgp-requires-policy
 neighbor 10.0.12.1 remote-as 65001
 neighbor 10.0.23.3 remote-as 65003
 address-family ipv4 unicast
  ${into}
 exit-address-family
route-map REFUSE deny 10
${more}
//- r3 frr
interface eth1
 ip address 10.0.23.3/30
interface lo
 ip address 10.9.0.1/16
router bgp 65003
 no bgp ebgp-requires-policy
 neighbor 10.0.23.2 remote-as 65002
 address-family ipv4 unicast
  network 10.9.0.0/16
  neighbor 10.0.23.2 route-map LONGER out
 exit-address-family
route-map LONGER permit 10
 set as-path prepend 65003
`;

describe('a BGP route', () => {
  test('names the step at which another path lost', () => {
    expect(accounts(lab(''), 'r2', '10.9.0.0/16')).toEqual([
      'best: learned from 10.0.12.1 (r1): the best path | r2: local preference 100, AS path 65001, MED 0, weight 0',
      'lost: learned from 10.0.23.3 (r3): not the best: its AS path is longer | r2: local preference 100, AS path 65003 65003, MED 0, weight 0',
    ]);
  });

  test('was not sent, by which policy', () => {
    const [, second] = accounts(lab('neighbor 10.0.12.2 route-map OUT out'), 'r2', '10.9.0.0/16');
    expect(second).toBe(
      'not-sent: from 10.0.12.1 (r1): not received: the neighbour does not send it | r1: its outbound policy OUT denies it: no entry takes it',
    );
  });

  test('was refused, by which entry of which policy', () => {
    const text = lab('', 'neighbor 10.0.12.1 route-map REFUSE in');
    const [, second] = accounts(text, 'r2', '10.9.0.0/16');
    expect(second).toBe('refused: from 10.0.12.1 (r1): received and refused | r2: its inbound policy REFUSE denies it');
    const steps = routeOf(text, 'r2', '10.9.0.0/16').paths[0]?.accounts[1]?.steps ?? [];
    const line = (text.split(/^\/\/- r2 frr\n/m)[1] ?? '').split('\n')[steps.at(-1)?.span?.line ?? -1];
    expect(line).toBe('route-map REFUSE deny 10');
  });

  test('is told of a prefix that nobody announces', () => {
    const route = routeOf(lab(''), 'r2', '10.77.0.0/16');
    expect(route.present).toBe(false);
    expect(route.paths[0]?.accounts.map(({ outcome }) => outcome)).toEqual(['no-path', 'no-path']);
    expect(route.absent.map(({ text }) => text)).toEqual([
      'no device of the lab has the prefix attached or as a static route',
    ]);
  });

  test('loses its place in the table to a shorter distance', () => {
    const route = routeOf(lab('', '', 'ip route 10.9.0.0/16 10.0.23.3'), 'r2', '10.9.0.0/16');
    expect(route.candidates.map(({ protocol, active, why }) => [protocol, active, why])).toEqual([
      ['static', true, 'the active route'],
      ['ebgp', false, 'its administrative distance 20 is higher than 1 (static)'],
    ]);
  });

  test('of an address is that of the longest prefix that holds it', () => {
    expect(routeOf(lab(''), 'r2', '10.9.44.1').prefix).toBe('10.9.0.0/16');
  });
});

test('a static route that is not installed says why', () => {
  const route = routeOf(lab('', '', 'ip route 10.50.0.0/16 172.31.0.1'), 'r2', '10.50.0.0/16');
  expect(route.absent.map(({ text }) => text)).toContain(
    'r2: a static route is configured and not installed: its next hop 172.31.0.1 is not reached',
  );
});

describe('a neighbour', () => {
  const ospf = (r1: string, r2: string) => `
//- r1 ios
interface GigabitEthernet1
 ip address 10.0.12.1 255.255.255.252
 no shutdown
router ospf 1
 ${r1}
//- r2 ios
interface GigabitEthernet1
 ip address 10.0.12.2 255.255.255.252
 no shutdown
router ospf 1
 ${r2}
`;
  const explain = (text: string, node: string, asked: string) =>
    explainNeighbour(compute(textLab(text)), node, asked, undefined);

  test('is no OSPF neighbour because areas differ', () => {
    const { adjacencies } = explain(
      ospf('network 10.0.0.0 0.255.255.255 area 0', 'network 10.0.0.0 0.255.255.255 area 1'),
      'r1',
      'r2',
    );
    expect(adjacencies[0]?.reasons.at(-1)?.text).toMatch(/^no adjacency: areas differ: 0\S* on r1 GigabitEthernet1/);
  });

  test('is no OSPF neighbour because no line enables the protocol there', () => {
    const { adjacencies, missing } = explain(
      ospf('network 10.0.0.0 0.255.255.255 area 0', 'network 192.168.0.0 0.0.255.255 area 0'),
      'r1',
      'r2',
    );
    expect(adjacencies).toEqual([]);
    expect(missing.map(({ text }) => text)).toEqual(['no line enables OSPF on r2 GigabitEthernet1']);
  });

  test('is silent on both sides', () => {
    const silent = 'network 10.0.0.0 0.255.255.255 area 0\n passive-interface GigabitEthernet1';
    expect(explain(ospf(silent, silent), 'r1', '10.0.12.2').missing.map(({ text }) => text)).toEqual([
      'OSPF is passive on r1 GigabitEthernet1',
      'OSPF is passive on r2 GigabitEthernet1',
    ]);
  });

  test('is a BGP neighbour that is down, with the lines of both sides', () => {
    const text = lab('').replace('neighbor 10.0.12.2 remote-as 65002', 'neighbor 10.0.12.2 remote-as 65009');
    const [only] = explain(text, 'r2', '10.0.12.1').sessions;
    expect(only?.session.state).toBe('down');
    expect(only?.reasons.map(({ text: reason }) => reason)).toEqual(
      expect.arrayContaining([expect.stringContaining('65009')]),
    );
    expect(new Set(only?.reasons.map(({ node }) => node))).toEqual(new Set(['r2', undefined, 'r1']));
  });
});
