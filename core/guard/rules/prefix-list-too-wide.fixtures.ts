import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'the default route was meant (IOS)': `
//- r1.cfg ios
hostname r1
ip prefix-list DEFAULT-ONLY seq 5 permit 0.0.0.0/0 le 32
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] DEFAULT-ONLY permits every prefix
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 prefix-list DEFAULT-ONLY out
`,
    'the change opens a list that a route-map matches on (FRR)': `
//- r1.cfg frr before
hostname r1
ip prefix-list OURS seq 5 permit 10.0.0.0/8
route-map OUT permit 10
 match ip address prefix-list OURS
//- r1.cfg frr
hostname r1
ip prefix-list OURS seq 5 permit 10.0.0.0/8
ip prefix-list OURS seq 10 permit 0.0.0.0/0 le 32
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] OURS permits every prefix, and its other entry is without effect
route-map OUT permit 10
 match ip address prefix-list OURS
//- r1.cfg fixed
hostname r1
ip prefix-list OURS seq 5 permit 10.0.0.0/8
route-map OUT permit 10
 match ip address prefix-list OURS
`,
    'lengths that exclude each other (EOS)': `
//- r1.cfg eos
hostname r1
ip prefix-list OURS seq 10 permit 10.0.0.0/8 ge 25 le 24
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] entry 10 of OURS matches nothing
`,
  },
  silent: {
    'the default route alone': `
//- r1.cfg ios
hostname r1
ip prefix-list DEFAULT-ONLY seq 5 permit 0.0.0.0/0
ip prefix-list LONG seq 5 permit 0.0.0.0/0 ge 25
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 prefix-list DEFAULT-ONLY out
`,
    'the rest, in a list of its own': `
//- r1.cfg frr
hostname r1
ip prefix-list ANY seq 5 permit 0.0.0.0/0 le 32
route-map IN deny 10
 match community BAD
route-map IN permit 20
 match ip address prefix-list ANY
`,
    'everything but some': `
//- r1.cfg eos
hostname r1
ip prefix-list NO-BOGONS seq 10 deny 10.0.0.0/8 le 32
ip prefix-list NO-BOGONS seq 20 permit 0.0.0.0/0 le 32
route-map IN permit 10
   match ip address prefix-list NO-BOGONS
`,
  },
};
