import { describe, expect, it } from 'vitest';
import { observe } from './fixtures/text-lab.ts';

/*
 * T. Griffin, F. Shepherd, G. Wilfong: "The Stable Paths Problem and Interdomain Routing" (2002). An origin in the
 * middle, spokes around it that each prefer the way through another spoke.
 */

/** Spokes by number, each with the one through which it prefers to go; undefined where it has no preference. */
function wheel(prefers: Readonly<Record<number, number | undefined>>, tail = 0): string {
  const spokes = Object.keys(prefers).map(Number);
  const pairs = spokes.flatMap((a) => spokes.filter((b) => b > a).map((b) => [a, b] as const));
  const address = (a: number, b: number, end: number) => `10.${Math.min(a, b)}.${Math.max(a, b)}.${end}`;
  const own = (a: number, b: number) => address(a, b, a < b ? 1 : 2);
  const links: string[] = [];
  const configs: string[] = [];
  const neighboursOf = (router: number): number[] => {
    if (router === 0) return spokes;
    if (router > 100) return [router === 101 ? 1 : router - 1, ...(router < 100 + tail ? [router + 1] : [])];
    const others = pairs.filter((pair) => pair.includes(router)).map(([a, b]) => (a === router ? b : a));
    return [0, ...others, ...(router === 1 && tail > 0 ? [101] : [])];
  };
  const routers = [0, ...spokes, ...Array.from({ length: tail }, (_, at) => 101 + at)];
  for (const router of routers) {
    const next = prefers[router];
    configs.push(`//- r${router} frr
${router === 0 ? 'interface lo\n ip address 192.0.2.1/32\n' : ''}${neighboursOf(router)
  .map((other) => `interface to${other}\n ip address ${own(router, other)}/24\n`)
  .join('')}${
  next === undefined
    ? ''
    : `bgp as-path access-list VIA permit ^${65000 + next}_65000$
route-map PREFER permit 10
 match as-path VIA
 set local-preference 200
route-map PREFER permit 20
`
}router bgp ${65000 + router}
 bgp router-id 1.1.1.${router + 1}
 no bgp ebgp-requires-policy
${neighboursOf(router)
  .map((other) => ` neighbor ${own(other, router)} remote-as ${65000 + other}\n`)
  .join('')} address-family ipv4 unicast
${router === 0 ? '  network 192.0.2.1/32\n' : ''}${next === undefined ? '' : `  neighbor ${own(next, router)} route-map PREFER in\n`}`);
    for (const other of neighboursOf(router))
      if (other > router) links.push(`//- link r${router}:to${other} r${other}:to${router}`);
  }
  return [...links, ...configs].join('\n');
}

describe('policies that contradict each other', () => {
  it('GOOD GADGET: settle when one spoke prefers its own way', () => {
    const { state } = observe(wheel({ 1: 2, 2: 3, 3: undefined }));
    expect(state.converged).toBe(true);
    expect(state.sessions.every((session) => session.state === 'established')).toBe(true);
    expect(state.caveats.filter(({ text }) => text.includes('stable state'))).toEqual([]);
  });

  it('DISAGREE: come to rest in one of the two stable states, where one of two spokes has its way', () => {
    const net = observe(wheel({ 1: 2, 2: 1 }));
    expect(net.state.converged).toBe(true);
    const ways = ['r1', 'r2'].map((node) => net.paths(node, '192.0.2.1/32').find((path) => path.startsWith('>')));
    expect(ways.filter((way) => way?.includes(' 200 '))).toHaveLength(1);
    // A preflight must not take the one for the only one.
    const said = net.state.caveats.filter(({ text }) => text.includes('more than one stable state'));
    expect(said.map(({ node }) => node)).toEqual(['r1', 'r2']);
    expect(said[0]?.text).toContain('For 192.0.2.1/32 the policies allow more than one stable state');
  });

  it('BAD GADGET: never settle, and the three spokes are named with the prefix', () => {
    const { state } = observe(wheel({ 1: 2, 2: 3, 3: 1 }));
    expect(state.converged).toBe(false);
    expect(state.oscillation).toMatchObject({ nodes: ['r1', 'r2', 'r3'], prefixes: ['192.0.2.1/32'] });
  });

  it.each([3, 5, 7, 9])(
    'of %i spokes in a circle never settle, within rounds that grow with the number of devices',
    (count) => {
      const spokes = Array.from({ length: count }, (_, at) => [at + 1, ((at + 1) % count) + 1]);
      const { state } = observe(wheel(Object.fromEntries(spokes)));
      expect(state.converged).toBe(false);
      expect(state.oscillation?.nodes).toHaveLength(count);
      expect(state.oscillation?.rounds).toBeLessThan(64 + 8 * (count + 1));
    },
  );

  it('disturb the devices behind them, which are named as well', () => {
    const { state } = observe(wheel({ 1: 2, 2: 3, 3: 1 }, 3));
    expect(state.oscillation?.nodes).toEqual(['r1', 'r101', 'r102', 'r103', 'r2', 'r3']);
  });
});

describe('redistribution in a circle', () => {
  it('never settles where a route removes its own cause, and is reported', () => {
    // r1 has the prefix by external BGP from r2 and gives it to OSPF, which r2 prefers to the static route behind it all.
    const { state } = observe(`//- link r1:eth0 r2:eth0
//- link r1:eth1 r2:eth1
//- r1 frr
interface eth0
 ip address 10.0.0.1/24
interface eth1
 ip address 10.0.1.1/24
 ip ospf area 0
router ospf
 ospf router-id 1.1.1.1
 redistribute bgp
router bgp 65001
 bgp router-id 1.1.1.1
 no bgp ebgp-requires-policy
 neighbor 10.0.0.2 remote-as 65002
//- r2 frr
interface eth0
 ip address 10.0.0.2/24
interface eth1
 ip address 10.0.1.2/24
 ip ospf area 0
ip route 192.0.2.0/24 Null0 250
router ospf
 ospf router-id 2.2.2.2
router bgp 65002
 bgp router-id 2.2.2.2
 no bgp ebgp-requires-policy
 neighbor 10.0.0.1 remote-as 65001
 address-family ipv4 unicast
  redistribute static
`);
    expect(state.converged).toBe(false);
    expect(state.oscillation).toMatchObject({ nodes: ['r1', 'r2'], prefixes: ['192.0.2.0/24'] });
    expect(state.oscillation?.rounds).toBeLessThan(32 + 2 * 2);
  });
});
