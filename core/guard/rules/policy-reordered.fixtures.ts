import type { Fixtures } from '../testing.ts';

const lists = `hostname r1
ip prefix-list OURS seq 5 permit 10.0.0.0/8
ip prefix-list BOGONS seq 5 permit 192.168.0.0/16 le 32
`;

export const fixtures: Fixtures = {
  fires: {
    'the final reject moves up (FRR)': `
//- r1.cfg frr before
${lists}route-map OUT permit 10
 match ip address prefix-list OURS
route-map OUT deny 100
//- r1.cfg frr
${lists}route-map OUT deny 5
^^^^^^^^^^^^^^^^^^^^ [P0 new] OUT 5 denies every route: 1 entry behind it never applies
^^^^^^^^^^^^^^^^^^^^ [P0 new] OUT 5 now decides before what was OUT 10
route-map OUT permit 10
 match ip address prefix-list OURS
`,
    'two entries change places (IOS)': `
//- r1.cfg ios before
${lists}route-map IN deny 10
 match ip address prefix-list BOGONS
route-map IN permit 20
 match ip address prefix-list OURS
//- r1.cfg ios
${lists}route-map IN permit 10
^^^^^^^^^^^^^^^^^^^^^^ [P0 new] IN 10 now decides before what was IN 10
 match ip address prefix-list OURS
route-map IN deny 20
 match ip address prefix-list BOGONS
`,
    'an entry behind one that matches everything (EOS)': `
//- r1.cfg eos
${lists}route-map OUT permit 10
^^^^^^^^^^^^^^^^^^^^^^^ [P1 old] OUT 10 permits every route: 1 entry behind it never applies
route-map OUT deny 20
   match ip address prefix-list BOGONS
`,
  },
  silent: {
    'an entry is added in front of the final one': `
//- r1.cfg frr before
${lists}route-map OUT permit 10
 match ip address prefix-list OURS
route-map OUT deny 100
//- r1.cfg frr
${lists}route-map OUT permit 10
 match ip address prefix-list OURS
route-map OUT deny 20
 match ip address prefix-list BOGONS
route-map OUT deny 100
`,
    'the entries are only renumbered': `
//- r1.cfg ios before
${lists}route-map OUT permit 10
 match ip address prefix-list OURS
route-map OUT deny 20
//- r1.cfg ios
${lists}route-map OUT permit 100
 match ip address prefix-list OURS
route-map OUT deny 200
`,
    'the numbers decide, not the lines': `
//- r1.cfg frr
${lists}route-map OUT deny 90
route-map OUT permit 10
 match ip address prefix-list OURS
`,
    'an earlier entry passes by the one that matches everything': `
//- r1.cfg eos
${lists}route-map OUT permit 10
   match ip address prefix-list OURS
   continue 30
route-map OUT permit 20
route-map OUT permit 30
   set community 65001:1
`,
    'an entry that goes on': `
//- r1.cfg ios
${lists}route-map OUT permit 10
 set community 65001:1
 continue
route-map OUT deny 20
 match ip address prefix-list BOGONS
`,
  },
};
