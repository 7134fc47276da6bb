import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'a map that prefers some routes drops the others (FRR)': `
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 address-family ipv4 unicast
  neighbor 10.0.0.2 route-map PREFER in
route-map PREFER permit 10
^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] PREFER sets attributes on what it matches and drops every other route
 match community CUSTOMERS
 set local-preference 200
//- r1.cfg fixed
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 address-family ipv4 unicast
  neighbor 10.0.0.2 route-map PREFER in
route-map PREFER permit 10
 match community CUSTOMERS
 set local-preference 200
route-map PREFER permit 20
`,
    'the change takes the last entry away (EOS)': `
//- r1.cfg eos before
hostname r1
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
   neighbor 10.0.0.2 route-map OUT out
route-map OUT permit 10
   match ip address prefix-list BACKUP
   set as-path prepend 65001 65001
route-map OUT permit 20
//- r1.cfg eos
hostname r1
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
   neighbor 10.0.0.2 route-map OUT out
route-map OUT permit 10
^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] OUT sets attributes on what it matches and drops every other route
   match ip address prefix-list BACKUP
   set as-path prepend 65001 65001
`,
    'a new map of several entries (IOS)': `
//- r1.cfg ios before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map TAG in
route-map TAG permit 10
 match ip address prefix-list A
 set community 65001:10
route-map TAG permit 20
^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] TAG sets attributes
 match ip address prefix-list B
 set community 65001:20
`,
  },
  silent: {
    'the rest is permitted': `
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map PREFER in
route-map PREFER permit 10
 match community CUSTOMERS
 set local-preference 200
route-map PREFER permit 20
`,
    'the deny is written': `
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
route-map IN permit 10
 match ip address prefix-list OURS
 set local-preference 110
route-map IN deny 999
`,
    'a written-out filter that was there': `
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map OUT out
route-map OUT permit 10
 match ip address prefix-list OURS
 set community 65001:1
route-map OUT permit 20
 match ip address prefix-list CUSTOMERS
 set community 65001:2
`,
    'the last match is on everything': `
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
ip prefix-list ANY seq 5 permit 0.0.0.0/0 le 32
route-map IN permit 10
 match ip address prefix-list ANY
 set local-preference 90
`,
    'a filter sets nothing': `
//- r1.cfg eos
hostname r1
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
   neighbor 10.0.0.2 route-map IN in
route-map IN permit 10
   match ip address prefix-list OURS
`,
    'a map of a redistribution chooses what it takes': `
//- r1.cfg frr
hostname r1
router bgp 65001
 address-family ipv4 unicast
  redistribute static route-map STATIC
route-map STATIC permit 10
 match tag 10
 set community 65001:10
`,
  },
};
