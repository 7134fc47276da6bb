import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'a Cyrillic letter in the name of the device': `
//- r1.cfg eos
hostname р1
         ^^ [P0] is not the ASCII character "p"
//- r1.cfg fixed
hostname p1
`,
    'a Greek letter in a route-map': `
//- r1.cfg ios
hostname r1
route-map ΤRANSIT permit 10
          ^^^^^^^ is not the ASCII character "T"
`,
    'a full-width digit': `
//- r1.cfg frr
hostname r1
ip prefix-list A seq ５ permit 10.0.0.0/8
                     ^ is not the ASCII character "5"
`,
  },
  silent: {
    'words for people in their own language': `
//- r1.cfg eos
hostname r1
! Москва
interface Ethernet1
   description Москва, ул. Тверская
`,
  },
};
