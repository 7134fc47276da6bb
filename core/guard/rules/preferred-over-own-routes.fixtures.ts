import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'a weight in a route-map (IOS)': `
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
route-map IN permit 10
 set weight 40000
 ^^^^^^^^^^^^^^^^ [P1] IN 10 sets weight 40000, above the 32768 of local routes
`,
    'a local preference on internal routes (FRR)': `
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor 192.0.2.2 remote-as 65001
 address-family ipv4 unicast
  neighbor 192.0.2.2 route-map FROM-CORE in
route-map FROM-CORE permit 10
 set local-preference 200
 ^^^^^^^^^^^^^^^^^^^^^^^^ [P1] FROM-CORE 10 sets local preference 200 on routes from inside the AS
`,
    'a weight on the neighbour (EOS)': `
//- r1.cfg eos
hostname r1
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
   neighbor 10.0.0.2 weight 65000
                            ^^^^^ [P1] routes of 10.0.0.2 have weight 65000
`,
  },
  silent: {
    'a customer is preferred where its routes enter': `
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
route-map IN permit 10
 set local-preference 200
 set weight 100
`,
    'a route-map on routes that go out': `
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor 192.0.2.2 remote-as 65001
 address-family ipv4 unicast
  neighbor 192.0.2.2 route-map TO-CORE out
route-map TO-CORE permit 10
 set local-preference 200
`,
  },
};
