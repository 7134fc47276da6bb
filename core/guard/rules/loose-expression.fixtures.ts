import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'a number without anchors (IOS)': `
//- r1.cfg ios
hostname r1
ip as-path access-list 10 permit 6500
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] 6500 in 10 also matches every AS number that contains 6500
//- r1.cfg fixed
hostname r1
ip as-path access-list 10 permit _6500_
`,
    'everything (FRR)': `
//- r1.cfg frr
hostname r1
bgp as-path access-list ANY permit .*
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] .* in ANY matches everything
`,
    'a community (EOS)': `
//- r1.cfg eos
hostname r1
ip community-list regexp CUST permit 65001:1
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] 65001:1 in CUST also matches every community that contains 65001:1
`,
  },
  silent: {
    'anchored expressions, and the rest': `
//- r1.cfg ios
hostname r1
ip as-path access-list 10 permit ^65001(_[0-9]+)*$
ip as-path access-list 11 permit _65001_
ip as-path access-list 12 deny _64512_
ip as-path access-list 12 permit .*
`,
    'EOS matches whole AS numbers': `
//- r1.cfg eos
hostname r1
ip as-path access-list PEER permit 65001 any
`,
    'a community that is no expression': `
//- r1.cfg frr
hostname r1
bgp community-list standard CUST permit 65001:1
`,
  },
};
