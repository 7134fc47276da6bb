import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

const MIDDLE = {
  frr: `interface eth1
 ip address 10.0.0.1/31
interface eth2
 ip address 10.0.0.2/31
ip route 198.51.100.0/24 10.0.0.0
router bgp 65002
 no bgp ebgp-requires-policy`,
  ios: `interface Ethernet0/1
 ip address 10.0.0.1 255.255.255.254
interface Ethernet0/2
 ip address 10.0.0.2 255.255.255.254
ip route 198.51.100.0 255.255.255.0 10.0.0.0
router bgp 65002`,
} as const;

/** r2 redistributes a static route through r1 and announces it to r1 (on a cable) and to r3. */
const lab = (dialect: keyof typeof MIDDLE): string => `//- r1 frr
interface eth1
 ip address 10.0.0.0/31
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 10.0.0.1 remote-as 65002
//- r2 ${dialect}
${MIDDLE[dialect]}
 neighbor 10.0.0.0 remote-as 65001
 neighbor 10.0.0.3 remote-as 65003
 redistribute static
//- r3 frr
interface eth1
 ip address 10.0.0.3/31
router bgp 65003
 no bgp ebgp-requires-policy
 neighbor 10.0.0.2 remote-as 65002
`;

describe('A route through the neighbour that it is announced to', () => {
  it('is announced with the own address as next hop', () => {
    const seen = observe(lab('ios'));
    expect(seen.routes('r1')).toEqual(['198.51.100.0/24 ebgp 20/0 10.0.0.1@eth1']);
    expect(seen.routes('r3')).toEqual(['198.51.100.0/24 ebgp 20/0 10.0.0.2@eth1']);
  });

  it("keeps the neighbour's address on FRR, and the neighbour refuses it (RFC 4271 section 6.3)", () => {
    const seen = observe(lab('frr'));
    expect(seen.routes('r1')).toEqual([]);
    expect(seen.routes('r3')).toEqual(['198.51.100.0/24 ebgp 20/0 10.0.0.2@eth1']);
  });
});
