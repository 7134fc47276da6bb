import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'an override in a comment, as in Trojan Source': `
//- r1.cfg eos
hostname r1
! \u202Enothing to see
  ^ [P0] U+202E RIGHT-TO-LEFT OVERRIDE
//- r1.cfg fixed
hostname r1
! nothing to see
`,
    'isolates in a name': `
//- r1.cfg frr
hostname r1
ip prefix-list A\u2066B permit 10.0.0.0/8
                ^ U+2066 LEFT-TO-RIGHT ISOLATE
`,
  },
  silent: {
    'a description in Arabic needs no control characters': `
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 description مكتب
`,
  },
};
