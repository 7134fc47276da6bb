import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'additive is missing': `
//- r1.cfg ios
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
route-map IN permit 10
 set community 65001:100
 ^^^^^^^^^^^^^^^^^^^^^^^ [P2] IN 10 replaces every community of the route by 65001:100
`,
    'it goes with the change': `
//- r1.cfg ios before
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
route-map IN permit 10
 set community 65001:100 additive
//- r1.cfg ios
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
route-map IN permit 10
 set community 65001:100
 ^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] replaces every community
`,
  },
  silent: {
    additive: `
//- r1.cfg ios
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
route-map IN permit 10
 set community 65001:100 additive
`,
    'where routes begin': `
//- r1.cfg ios
router bgp 65001
 redistribute connected route-map OWN
route-map OWN permit 10
 set community 65001:100
`,
  },
};
