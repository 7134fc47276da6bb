import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'an address that does not exist': `
//- r1.cfg ios
router bgp 65001
 bgp router-id 10.0.0.300
               ^^^^^^^^^^ [P0] "10.0.0.300" is refused here: an IPv4 address is expected
`,
    'an AS number that is too large': `
//- r1.cfg frr
router bgp 4294967296
           ^^^^^^^^^^ [P0] an AS number is expected
`,
  },
  silent: {
    'a mask that is read with its address': `
//- r1.cfg ios
interface GigabitEthernet1
 ip address 10.0.0.1 255.255.255.0 frobnicate
`,
    'a line that is not known': `
//- r1.cfg ios
router bgp 65001
 bgp flux-capacitor 88
`,
    'values that exist': `
//- r1.cfg ios
router bgp 4200000000
 bgp router-id 10.0.0.30
`,
  },
};
