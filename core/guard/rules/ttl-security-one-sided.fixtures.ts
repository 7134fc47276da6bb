import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'only one end, since the change': `
//- r1.cfg ios before
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.252
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.252
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 ttl-security hops 1
                                     ^ [P1 new] 10.0.0.2 is accepted only from 1 hop away, but r2 sends with a low TTL
//- r2.cfg frr
hostname r2
interface eth1
 ip address 10.0.0.2/30
router bgp 65002
 neighbor 10.0.0.1 remote-as 65001
                             ~~~~~ r2 has no ttl-security here
`,
  },
  silent: {
    'both ends': `
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.252
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 ttl-security hops 1
//- r2.cfg eos
hostname r2
interface Ethernet1
   no switchport
   ip address 10.0.0.2/30
router bgp 65002
   neighbor 10.0.0.1 remote-as 65001
   neighbor 10.0.0.1 ttl maximum-hops 1
`,
    'the other end sends with the highest TTL as it is': `
//- r1.cfg eos
hostname r1
interface Ethernet1
   no switchport
   ip address 10.0.0.1/30
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
   neighbor 10.0.0.2 ttl maximum-hops 1
//- r2.cfg eos
hostname r2
interface Ethernet1
   no switchport
   ip address 10.0.0.2/30
router bgp 65002
   neighbor 10.0.0.1 remote-as 65001
   neighbor 10.0.0.1 ebgp-multihop 255
`,
    'the other end is not in the lab': `
//- r1.cfg frr
hostname r1
interface eth1
 ip address 10.0.0.1/30
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 ttl-security hops 1
//- r2.cfg frr
hostname r2
router bgp 65002
`,
  },
};
