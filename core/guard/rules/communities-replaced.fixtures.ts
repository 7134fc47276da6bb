import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'additive is missing': `
//- r1.cfg ios
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
route-map IN permit 10
 set community 65001:100
 ^^^^^^^^^^^^^^^^^^^^^^^ [P2] IN 10 replaces every community of the route by 65001:100
//- r1.cfg fixed
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
route-map IN permit 10
 set community 65001:100 additive
`,
    'set in place of add (Junos)': `
//- r1.cfg junos
policy-options {
    community MINE members 65001:100;
    policy-statement IN {
        term all {
            then {
                community set MINE;
                ^^^^^^^^^^^^^^^^^^ [P2] IN all replaces every community of the route by MINE
                accept;
            }
        }
    }
}
protocols {
    bgp {
        group UP {
            type external;
            import IN;
            neighbor 10.0.0.2 {
                peer-as 65002;
            }
        }
    }
}
//- r1.cfg fixed
policy-options {
    community MINE members 65001:100;
    policy-statement IN {
        term all {
            then {
                community add MINE;
                accept;
            }
        }
    }
}
protocols {
    bgp {
        group UP {
            type external;
            import IN;
            neighbor 10.0.0.2 {
                peer-as 65002;
            }
        }
    }
}
`,
    'it goes with the change': `
//- r1.cfg ios before
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
route-map IN permit 10
 set community 65001:100 additive
//- r1.cfg ios
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
route-map IN permit 10
 set community 65001:100
 ^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] replaces every community
`,
  },
  silent: {
    additive: `
//- r1.cfg ios
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
route-map IN permit 10
 set community 65001:100 additive
`,
    'where routes begin': `
//- r1.cfg ios
router bgp 65001
 redistribute connected route-map OWN
route-map OWN permit 10
 set community 65001:100
`,
  },
};
