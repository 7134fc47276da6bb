import { describe, expect, test } from 'vitest';
import { parseIp } from '../../config/address.ts';
import { textLab } from '../fixtures/text-lab.ts';
import { simulate } from '../simulate.ts';
import type { Flow } from './flow.ts';
import { Forwarding } from './forwarding.ts';
import { destinationOf, startOf, trace } from './trace.ts';

interface Asked extends Omit<Flow, 'source' | 'destination'> {
  readonly vrf?: string;
}

/** The paths of a packet in one line each: `r1 > r2 > r3: delivered`, with the last reason behind it. */
function ways(text: string, from: string, to: string, { vrf, ...flow }: Asked = {}): readonly string[] {
  const snapshot = textLab(text);
  const forwarding = new Forwarding(snapshot, simulate(snapshot));
  const destination = destinationOf(forwarding, to, vrf, parseIp(from)?.version);
  if (!destination) throw new Error(`${to} has no address`);
  const start = startOf(forwarding, from, vrf, destination.version);
  if ('problem' in start) throw new Error(start.problem);
  const { source } = start;
  const { paths } = trace(forwarding, start.place, { ...flow, destination, ...(source && { source }) });
  return paths.map(
    ({ hops, disposition }) =>
      `${hops.map(({ node, vrf: table }) => (table === 'default' ? node : `${node}/${table}`)).join(' > ')}: ${disposition}: ${hops.at(-1)?.reasons.at(-1)?.text}`,
  );
}

const DIAMOND = `
//- r1 ios
interface GigabitEthernet1
 ip address 10.0.12.1 255.255.255.0
 no shutdown
interface GigabitEthernet2
 ip address 10.0.13.1 255.255.255.0
 no shutdown
ip route 10.4.0.0 255.255.0.0 10.0.12.2
ip route 10.4.0.0 255.255.0.0 10.0.13.3
ip route 10.9.0.0 255.255.0.0 Null0
ip route 10.8.0.0 255.255.0.0 10.4.0.1
//- r2 ios
interface GigabitEthernet1
 ip address 10.0.12.2 255.255.255.0
 no shutdown
interface GigabitEthernet2
 ip address 10.0.24.2 255.255.255.0
 no shutdown
ip route 10.4.0.0 255.255.0.0 10.0.24.4
ip route 10.8.0.0 255.255.0.0 10.0.12.1
//- r3 ios
interface GigabitEthernet1
 ip address 10.0.13.3 255.255.255.0
 no shutdown
interface GigabitEthernet2
 ip address 10.0.34.3 255.255.255.0
 no shutdown
ip route 10.4.0.0 255.255.0.0 10.0.34.4
//- r4 ios
interface GigabitEthernet1
 ip address 10.0.24.4 255.255.255.0
 no shutdown
interface GigabitEthernet2
 ip address 10.0.34.4 255.255.255.0
 no shutdown
interface GigabitEthernet3
 ip address 10.4.1.1 255.255.255.0
 no shutdown
interface Loopback0
 ip address 10.4.0.1 255.255.255.255
`;

describe('a packet through routers', () => {
  test('takes every equal-cost branch to an address of a device', () => {
    expect(ways(DIAMOND, 'r1', '10.4.0.1')).toEqual([
      'r1 > r2 > r4: delivered: 10.4.0.1 is an address of r4 Loopback0',
      'r1 > r3 > r4: delivered: 10.4.0.1 is an address of r4 Loopback0',
    ]);
  });

  test('ends on a subnet that is attached', () => {
    expect(ways(DIAMOND, 'r2', '10.4.1.77')).toEqual([
      'r2 > r4: attached: 10.4.1.77 is on the subnet attached to r4 GigabitEthernet3',
    ]);
  });

  test('is dropped without a route, by a null route, and inside of a prefix that nobody has', () => {
    expect(ways(DIAMOND, 'r1', '172.16.0.1')).toEqual(['r1: no-route: r1 has no route for 172.16.0.1']);
    expect(ways(DIAMOND, 'r1', '10.9.1.1')).toEqual([
      'r1: null-routed: r1 drops it: the route 10.9.0.0/16 leads nowhere on purpose',
    ]);
    expect(ways(DIAMOND, 'r2', '10.4.9.1')).toEqual(['r2 > r4: no-route: r4 has no route for 10.4.9.1']);
  });

  test('follows a recursive route, and is seen to loop', () => {
    // r1 sends 10.8.0.0/16 towards 10.4.0.1, which is behind r2 and r3; r2 sends it back, r3 has no route.
    expect(ways(DIAMOND, 'r1', '10.8.0.1')).toEqual([
      'r1 > r2: loop: it has been at r1 before: it loops',
      'r1 > r3: no-route: r3 has no route for 10.8.0.1',
    ]);
  });

  test('begins where a host is attached', () => {
    expect(ways(DIAMOND, '10.4.1.20', '10.0.34.3')).toEqual([
      'r4 > r3: delivered: 10.0.34.3 is an address of r3 GigabitEthernet2',
    ]);
  });
});

const EDGE = (acl: string) => `
//- r1 ios
interface GigabitEthernet1
 ip address 10.0.0.1 255.255.255.252
 no shutdown
interface GigabitEthernet2
 ip address 10.1.0.1 255.255.255.0
 no shutdown
ip route 10.2.0.0 255.255.0.0 10.0.0.2
ip route 0.0.0.0 0.0.0.0 10.0.0.2
//- r2 ios
interface GigabitEthernet1
 ip address 10.0.0.2 255.255.255.252
 no shutdown
 ip access-group EDGE in
interface GigabitEthernet2
 ip address 10.2.0.1 255.255.255.0
 no shutdown
interface GigabitEthernet3
 ip address 192.0.2.1 255.255.255.252
 no shutdown
ip route 0.0.0.0 0.0.0.0 192.0.2.2
ip route 10.1.0.0 255.255.0.0 10.0.0.1
${acl}
`;

describe('a packet through a filter', () => {
  const web = `ip access-list extended EDGE
 10 permit tcp any 10.2.0.0 0.0.0.255 eq 443
 20 permit tcp any any established
 30 deny ip any any`;

  test('is permitted or denied by an entry', () => {
    const to = (destinationPort: number) => ways(EDGE(web), '10.1.0.9', '10.2.0.9', { protocol: 6, destinationPort });
    expect(to(443)).toEqual(['r1 > r2: attached: 10.2.0.9 is on the subnet attached to r2 GigabitEthernet2']);
    expect(to(80)).toEqual([
      'r1 > r2: denied: r2, coming in by GigabitEthernet1: access list EDGE denies it by entry 30',
    ]);
  });

  test('belongs to an open connection or opens one', () => {
    const packet = { protocol: 6, sourcePort: 443, destinationPort: 50_000 };
    expect(ways(EDGE(web), '10.1.0.9', '10.2.0.9', { ...packet, established: true })[0]).toContain(': attached:');
    expect(ways(EDGE(web), '10.1.0.9', '10.2.0.9', packet)[0]).toContain(': denied:');
  });

  test('is not called permitted while the protocol decides', () => {
    expect(ways(EDGE(web), '10.1.0.9', '10.2.0.9')).toEqual([
      'r1 > r2: unknown: r2, coming in by GigabitEthernet1: whether access list EDGE permits it by entry 10 depends on the protocol',
    ]);
  });

  test('is denied where no entry permits it, and passes a list that is not defined on IOS', () => {
    expect(
      ways(EDGE('ip access-list extended EDGE\n permit udp any any'), 'r1', '10.2.0.1', { protocol: 6 })[0],
    ).toMatch(/^r1 > r2: denied: .*no entry permits it$/);
    expect(ways(EDGE(''), 'r1', '10.2.0.1', { protocol: 6 })).toEqual([
      'r1 > r2: delivered: 10.2.0.1 is an address of r2 GigabitEthernet2',
    ]);
  });

  test('is not judged where the list holds something that is not modelled', () => {
    const acl = 'ip access-list extended EDGE\n permit tcp any any time-range NIGHT\n permit udp any any';
    expect(ways(EDGE(acl), 'r1', '10.2.0.1', { protocol: 6, destinationPort: 22 })[0]).toMatch(
      /^r1 > r2: unknown: .*"time-range NIGHT", which is not modelled$/,
    );
  });

  test('leaves the lab towards a neighbour that is not in it', () => {
    expect(ways(EDGE(''), 'r1', '198.51.100.1')).toEqual([
      'r1 > r2: exits: it leaves the lab by r2 GigabitEthernet3 to 192.0.2.2, which is not in the lab',
    ]);
  });
});

test('an IPv6 packet is filtered by IPv6 lists', () => {
  const lab = `
//- r1 eos
ipv6 unicast-routing
interface Ethernet1
   no switchport
   ipv6 address 2001:db8:12::1/64
ipv6 route 2001:db8:2::/48 2001:db8:12::2
//- r2 eos
ipv6 unicast-routing
interface Ethernet1
   no switchport
   ipv6 address 2001:db8:12::2/64
   ipv6 access-group GUARD in
interface Ethernet2
   no switchport
   ipv6 address 2001:db8:2:1::1/64
ipv6 access-list GUARD
   10 deny tcp any 2001:db8:2::/48 eq 22
   20 permit ipv6 any any
`;
  expect(ways(lab, 'r1', '2001:db8:2:1::9', { protocol: 6, destinationPort: 22 })[0]).toContain('r1 > r2: denied:');
  expect(ways(lab, 'r1', '2001:db8:2:1::9', { protocol: 6, destinationPort: 443 })[0]).toContain('r1 > r2: attached:');
});

test('a filter of Junos ends with a discard, and its prefix lists are groups of addresses', () => {
  const lab = `
//- r1 ios
interface GigabitEthernet1
 ip address 10.0.0.1 255.255.255.252
 no shutdown
interface Loopback0
 ip address 10.7.0.1 255.255.255.255
//- r2 junos
interfaces {
    ge-0/0/0 {
        unit 0 {
            family inet {
                filter {
                    input PROTECT;
                }
                address 10.0.0.2/30;
            }
        }
    }
}
policy-options {
    prefix-list ADMINS {
        10.7.0.0/24;
    }
}
firewall {
    family inet {
        filter PROTECT {
            term admins {
                from {
                    source-prefix-list {
                        ADMINS;
                    }
                    protocol tcp;
                    destination-port [ ssh 8000-8999 ];
                }
                then accept;
            }
        }
    }
}
`;
  const to = (protocol: number, destinationPort: number) => ways(lab, 'r1', '10.0.0.2', { protocol, destinationPort });
  expect(to(6, 22)).toEqual(['r1 > r2: delivered: 10.0.0.2 is an address of r2 ge-0/0/0.0']);
  expect(to(6, 8443)).toEqual(['r1 > r2: delivered: 10.0.0.2 is an address of r2 ge-0/0/0.0']);
  expect(to(6, 23)[0]).toContain('r1 > r2: denied:');
  expect(to(17, 22)[0]).toContain('r1 > r2: denied:');
});

test('a next hop on a cable whose other end has another address is not reached', () => {
  const lab = `
//- link r1:GigabitEthernet1 r2:GigabitEthernet1
//- r1 ios
interface GigabitEthernet1
 ip address 10.0.0.1 255.255.255.0
 no shutdown
ip route 10.9.0.0 255.255.0.0 10.0.0.7
//- r2 ios
interface GigabitEthernet1
 ip address 10.0.0.2 255.255.255.0
 no shutdown
`;
  expect(ways(lab, 'r1', '10.9.0.1')).toEqual([
    'r1: next-hop-unreachable: r1 cannot send it on: 10.0.0.7 answers on none of the devices that r1 GigabitEthernet1 is connected to (r2 GigabitEthernet1)',
  ]);
});

test('a VRF route through the global table is looked up there', () => {
  const lab = `
//- r1 ios
vrf definition RED
 address-family ipv4
interface GigabitEthernet1
 vrf forwarding RED
 ip address 10.1.0.1 255.255.255.0
 no shutdown
interface GigabitEthernet2
 ip address 10.0.0.1 255.255.255.252
 no shutdown
ip route vrf RED 0.0.0.0 0.0.0.0 10.0.0.2 global
//- r2 ios
interface GigabitEthernet1
 ip address 10.0.0.2 255.255.255.252
 no shutdown
interface Loopback0
 ip address 8.8.8.8 255.255.255.255
`;
  expect(ways(lab, '10.1.0.9', '8.8.8.8')).toEqual(['r1/RED > r2: delivered: 8.8.8.8 is an address of r2 Loopback0']);
});
