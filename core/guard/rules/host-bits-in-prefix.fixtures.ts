import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'a static route': `
//- r1.cfg junos
routing-options {
    static {
        route 10.1.2.3/24 next-hop 10.0.0.1;
              ^^^^^^^^^^^ [P1] 10.1.2.3/24 has host bits: the commit is refused. The network is 10.1.2.0/24
    }
}
//- r1.cfg fixed
routing-options {
    static {
        route 10.1.2.0/24 next-hop 10.0.0.1;
    }
}
`,
    'a filter in set form': `
//- r1.cfg junos
set firewall family inet filter EDGE term A from source-address 192.0.2.1/28
                                                                ^^^^^^^^^^^^ [P1] The network is 192.0.2.0/28
`,
  },
  silent: {
    'a prefix-list takes it': `
//- r1.cfg junos
policy-options {
    prefix-list A {
        10.1.2.3/24;
    }
}
`,
    'a network': `
//- r1.cfg junos
routing-options {
    static {
        route 10.1.2.0/24 next-hop 10.0.0.1;
        route 2001:db8:0:0::/48 discard;
    }
}
`,
    'an interface address has host bits': `
//- r1.cfg junos
interfaces {
    ge-0/0/0 {
        unit 0 {
            family inet {
                address 10.0.0.1/24;
            }
        }
    }
}
`,
  },
};
