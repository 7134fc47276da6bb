import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'no such entry (EOS)': `
//- r1.cfg eos
hostname r1
route-map OUT permit 10
   continue 30
   ^^^^^^^^^^^ [P1] OUT 10 continues at 30, which does not exist
route-map OUT permit 20
`,
    'no such entry (FRR)': `
//- r1.cfg frr
hostname r1
route-map OUT permit 10
 on-match goto 30
 ^^^^^^^^^^^^^^^^ [P1] OUT 10 continues at 30
`,
    'backwards (IOS)': `
//- r1.cfg ios
hostname r1
route-map OUT permit 10
route-map OUT permit 20
 continue 10
 ^^^^^^^^^^^ [P1] OUT 20 continues at 10, which is not behind it
`,
  },
  silent: {
    'an entry that exists': `
//- r1.cfg ios
hostname r1
route-map OUT permit 10
 continue 30
route-map OUT permit 30
`,
    'the next one': `
//- r1.cfg frr
hostname r1
route-map OUT permit 10
 on-match next
route-map OUT permit 20
`,
  },
};
