import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'the BGP router-id (FRR)': `
//- r1.cfg frr before
hostname r1
router bgp 65001
 bgp router-id 192.0.2.1
//- r1.cfg frr
hostname r1
router bgp 65001
 bgp router-id 192.0.2.11
               ^^^^^^^^^^ [P0 new] changes the router-id of BGP from 192.0.2.1 to 192.0.2.11
//- r1.cfg fixed
hostname r1
router bgp 65001
 bgp router-id 192.0.2.1
`,
    'the OSPF router-id (IOS)': `
//- r1.cfg ios before
hostname r1
router ospf 1
 router-id 192.0.2.1
//- r1.cfg ios
hostname r1
router ospf 1
 router-id 192.0.2.2
           ^^^^^^^^^ [P0 new] changes the router-id of OSPF 1 from 192.0.2.1 to 192.0.2.2
`,
    'the loopback of the sessions (EOS)': `
//- r1.cfg eos before
hostname r1
interface Loopback0
   ip address 192.0.2.1/32
router bgp 65001
   neighbor 192.0.2.9 remote-as 65001
   neighbor 192.0.2.9 update-source Loopback0
//- r1.cfg eos
hostname r1
interface Loopback0
   ip address 192.0.2.3/32
              ^^^^^^^^^^^^ [P0 new] changes the address of Loopback0 from 192.0.2.1 to 192.0.2.3
router bgp 65001
   neighbor 192.0.2.9 remote-as 65001
   neighbor 192.0.2.9 update-source Loopback0
`,
    'the loopback goes': `
//- r1.cfg frr before
hostname r1
interface lo
 ip address 192.0.2.1/32
interface eth1
 ip address 10.0.0.1/31
router bgp 65001
 bgp router-id 192.0.2.1
//- r1.cfg frr
hostname r1
interface eth1
^^^^^^^^^^^^^^ [P0 new] removes the address of lo, 192.0.2.1
 ip address 10.0.0.1/31
router bgp 65001
 bgp router-id 192.0.2.1
`,
  },
  silent: {
    'another loopback': `
//- r1.cfg eos before
hostname r1
interface Loopback0
   ip address 192.0.2.1/32
interface Loopback1
   ip address 192.0.2.65/32
router bgp 65001
   router-id 192.0.2.1
//- r1.cfg eos
hostname r1
interface Loopback0
   ip address 192.0.2.1/32
interface Loopback1
   ip address 192.0.2.66/32
router bgp 65001
   router-id 192.0.2.1
`,
    'the lines move': `
//- r1.cfg ios before
hostname r1
router bgp 65001
 bgp router-id 192.0.2.1
//- r1.cfg ios
hostname r1
!
router bgp 65001
 bgp log-neighbor-changes
 bgp router-id 192.0.2.1
`,
    'the process goes': `
//- r1.cfg frr before
hostname r1
router ospf
 ospf router-id 192.0.2.1
//- r1.cfg frr
hostname r1
`,
  },
};
