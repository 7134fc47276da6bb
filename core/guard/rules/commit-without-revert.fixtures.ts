import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'a script for IOS-XR': `
//- r1.cfg iosxr
interface GigabitEthernet0/0/0/0
 mtu 9000
!
commit
^^^^^^ [P1] "commit" arms no revert; this system has commit confirmed
//- r1.cfg fixed
interface GigabitEthernet0/0/0/0
 mtu 9000
!
commit confirmed 300
`,
    'a script for Junos': `
//- r1.cfg junos
set interfaces ge-0/0/0 mtu 9000
commit and-quit
^^^^^^^^^^^^^^^ [P1] arms no revert
//- r1.cfg fixed
set interfaces ge-0/0/0 mtu 9000
commit confirmed 5
`,
  },
  silent: {
    'it is armed': `
//- r1.cfg iosxr
interface GigabitEthernet0/0/0/0
 mtu 9000
!
commit confirmed 300
`,
    'it is only checked': `
//- r1.cfg junos
set interfaces ge-0/0/0 mtu 9000
commit check
`,
  },
};
