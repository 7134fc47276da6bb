import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

/** Routers in a row, r1 - r2 - r3 ..., eth1 towards the lower and eth2 towards the higher number; each in its own AS. */
function row(
  bodies: readonly string[],
  options: { readonly asns?: readonly number[]; readonly families?: readonly string[] } = {},
): string {
  const asn = (at: number): number => options.asns?.[at] ?? 65001 + at;
  const links = bodies.slice(1).map((_, at) => `//- link r${at + 1}:eth2 r${at + 2}:eth1`);
  const routers = bodies.map((body, at) => {
    const [before, after] = [at > 0, at + 1 < bodies.length];
    const own = at + 1;
    return `//- r${own} frr
interface lo
 ip address 192.0.2.${own}/32
${before ? `interface eth1\n ip address 10.0.${at}.2/24\n` : ''}${after ? `interface eth2\n ip address 10.0.${own}.1/24\n` : ''}${body}
router bgp ${asn(at)}
 bgp router-id ${own}.${own}.${own}.${own}
 no bgp ebgp-requires-policy
${before ? ` neighbor 10.0.${at}.1 remote-as ${asn(at - 1)}\n` : ''}${after ? ` neighbor 10.0.${own}.2 remote-as ${asn(at + 1)}\n` : ''} address-family ipv4 unicast
  network 192.0.2.${own}/32
${options.families?.[at] ?? ''}`;
  });
  return [...links, ...routers].join('\n');
}

describe('external paths', () => {
  it('pass from AS to AS, the own one in front', () => {
    const lab = observe(row(['', '', '']));
    expect(lab.routes('r1')).toEqual(['192.0.2.2/32 ebgp 20/0 10.0.1.2@eth2', '192.0.2.3/32 ebgp 20/0 10.0.1.2@eth2']);
    expect(lab.paths('r1', '192.0.2.3/32')).toEqual(['> 10.0.1.2 [65002 65003] 100 0']);
    expect(lab.paths('r2', '192.0.2.2/32')).toEqual(['> own [] 100 0']);
  });

  it('are refused where the own AS is in them, unless it is allowed in', () => {
    const asns = [65001, 65002, 65001];
    expect(observe(row(['', '', ''], { asns })).routes('r1')).toEqual(['192.0.2.2/32 ebgp 20/0 10.0.1.2@eth2']);
    const allowed = observe(row(['', '', ''], { asns, families: ['  neighbor 10.0.1.2 allowas-in 1'] }));
    expect(allowed.paths('r1', '192.0.2.3/32')).toEqual(['> 10.0.1.2 [65002 65001] 100 0']);
    const overridden = observe(row(['', '', ''], { asns, families: ['', '  neighbor 10.0.1.1 as-override'] }));
    expect(overridden.paths('r1', '192.0.2.3/32')).toEqual(['> 10.0.1.2 [65002 65002] 100 0']);
  });

  it('lose private numbers on request', () => {
    const asns = [3000, 2000, 65010];
    const strip = (how: string) =>
      observe(row(['', '', ''], { asns, families: ['', `  neighbor 10.0.1.1 remove-private-AS${how}`] })).paths(
        'r1',
        '192.0.2.3/32',
      );
    expect(strip('')).toEqual(['> 10.0.1.2 [2000] 100 0']);
    expect(strip(' all replace-AS')).toEqual(['> 10.0.1.2 [2000 2000] 100 0']);
  });

  it('show the AS that the neighbour is told', () => {
    const local = (how: string) => {
      const text = row(['', '']).replace(
        'neighbor 10.0.1.2 remote-as 65002',
        `neighbor 10.0.1.2 remote-as 65002\n neighbor 10.0.1.2 local-as 65100${how}`,
      );
      return observe(text.replace('neighbor 10.0.1.1 remote-as 65001', 'neighbor 10.0.1.1 remote-as 65100'));
    };
    expect(local('').paths('r2', '192.0.2.1/32')).toEqual(['> 10.0.1.1 [65100 65001] 100 0']);
    expect(local(' no-prepend replace-as').paths('r2', '192.0.2.1/32')).toEqual(['> 10.0.1.1 [65100] 100 0']);
    expect(local('').paths('r1', '192.0.2.2/32')).toEqual(['> 10.0.1.2 [65100 65002] 100 0']);
    expect(local(' no-prepend').paths('r1', '192.0.2.2/32')).toEqual(['> 10.0.1.2 [65002] 100 0']);
  });

  it('do not come without a policy where RFC 8212 holds', () => {
    const text = row(['', '']).replace(' no bgp ebgp-requires-policy\n neighbor 10.0.1.2', ' neighbor 10.0.1.2');
    expect(observe(text).routes('r1')).toEqual([]);
    expect(observe(text).routes('r2')).toEqual([]);
  });

  it('do not come without a policy where EOS is told to deny them, in the direction that is named', () => {
    const lab = (missing: string) =>
      observe(`//- link r1:Ethernet1 r2:Ethernet1
//- r1 eos
ip routing
interface Ethernet1
   no switchport
   ip address 10.0.1.1/24
interface Loopback0
   ip address 192.0.2.1/32
router bgp 65001
   neighbor 10.0.1.2 remote-as 65002
${missing}   network 192.0.2.1/32
//- r2 eos
ip routing
interface Ethernet1
   no switchport
   ip address 10.0.1.2/24
interface Loopback0
   ip address 192.0.2.2/32
router bgp 65002
   neighbor 10.0.1.1 remote-as 65001
   network 192.0.2.2/32
`);
    const counts = (missing: string) => ['r1', 'r2'].map((node) => lab(missing).routes(node).length);
    expect(counts('')).toEqual([1, 1]);
    expect(counts('   bgp missing-policy direction in action deny\n')).toEqual([0, 1]);
    expect(counts('   bgp missing-policy direction out action deny\n')).toEqual([1, 0]);
  });
});

describe('policies of a neighbour', () => {
  it('filter and change what comes in and goes out', () => {
    const lab = observe(
      row(
        [
          'ip prefix-list TWO permit 192.0.2.2/32\nroute-map IN permit 10\n match ip address prefix-list TWO\n set local-preference 250\n',
          '',
          '',
        ],
        {
          families: ['  neighbor 10.0.1.2 route-map IN in', '', '  neighbor 10.0.2.1 weight 7'],
        },
      ),
    );
    expect(lab.paths('r1', '192.0.2.2/32')).toEqual(['> 10.0.1.2 [65002] 250 0']);
    expect(lab.paths('r1', '192.0.2.3/32')).toEqual([]);
    expect(
      lab.state.nodes
        .get('r3')
        ?.get('default')
        ?.bgp?.find((path) => path.prefix === '192.0.2.2/32')?.weight,
    ).toBe(7);
  });

  it('prepend behind the own AS, and set a MED that goes one AS far', () => {
    const lab = observe(
      row(['route-map OUT permit 10\n set as-path prepend 65001 65001\n set metric 50\n', '', ''], {
        families: ['  neighbor 10.0.1.2 route-map OUT out'],
      }),
    );
    expect(lab.paths('r2', '192.0.2.1/32')).toEqual(['> 10.0.1.1 [65001 65001 65001] 100 50']);
    expect(lab.paths('r3', '192.0.2.1/32')).toEqual(['> 10.0.2.1 [65002 65001 65001 65001] 100 0']);
  });

  it('tag with communities, and well-known ones stop the path', () => {
    const tagged = (community: string) =>
      observe(
        row([`route-map OUT permit 10\n set community ${community}\n`, '', ''], {
          families: ['  neighbor 10.0.1.2 route-map OUT out'],
        }),
      );
    expect(tagged('65001:7').paths('r3', '192.0.2.1/32')).toEqual(['> 10.0.2.1 [65002 65001] 100 0 65001:7']);
    expect(tagged('no-export').paths('r2', '192.0.2.1/32')).toEqual(['> 10.0.1.1 [65001] 100 0 65535:65281']);
    expect(tagged('no-export').paths('r3', '192.0.2.1/32')).toEqual([]);
  });

  it('leave their lines with the route', () => {
    const lab = observe(row(['route-map IN permit 10\n', ''], { families: ['  neighbor 10.0.1.2 route-map IN in'] }));
    const route = lab.state.nodes
      .get('r1')
      ?.get('default')
      ?.routes.find((one) => one.prefix === '192.0.2.2/32');
    // The neighbour's line, then the entry of the route-map.
    expect(route?.spans?.map(({ line }) => line)).toEqual([9, 4]);
  });
});

describe('inside an AS', () => {
  const asns = [65001, 65002, 65002, 65003];

  it('the next hop stays that of the neighbour AS, and has to be reachable', () => {
    expect(observe(row(['', '', ''], { asns })).paths('r3', '192.0.2.1/32')).toEqual(['10.0.1.1 [65001] 100 0']);
    expect(observe(row(['', '', 'ip route 10.0.1.0/24 10.0.2.1'], { asns })).routes('r3')).toContain(
      '192.0.2.1/32 ibgp 200/0 10.0.1.1',
    );
    const self = observe(row(['', '', ''], { asns, families: ['', '  neighbor 10.0.2.2 next-hop-self'] }));
    expect(self.routes('r3')).toContain('192.0.2.1/32 ibgp 200/0 10.0.2.1@eth1');
  });

  it('local preference goes along, and a path is not passed on unless it is reflected', () => {
    const families = ['', '  neighbor 10.0.2.2 next-hop-self', ''];
    const policy = 'route-map IN permit 10\n set local-preference 300\n';
    const inside = [65001, 65002, 65002, 65002];
    const body = ['', policy, '', ''];
    families[1] += '\n  neighbor 10.0.1.1 route-map IN in';
    const plain = observe(row(body, { asns: inside, families }));
    expect(plain.paths('r3', '192.0.2.1/32')).toEqual(['> 10.0.2.1 [65001] 300 0']);
    expect(plain.paths('r4', '192.0.2.1/32')).toEqual([]);
    families[2] = '  neighbor 10.0.3.2 route-reflector-client';
    const reflected = observe(row([...body.slice(0, 3), 'ip route 10.0.2.0/24 10.0.3.1'], { asns: inside, families }));
    expect(reflected.paths('r4', '192.0.2.1/32')).toEqual(['> 10.0.2.1 [65001] 300 0']);
  });
});

describe('confederations', () => {
  it('show one AS outside and their members inside', () => {
    const confederation = (text: string) =>
      text
        .replace(
          /router bgp (6501[12])\n bgp router-id (\S+)/g,
          'router bgp $1\n bgp router-id $2\n bgp confederation identifier 65000\n bgp confederation peers 65011 65012',
        )
        .replace('neighbor 10.0.2.2 remote-as 65012', 'neighbor 10.0.2.2 remote-as 65012')
        .replace('neighbor 10.0.1.2 remote-as 65011', 'neighbor 10.0.1.2 remote-as 65000');
    const text = confederation(row(['', '', 'ip route 10.0.1.0/24 10.0.2.1'], { asns: [65001, 65011, 65012] }));
    const lab = observe(text);
    expect(lab.sessionText('r1', '10.0.1.2')).toBe('established');
    expect(lab.paths('r3', '192.0.2.1/32')).toEqual(['> 10.0.1.1 [(65011) 65001] 100 0']);
    expect(lab.routes('r3')).toContain('192.0.2.1/32 ibgp 200/0 10.0.1.1');
    expect(lab.paths('r1', '192.0.2.3/32')).toEqual(['> 10.0.1.2 [65000] 100 0']);
  });
});

describe('aggregates', () => {
  const two = 'ip route 198.51.100.0/25 Null0\nip route 198.51.100.128/25 Null0\n';
  const networks = '  network 198.51.100.0/25\n  network 198.51.100.128/25\n';
  const at = (line: string, more = '') =>
    observe(row(['', `${two}${more}`, ''], { families: ['', `${networks}${line}`] }));

  it('go out beside or in place of what they are made of', () => {
    expect(
      at('  aggregate-address 198.51.100.0/24')
        .routes('r1')
        .filter((route) => route.startsWith('198')),
    ).toHaveLength(3);
    const only = at('  aggregate-address 198.51.100.0/24 summary-only');
    expect(only.routes('r1').filter((route) => route.startsWith('198'))).toEqual([
      '198.51.100.0/24 ebgp 20/0 10.0.1.2@eth2',
    ]);
    expect(only.routes('r2')).toContain('198.51.100.0/24 bgp-aggregate 200/0 drop');
  });

  it('need a contributor', () => {
    expect(
      at('  aggregate-address 203.0.113.0/24')
        .routes('r1')
        .filter((route) => route.startsWith('203')),
    ).toEqual([]);
  });

  it('carry the ASes of their contributors when asked', () => {
    const asSet = observe(row([two, '', ''], { families: [networks, '  aggregate-address 198.51.100.0/24 as-set'] }));
    expect(asSet.paths('r3', '198.51.100.0/24')).toEqual(['> 10.0.2.1 [65002 65001] 100 0']);
    const mixed = observe(
      row([two, '', 'ip route 198.51.100.64/26 Null0'], {
        families: [networks, '  aggregate-address 198.51.100.0/24 as-set', '  network 198.51.100.64/26'],
      }),
    );
    expect(mixed.paths('r2', '198.51.100.0/24')).toEqual(['> own [{65001,65003}] 100 0']);
  });
});

describe('what a speaker brings in itself', () => {
  it('a network needs its route', () => {
    const lab = observe(row(['', ''], { families: ['  network 203.0.113.0/24'] }));
    expect(lab.routes('r2')).toEqual(['192.0.2.1/32 ebgp 20/0 10.0.1.1@eth1']);
  });

  it('redistributed routes pass their policy', () => {
    const statics =
      'ip route 203.0.113.0/25 Null0\nip route 203.0.113.128/25 Null0\nip prefix-list LOW permit 203.0.113.0/25\nroute-map LOW permit 10\n match ip address prefix-list LOW\n set metric 9\n';
    const lab = observe(row([statics, ''], { families: ['  redistribute static route-map LOW'] }));
    expect(lab.paths('r2', '203.0.113.0/25')).toEqual(['> 10.0.1.1 [65001] 100 9']);
    expect(lab.paths('r2', '203.0.113.128/25')).toEqual([]);
  });

  it('a default route is made for the neighbour that is to have one', () => {
    const lab = observe(row(['', '', ''], { families: ['', '  neighbor 10.0.1.1 default-originate'] }));
    expect(lab.routes('r1')).toContain('0.0.0.0/0 ebgp 20/0 10.0.1.2@eth2');
    expect(lab.routes('r3')).not.toContain('0.0.0.0/0 ebgp 20/0 10.0.2.1@eth1');
  });
});

describe('the choice among paths', () => {
  /** r1 hears 198.51.100.0/24 from r2 and r3, each with its own policy; all in different ASes. */
  const choice = (policy2: string, policy3: string, more = '', asns = [65002, 65003]) => {
    const source = (own: number, policy: string, asn: number) => `//- r${own} frr
interface eth1
 ip address 10.0.${own}.2/24
ip route 198.51.100.0/24 Null0
route-map OUT permit 10
${policy}
router bgp ${asn}
 bgp router-id ${own}.${own}.${own}.${own}
 no bgp ebgp-requires-policy
 neighbor 10.0.${own}.1 remote-as 65001
 address-family ipv4 unicast
  network 198.51.100.0/24
  neighbor 10.0.${own}.1 route-map OUT out
`;
    const lab = observe(`//- link r1:eth2 r2:eth1
//- link r1:eth3 r3:eth1
//- r1 frr
interface eth2
 ip address 10.0.2.1/24
interface eth3
 ip address 10.0.3.1/24
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 10.0.2.2 remote-as ${asns[0]}
 neighbor 10.0.3.2 remote-as ${asns[1]}
${more}
${source(2, policy2, asns[0] as number)}${source(3, policy3, asns[1] as number)}`);
    return {
      lab,
      route: lab.routes('r1').join(),
      why: lab.state.nodes
        .get('r1')
        ?.get('default')
        ?.bgp?.find((path) => !path.best)?.decidedBy,
    };
  };

  it('prefers the shorter path, the better origin, the lower MED of one AS', () => {
    expect(choice(' set as-path prepend 65002', '')).toMatchObject({
      route: '198.51.100.0/24 ebgp 20/0 10.0.3.2@eth3',
      why: 'as-path-length',
    });
    expect(choice(' set origin incomplete', '')).toMatchObject({
      route: '198.51.100.0/24 ebgp 20/0 10.0.3.2@eth3',
      why: 'origin',
    });
    expect(choice(' set metric 10', ' set metric 5', '', [65002, 65002])).toMatchObject({
      route: '198.51.100.0/24 ebgp 20/5 10.0.3.2@eth3',
      why: 'med',
    });
    expect(choice(' set metric 10', ' set metric 5', ' maximum-paths 1').route).toBe(
      '198.51.100.0/24 ebgp 20/10 10.0.2.2@eth2',
    );
    expect(choice(' set metric 10', ' set metric 5', ' bgp always-compare-med').route).toBe(
      '198.51.100.0/24 ebgp 20/5 10.0.3.2@eth3',
    );
  });

  it('shares the load over equal paths of one AS, over others only when that is relaxed', () => {
    const both = '198.51.100.0/24 ebgp 20/0 10.0.2.2@eth2 + 10.0.3.2@eth3';
    expect(choice('', '', '', [65002, 65002]).route).toBe(both);
    expect(choice('', '', ' bgp bestpath as-path multipath-relax').route).toBe(both);
    expect(choice('', '').route).toBe('198.51.100.0/24 ebgp 20/0 10.0.2.2@eth2');
  });

  it('says when only the age of a path would decide', () => {
    expect(choice('', '').lab.state.caveats).toEqual([
      expect.objectContaining({
        node: 'r1',
        text: 'For 198.51.100.0/24 several external paths are equal and r1 prefers the oldest; the one with the lowest router id was taken.',
      }),
    ]);
    expect(choice('', '', ' bgp bestpath compare-routerid').lab.state.caveats).toEqual([]);
  });
});

describe('a network without a stable state', () => {
  it('is reported with what keeps changing, within a bound', () => {
    // Griffin's "bad gadget": three ASes around an origin, each prefers the way through its clockwise neighbour.
    const spoke = (own: number, next: number) => `//- r${own} frr
interface eth0
 ip address 10.0.${own}.2/24
interface eth1
 ip address 10.1.${own}.1/24
interface eth2
 ip address 10.1.${next === 1 ? 1 : next}.${own === 3 && next === 1 ? 3 : 3}/24
route-map PREFER permit 10
 match as-path VIA
 set local-preference 200
route-map PREFER permit 20
bgp as-path access-list VIA permit ^6500${next}_65000$
router bgp 6500${own}
 bgp router-id ${own}.${own}.${own}.${own}
 no bgp ebgp-requires-policy
 neighbor 10.0.${own}.1 remote-as 65000
 neighbor 10.1.${next}.1 remote-as 6500${next}
 neighbor 10.1.${own}.3 remote-as 6500${own === 1 ? 3 : own - 1}
 address-family ipv4 unicast
  neighbor 10.1.${next}.1 route-map PREFER in
`;
    const text = `//- r0 frr
interface lo
 ip address 192.0.2.1/32
interface eth1
 ip address 10.0.1.1/24
interface eth2
 ip address 10.0.2.1/24
interface eth3
 ip address 10.0.3.1/24
router bgp 65000
 no bgp ebgp-requires-policy
 neighbor 10.0.1.2 remote-as 65001
 neighbor 10.0.2.2 remote-as 65002
 neighbor 10.0.3.2 remote-as 65003
 address-family ipv4 unicast
  network 192.0.2.1/32
${spoke(1, 2)}${spoke(2, 3)}${spoke(3, 1)}`;
    const { state } = observe(text);
    expect(state.sessions.filter((session) => session.state !== 'established')).toEqual([]);
    expect(state.converged).toBe(false);
    expect(state.oscillation).toMatchObject({ nodes: ['r1', 'r2', 'r3'], prefixes: ['192.0.2.1/32'] });
    expect(state.oscillation?.rounds).toBeLessThan(100);
  });
});
