import { describe, expect, it } from 'vitest';
import { detectDialect } from '../../detect.ts';
import { deviceOf, unmodelled } from '../../parsing.fixture.ts';

const GATEWAY = `
# Configuration of gw1
# Language version: 14.1v1
set hostname gw1
set as 65001
set router-id 192.0.2.1
add bonding group 1
add bonding group 1 interface eth1
add bonding group 1 interface eth2
set bonding group 1 mode 8023AD
set interface bond1 state on
add interface bond1 vlan 10
set interface bond1.10 ipv4-address 10.0.10.1 mask-length 24
set interface eth3 ipv4-address 10.0.3.1 subnet-mask 255.255.255.252
set interface eth4 state off
set interface lo ipv4-address 127.0.0.1 mask-length 8
add interface lo loopback 192.0.2.1/32
set interface loop00 ipv4-address 192.0.2.1 mask-length 32
set static-route default nexthop gateway address 10.0.3.2 priority 1 on
set static-route default nexthop gateway address 10.0.10.2 priority 2 on
set static-route 198.51.100.0/24 nexthop blackhole
set ospf area backbone on
set ospf interface bond1.10 area backbone on
set ospf interface bond1.10 cost 20
set ospf area 0.0.0.1 on
set ospf area 0.0.0.1 stub on
set route-redistribution to ospf2 from static-route default on
set bgp external remote-as 65002 on
set bgp external remote-as 65002 export-routemap OUT preference 1 on
set bgp external remote-as 65002 import-routemap IN preference 1 on
set bgp external remote-as 65002 peer 10.0.3.2 on
set routemap OUT id 10 on
set routemap OUT id 10 allow
set routemap OUT id 10 match protocol direct
set routemap OUT id 10 match interface loop00 on
set routemap OUT id 10 match interface eth3 on
set routemap OUT id 10 action aspath-prepend-count 2
set routemap IN id 10 on
set routemap IN id 10 restrict
set routemap IN id 10 match network 10.0.0.0/8 all on
set routemap IN id 20 on
set routemap IN id 20 allow
`;

describe('Check Point Gaia', () => {
  const device = deviceOf('gaia', GATEWAY);

  it('is understood to the last line, and recognised', () => {
    expect(unmodelled(device)).toEqual([]);
    expect(detectDialect({ text: GATEWAY })).toBe('gaia');
  });

  it('has bonds, their VLANs, and no route to itself', () => {
    expect(device.interfaces.get('eth1')?.aggregate?.value).toBe('bond1');
    expect(device.interfaces.get('bond1.10')).toMatchObject({
      parent: 'bond1',
      encapsulationVlan: { value: 10 },
      addresses: [{ address: '10.0.10.1', length: 24 }],
    });
    expect(device.interfaces.get('eth3')?.addresses).toMatchObject([{ address: '10.0.3.1', length: 30 }]);
    expect(device.interfaces.get('eth4')?.shutdown).toMatchObject({ value: true });
    expect(device.interfaces.get('lo')?.addresses).toEqual([]);
  });

  it('keeps the priorities of gateways, and drops', () => {
    expect(device.staticRoutes).toMatchObject([
      { prefix: '0.0.0.0/0', nextHop: { ip: '10.0.3.2' }, metric: 1 },
      { prefix: '0.0.0.0/0', nextHop: { ip: '10.0.10.2' }, metric: 2 },
      { prefix: '198.51.100.0/24', nextHop: { drop: 'discard' } },
    ]);
  });

  it('takes conditions of one kind as alternatives, and the lowest instance first', () => {
    expect(device.policies.get('OUT')?.terms).toMatchObject([
      {
        conditions: [
          { kind: 'protocol', protocols: ['connected'] },
          { kind: 'any', of: [{ kind: 'interface' }, { kind: 'interface' }] },
        ],
        actions: [{ kind: 'prepend-as-path', asns: [65001, 65001] }],
      },
    ]);
    expect(device.policies.get('IN')?.terms.map(({ disposition }) => disposition)).toEqual(['deny', 'permit']);
  });

  it('refuses behind every chain of route maps', () => {
    const family = device.bgp[0]?.neighbours.get('10.0.3.2')?.families.get('ipv4-unicast');
    expect(family?.policyIn?.policies.map(({ value }) => value)).toEqual(['IN', 'no route map accepts it']);
    expect(device.ospf[0]?.exportPolicy?.policies.map(({ value }) => value)).toEqual([
      'route-redistribution to ospf default',
      'no route map accepts it',
    ]);
  });

  it('lists what it does not model', () => {
    const odd = `
set pbr table T static-route default nexthop gateway address 10.0.0.1 on
set routemap OUT id 5 match community no-export on
set route-redistribution to rip from interface eth1 on
`;
    expect(unmodelled(deviceOf('gaia', odd))).toEqual([
      'pbr table T static-route default nexthop gateway address 10.0.0.1 on',
      'routemap OUT id 5 / match community no-export on',
      'route-redistribution to rip from interface eth1 on',
    ]);
  });
});
