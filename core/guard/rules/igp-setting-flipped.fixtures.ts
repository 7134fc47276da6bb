import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'one reference bandwidth among others (IOS, EOS, FRR)': `
//- r1.cfg ios
hostname r1
router ospf 1
 auto-cost reference-bandwidth 100000
                               ^^^^^^ [P2] OSPF 1 has the reference bandwidth 100000 Mbit/s, most others have 100
//- r2.cfg eos
hostname r2
router ospf 1
//- r3.cfg ios
hostname r3
router ospf 1
//- r1.cfg fixed
hostname r1
router ospf 1
 auto-cost reference-bandwidth 100
`,
    'the highest metric is left on': `
//- r1.cfg ios
hostname r1
router ospf 1
 max-metric router-lsa
 ^^^^^^^^^^^^^^^^^^^^^ [P2] OSPF 1 announces the highest metric
//- r1.cfg fixed
hostname r1
router ospf 1
`,
    'passive by default (FRR)': `
//- r1.cfg frr before
hostname r1
router ospf
 ospf router-id 192.0.2.1
//- r1.cfg frr
hostname r1
router ospf
 ospf router-id 192.0.2.1
 passive-interface default
 ^^^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] becomes passive by default
//- r1.cfg fixed
hostname r1
router ospf
 ospf router-id 192.0.2.1
`,
  },
  silent: {
    'one reference everywhere': `
//- r1.cfg ios
hostname r1
router ospf 1
 auto-cost reference-bandwidth 100000
//- r2.cfg frr
hostname r2
router ospf
 auto-cost reference-bandwidth 100000
`,
    'a new process is passive by default': `
//- r1.cfg frr before
hostname r1
//- r1.cfg frr
hostname r1
router ospf
 passive-interface default
 no passive-interface eth1
`,
  },
};
