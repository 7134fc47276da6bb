import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'the match is gone from the file (FRR)': `
//- r1.cfg frr before
hostname r1
route-map OUT permit 10
 match ip address prefix-list OURS
 set community 65001:1
//- r1.cfg frr
hostname r1
route-map OUT permit 10
^^^^^^^^^^^^^^^^^^^^^^^ [P0 new] OUT 10 has lost its last match: it accepts every route
 set community 65001:1
//- r1.cfg fixed
hostname r1
route-map OUT permit 10
 match ip address prefix-list OURS
 set community 65001:1
`,
    'a no line below the configuration (EOS)': `
//- r1.cfg eos before
hostname r1
route-map OUT permit 10
   match ip address prefix-list OURS
//- r1.cfg eos
hostname r1
route-map OUT permit 10
   match ip address prefix-list OURS
route-map OUT permit 10
   no match ip address prefix-list OURS
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0 new] OUT 10 has lost its last match
`,
    'a no line in a piece to be pasted (IOS)': `
//- change.cfg ios
route-map OUT permit 20
 no match community CUSTOMERS
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] OUT 20 has lost its last match
//- change.cfg fixed
route-map OUT permit 20
`,
    'the prefixes go, another match stays': `
//- r1.cfg ios before
hostname r1
route-map OUT permit 10
 match ip address prefix-list OURS
 match community CUSTOMERS
//- r1.cfg ios
hostname r1
route-map OUT permit 10
^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] OUT 10 no longer matches on prefixes
 match community CUSTOMERS
`,
    'what is left matches nearly everything': `
//- r1.cfg ios before
hostname r1
ip prefix-list ROUTABLE seq 10 permit 0.0.0.0/0 ge 8 le 24
route-map OUT permit 10
 match ip address prefix-list ROUTABLE
 match community CUSTOMERS
//- r1.cfg ios
hostname r1
ip prefix-list ROUTABLE seq 10 permit 0.0.0.0/0 ge 8 le 24
route-map OUT permit 10
^^^^^^^^^^^^^^^^^^^^^^^ [P0 new] OUT 10 no longer matches on communities, and what it still matches on is nearly everything
 match ip address prefix-list ROUTABLE
`,
  },
  silent: {
    'the whole entry goes': `
//- r1.cfg frr before
hostname r1
route-map OUT permit 10
 match ip address prefix-list OURS
route-map OUT permit 20
 match ip address prefix-list CUSTOMERS
//- r1.cfg frr
hostname r1
route-map OUT permit 10
 match ip address prefix-list OURS
`,
    'another list takes its place': `
//- r1.cfg eos before
hostname r1
route-map OUT permit 10
   match ip address prefix-list OURS
//- r1.cfg eos
hostname r1
route-map OUT permit 10
   match ip address prefix-list OURS-AND-CUSTOMERS
`,
    'another kind of match takes its place': `
//- r1.cfg ios before
hostname r1
route-map OUT permit 10
 match ip address prefix-list OURS
//- r1.cfg ios
hostname r1
route-map OUT permit 10
 match community OURS
`,
    'a deny entry loses its match: it denies more': `
//- r1.cfg ios before
hostname r1
route-map OUT deny 10
 match ip address prefix-list BOGONS
//- r1.cfg ios
hostname r1
route-map OUT deny 10
`,
    'an entry that never had a match': `
//- r1.cfg frr before
hostname r1
route-map OUT permit 10
//- r1.cfg frr
hostname r1
route-map OUT permit 10
 set metric 10
`,
  },
};
