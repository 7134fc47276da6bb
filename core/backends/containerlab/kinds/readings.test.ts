import { describe, expect, it } from 'vitest';
import { junosPeers, junosRoutes } from './crpd.ts';
import { eosRoutes } from './eos.ts';
import { srlinuxPeers, srlinuxRoutes } from './srlinux.ts';
import { xrRoutes } from './xrd.ts';

const hops = (list: readonly { ip: string | null; interface: string | null; drop?: true }[]): string =>
  list.map((hop) => (hop.drop ? 'drop' : [hop.ip, hop.interface].filter(Boolean).join('@'))).join(' ');
const short = (
  routes: readonly { prefix: string; protocol: string; ad: number; metric: number; nextHops: never[] }[] = [],
) =>
  routes.map(({ prefix, protocol, ad, metric, nextHops }) => `${prefix} ${protocol} ${ad}/${metric} ${hops(nextHops)}`);
const of = (tables: ReadonlyMap<string, readonly unknown[]>, vrf = 'default') => short(tables.get(vrf) as never);

describe('routes as the systems print them', () => {
  it('EOS', () => {
    const answer = JSON.stringify({
      vrfs: {
        RED: {
          routes: {
            '10.1.0.0/16': {
              ...{ routeType: 'iBGP', routeAction: 'forward', preference: 200, metric: 5 },
              vias: [
                { nexthopAddr: '10.0.0.1', interface: 'Ethernet1' },
                { nexthopAddr: '10.0.0.3', interface: 'Ethernet2' },
              ],
            },
            '10.0.0.7/32': { routeType: 'internal', routeAction: 'receive', vias: [] },
          },
        },
      },
    });
    expect(of(eosRoutes(answer, 'routes'), 'RED')).toEqual([
      '10.1.0.0/16 ibgp 200/5 10.0.0.1@Ethernet1 10.0.0.3@Ethernet2',
    ]);
  });

  it('SR Linux', () => {
    const answer = JSON.stringify({
      'srl_nokia-network-instance:network-instance': [
        {
          name: 'default',
          'route-table': {
            'ipv4-unicast': {
              route: [
                {
                  ...{ 'ipv4-prefix': '10.2.0.0/24', 'route-type': 'srl_nokia-common:bgp', 'bgp-type': 'external' },
                  ...{ active: true, metric: 0, preference: 170, 'next-hop-group': '7' },
                },
                { 'ipv4-prefix': '10.0.0.1/32', 'route-type': 'srl_nokia-common:host', active: true },
                { 'ipv4-prefix': '10.3.0.0/24', 'route-type': 'srl_nokia-common:static', active: false, preference: 5 },
              ],
            },
            'next-hop-group': [{ index: '7', 'next-hop': [{ id: 0, 'next-hop': '9' }] }],
            'next-hop': [{ index: '9', type: 'indirect', 'ip-address': '10.0.0.0', subinterface: 'ethernet-1/1.0' }],
          },
        },
      ],
    });
    expect(of(srlinuxRoutes(answer))).toEqual(['10.2.0.0/24 ebgp 170/0 10.0.0.0']);
    const peers = JSON.stringify({
      'network-instance': [
        {
          name: 'default',
          protocols: { bgp: { neighbor: [{ 'peer-address': '10.0.0.0', 'session-state': 'active' }] } },
        },
      ],
    });
    expect(srlinuxPeers(peers)).toEqual([{ vrf: 'default', peer: '10.0.0.0', established: false, state: 'active' }]);
  });

  it('Junos', () => {
    const data = (value: string) => [{ data: value }];
    const answer = JSON.stringify({
      'route-information': [
        {
          'route-table': [
            {
              'table-name': data('RED.inet.0'),
              rt: [
                {
                  'rt-destination': data('10.2.0.0/24'),
                  'rt-entry': [
                    {
                      ...{ 'active-tag': data('*'), 'protocol-name': data('BGP'), preference: data('170') },
                      ...{ 'learned-from': data('10.0.0.0'), nh: [{ to: data('10.0.0.0'), via: data('eth1.0') }] },
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(of(junosRoutes(answer, new Set(['10.0.0.0'])), 'RED')).toEqual(['10.2.0.0/24 ebgp 170/0 10.0.0.0@eth1.0']);
    const summary = JSON.stringify({
      'bgp-information': [
        {
          'bgp-peer': [
            { 'peer-address': data('10.0.0.0+179'), 'peer-as': data('65002'), 'peer-state': data('Established') },
          ],
        },
      ],
    });
    expect(junosPeers(summary)).toEqual([
      { vrf: 'default', peer: '10.0.0.0', established: true, state: 'Established', as: '65002' },
    ]);
  });

  it('IOS-XR', () => {
    const answer = `
Codes: C - connected, S - static, R - RIP, B - BGP, (>) - Diversion path
Gateway of last resort is not set

C    10.0.0.0/31 is directly connected, 00:10:02, GigabitEthernet0/0/0/0
L    10.0.0.1/32 is directly connected, 00:10:02, GigabitEthernet0/0/0/0
S    10.9.0.0/24 is directly connected, 00:10:02, Null0
B    10.2.0.0/24 [20/0] via 10.0.0.0, 00:09:11
O E2 10.4.0.0/24 [110/20] via 10.0.0.2, 00:01:00, GigabitEthernet0/0/0/1
                [110/20] via 10.0.0.4, 00:01:00, GigabitEthernet0/0/0/2
i L2 10.5.0.0/24 [115/30] via 10.0.0.2, 00:01:00, GigabitEthernet0/0/0/1

VRF: RED

B    10.8.0.0/24 [200/0] via 10.255.0.2 (nexthop in vrf default), 00:01:00
`;
    const routes = xrRoutes(answer, { ebgp: 20, ibgp: 200 });
    expect(of(routes)).toEqual([
      '10.0.0.0/31 connected 0/0 GigabitEthernet0/0/0/0',
      '10.9.0.0/24 static 0/0 drop',
      '10.2.0.0/24 ebgp 20/0 10.0.0.0',
      '10.4.0.0/24 ospf-e2 110/20 10.0.0.2@GigabitEthernet0/0/0/1 10.0.0.4@GigabitEthernet0/0/0/2',
      '10.5.0.0/24 isis-l2 115/30 10.0.0.2@GigabitEthernet0/0/0/1',
    ]);
    expect(of(routes, 'RED')).toEqual(['10.8.0.0/24 ibgp 200/0 10.255.0.2']);
    expect(() => xrRoutes("% Invalid input detected at '^' marker.", { ebgp: 20, ibgp: 200 })).toThrow(
      'could not be read',
    );
  });
});
