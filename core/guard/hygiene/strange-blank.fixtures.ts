import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'a no-break space between two words': `
//- r1.cfg eos
hostname r1
interface\u00A0Ethernet1
         ^ [P0] U+00A0 NO-BREAK SPACE
//- r1.cfg fixed
hostname r1
interface Ethernet1
`,
    'a byte order mark in front of the first command': `
//- r1.cfg ios
\uFEFFhostname r1
^ U+FEFF BYTE ORDER MARK
//- r1.cfg fixed
hostname r1
`,
  },
  silent: {
    'a no-break space where only people read': `
//- r1.cfg eos
hostname r1
! Région\u00A0Nord
interface Ethernet1
   description Salle\u00A012
`,
  },
};
