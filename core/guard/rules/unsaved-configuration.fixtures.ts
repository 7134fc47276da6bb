import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'changed after it was saved': `
//- r1.cfg ios
! Last configuration change at 14:02:11 UTC Tue Mar 3 2026 by admin
! NVRAM config last updated at 09:15:40 UTC Mon Mar 2 2026 by admin
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P2] was saved before it was last changed
hostname r1
`,
    'a commit that is not confirmed': `
//- r1.cfg junos
## commit confirmed will be rolled back in 4 minutes
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P2] a revert or restart is pending
system {
    host-name r1;
}
`,
  },
  silent: {
    'saved afterwards': `
//- r1.cfg ios
! Last configuration change at 14:02:11 UTC Tue Mar 3 2026 by admin
! NVRAM config last updated at 14:05:00 UTC Tue Mar 3 2026 by admin
hostname r1
`,
    'nothing is said': `
//- r1.cfg ios
hostname r1
`,
  },
};
