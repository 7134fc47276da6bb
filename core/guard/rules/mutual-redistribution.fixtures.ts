import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'OSPF and EIGRP (IOS)': `
//- r1.cfg ios
hostname r1
router eigrp 100
 redistribute ospf 1 metric 100000 100 255 1 1500
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] ospf 1 into EIGRP and eigrp 100 into OSPF
router ospf 1
 redistribute eigrp 100 subnets
 ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ eigrp 100 into OSPF
`,
    'OSPF and BGP (FRR)': `
//- r1.cfg frr
hostname r1
router bgp 65001
 address-family ipv4 unicast
  redistribute ospf
  ~~~~~~~~~~~~~~~~~ ospf into BGP
router ospf
 redistribute bgp
 ^^^^^^^^^^^^^^^^ [P0] bgp into OSPF and ospf into BGP
`,
  },
  silent: {
    'one direction has a route-map': `
//- r1.cfg ios
hostname r1
router eigrp 100
 redistribute ospf 1 metric 100000 100 255 1 1500 route-map NOT-OURS
router ospf 1
 redistribute eigrp 100 subnets
`,
    'one direction only': `
//- r1.cfg eos
hostname r1
router bgp 65001
   redistribute ospf
router ospf 1
   redistribute connected
`,
    'two other processes': `
//- r1.cfg ios
hostname r1
router eigrp 100
 redistribute ospf 1 metric 100000 100 255 1 1500
router ospf 2
 redistribute eigrp 200 subnets
`,
    'the VRF of a customer': `
//- pe1.cfg ios
hostname pe1
router ospf 10 vrf RED
 redistribute bgp 65001
router bgp 65001
 address-family ipv4 vrf RED
  redistribute ospf 10
`,
  },
};
