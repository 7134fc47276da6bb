import type { Fixtures } from '../testing.ts';

const bgp = `
    autonomous-system 65001;
}
protocols {
    bgp {
        group TRANSIT {
            type external;
            peer-as 65002;
            export TO-TRANSIT;
            neighbor 10.0.0.2;
        }
    }
}`;

export const fixtures: Fixtures = {
  fires: {
    'a term that accepts on it alone': `
//- edge1.cfg junos
routing-options {${bgp}
policy-options {
    policy-statement TO-TRANSIT {
        term OWN {
            from route-type internal;
                 ^^^^^^^^^^^^^^^^^^^ [P0] announces every route learned by internal BGP to 10.0.0.2: term OWN of TO-TRANSIT
            then accept;
        }
        term REST {
            then reject;
        }
    }
}
`,
  },
  silent: {
    'a prefix-list says which': `
//- edge1.cfg junos
routing-options {${bgp}
policy-options {
    prefix-list OWN {
        198.51.100.0/24;
    }
    policy-statement TO-TRANSIT {
        term OWN {
            from {
                route-type internal;
                prefix-list OWN;
            }
            then accept;
        }
        term REST {
            then reject;
        }
    }
}
`,
    'the term rejects them': `
//- edge1.cfg junos
routing-options {${bgp}
policy-options {
    policy-statement TO-TRANSIT {
        term OWN {
            from route-type internal;
            then reject;
        }
    }
}
`,
  },
};
