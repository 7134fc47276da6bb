import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'BGP into OSPF (FRR)': `
//- r1.cfg frr
hostname r1
router ospf
 redistribute bgp
 ^^^^^^^^^^^^^^^^ [P0] redistributes every route of bgp into OSPF
`,
    'BGP into EIGRP (IOS)': `
//- r1.cfg ios
hostname r1
router eigrp 100
 redistribute bgp 65001 metric 100000 100 255 1 1500
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] redistributes every route of bgp 65001 into EIGRP
`,
    'the change takes the filter off (EOS)': `
//- r1.cfg eos before
hostname r1
router ospf 1
   redistribute bgp route-map ONLY-DEFAULT
//- r1.cfg eos
hostname r1
router ospf 1
   redistribute bgp
   ^^^^^^^^^^^^^^^^ [P0 new] redistributes every route of bgp into OSPF
`,
  },
  silent: {
    'with a route-map': `
//- r1.cfg frr
hostname r1
router ospf
 redistribute bgp route-map ONLY-DEFAULT
`,
    'the other way round': `
//- r1.cfg ios
hostname r1
router bgp 65001
 redistribute ospf 1
`,
    'in the VRF of a customer': `
//- pe1.cfg ios
hostname pe1
router ospf 10 vrf RED
 redistribute bgp 65001
`,
  },
};
