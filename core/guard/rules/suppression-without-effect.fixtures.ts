import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'no reason': `
//- r1.cfg ios
! aegis: allow ebgp-without-policy
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] the reason is missing
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
`,
    'a rule that is final': `
//- r1.cfg ios
! aegis: allow control-character because the vendor's tool writes it so
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] control-character may not be set aside
hostname r1
`,
    'nothing below it': `
//- r1.cfg ios
hostname r1
! aegis: allow ebgp-without-policy because the exchange filters
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] no statement stands below it
`,
  },
  silent: {
    'a reason, above a statement': `
//- r1.cfg ios
router bgp 65001
 ! aegis: allow ebgp-without-policy because the exchange filters for its members
 neighbor 10.0.0.2 remote-as 65002
`,
    'another comment': `
//- r1.cfg ios
! the aegis of the network
hostname r1
`,
  },
};
