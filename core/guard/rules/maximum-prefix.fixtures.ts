import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'the limit is taken off the file (IOS)': `
//- r1.cfg ios before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 address-family ipv4
  neighbor 10.0.0.2 activate
  neighbor 10.0.0.2 maximum-prefix 100 80 restart 15
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
                             ^^^^^ [P0 new] removes the limit of 100 IPv4 prefixes of 10.0.0.2: nothing limits what 10.0.0.2 may send
 address-family ipv4
  neighbor 10.0.0.2 activate
//- r1.cfg fixed
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 address-family ipv4
  neighbor 10.0.0.2 activate
  neighbor 10.0.0.2 maximum-prefix 100 80 restart 15
`,
    'EOS falls back to its default': `
//- r1.cfg eos before
hostname r1
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
   neighbor 10.0.0.2 maximum-routes 200000
//- r1.cfg eos
hostname r1
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
   neighbor 10.0.0.2 maximum-routes 200000
   no neighbor 10.0.0.2 maximum-routes
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0 new] removes the limit of 200000 IPv4 prefixes of 10.0.0.2: the default of 12000 applies
`,
    'a no line in a piece to be pasted': `
//- change.cfg frr
router bgp 65001
 address-family ipv4 unicast
  no neighbor 10.0.0.2 maximum-prefix 100
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] removes the limit on the prefixes that 10.0.0.2 may send
`,
    'a new external neighbour without a limit is P0': `
//- r1.cfg frr before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 address-family ipv4 unicast
  neighbor 10.0.0.2 maximum-prefix 500
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.4 remote-as 65004
                             ^^^^^ [P0 new] no limit on the IPv4 prefixes that 10.0.0.4 may send
 address-family ipv4 unicast
  neighbor 10.0.0.2 maximum-prefix 500
  neighbor 10.0.0.4 route-map IN in
//- r1.cfg fixed
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.4 remote-as 65004
 address-family ipv4 unicast
  neighbor 10.0.0.2 maximum-prefix 500
  neighbor 10.0.0.4 route-map IN in
  neighbor 10.0.0.4 maximum-prefix 500 80 restart 15
`,
    'one that never had a limit warns': `
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
                             ^^^^^ [P1 old] no limit on the IPv4 prefixes
 neighbor 10.0.0.2 route-map IN in
//- r1.cfg fixed
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
 neighbor 10.0.0.2 maximum-prefix 1000 80 restart 15
`,
    'EOS without any limit': `
//- r1.cfg eos
hostname r1
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
   neighbor 10.0.0.2 maximum-routes 0
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] no limit
`,
    'a lower limit is to be compared with what is received': `
//- r1.cfg ios before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 maximum-prefix 1000
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 maximum-prefix 100
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] lowers the limit of 10.0.0.2 from 1000 to 100 prefixes: the session goes down above it and stays down
`,
  },
  silent: {
    'a limit is there, from the group': `
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor EDGE peer-group
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 peer-group EDGE
 address-family ipv4 unicast
  neighbor EDGE maximum-prefix 1000
`,
    'EOS has a limit by default': `
//- r1.cfg eos
hostname r1
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
`,
    'an internal neighbour needs none': `
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 192.0.2.2 remote-as 65001
`,
    'a higher limit': `
//- r1.cfg ios before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 maximum-prefix 100
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 maximum-prefix 200
`,
  },
};
