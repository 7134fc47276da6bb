import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

describe('OSPF version 3', () => {
  const lab = observe(`
//- link r1:eth1 r2:eth1
//- link r2:eth2 r3:eth1
//- r1 frr
interface lo
 ipv6 address 2001:db8:0:1::1/128
 ipv6 ospf6 area 0.0.0.1
interface eth1
 ipv6 address 2001:db8:12::1/64
 ipv6 ospf6 area 0.0.0.1
router ospf6
 ospf6 router-id 1.1.1.1
 redistribute static metric 30 metric-type 1
ipv6 route 2001:db8:ffff::/48 Null0
//- r2 frr
interface eth1
 ipv6 address 2001:db8:12::2/64
 ipv6 address fe80::2/64
 ipv6 ospf6 area 0.0.0.1
 ipv6 ospf6 network point-to-point
interface eth2
 ipv6 address 2001:db8:23::2/64
 ipv6 address fe80::2/64
 ipv6 ospf6 area 0.0.0.0
router ospf6
 ospf6 router-id 2.2.2.2
//- r3 frr
interface eth1
 ipv6 address 2001:db8:23::3/64
 ipv6 ospf6 area 0.0.0.0
 ipv6 ospf6 cost 3
router ospf6
 ospf6 router-id 3.3.3.3
`);

  it('keeps its own adjacencies and network types', () => {
    expect(
      lab.state.adjacencies.map(({ protocol, node, state, detail }) => `${protocol} ${node} ${state} ${detail ?? ''}`),
    ).toEqual([
      'ospfv3 r1 up network types differ (broadcast, point-to-point): no route crosses it',
      'ospfv3 r2 up network types differ (point-to-point, broadcast): no route crosses it',
      'ospfv3 r2 up ',
      'ospfv3 r3 up ',
    ]);
  });

  it('reaches prefixes of other areas by link-local next hops', () => {
    expect(lab.routes('r3', ['ospf', 'ospf-ia'])).toEqual(['2001:db8:12::/64 ospf-ia 110/13 fe80::2@eth1']);
  });
});
