import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'IOS denies every route, and the name was a slip': `
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map CUSTMER-IN in
                             ^^^^^^^^^^ [P0] route-map CUSTMER-IN is not defined: IOS denies every route
route-map CUSTOMER-IN permit 10
//- r1.cfg fixed
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map CUSTOMER-IN in
route-map CUSTOMER-IN permit 10
`,
    'SR Linux refuses a policy without a definition': `
//- leaf1.cfg srlinux
set / system name host-name leaf1
set / network-instance default protocols bgp autonomous-system 65001
set / network-instance default protocols bgp group edge peer-as 65002
set / network-instance default protocols bgp group edge export-policy [ OUT ]
                                                                        ^^^ [P0] route-map OUT is not defined: SR Linux denies every route
set / network-instance default protocols bgp neighbor 10.0.0.2 peer-group edge
`,
    'a name in a list over several lines (SR Linux)': `
//- leaf1.cfg srlinux
system {
    name {
        host-name leaf1
    }
}
network-instance default {
    protocols {
        bgp {
            autonomous-system 65001
            group edge {
                import-policy [
                    IN
                    OTHR
                    ^^^^ [P0] route-map OTHR is not defined: SR Linux denies every route
                ]
            }
        }
    }
}
routing-policy {
    policy IN {
        statement 10 {
            match {
                prefix-set NETS
                           ^^^^ [P0] prefix-list NETS is not defined: SR Linux takes the match as if no route matched
            }
            action {
                policy-result accept
            }
        }
    }
    policy OTHER {
    }
}
`,
    'EOS permits every route': `
//- r1.cfg eos
hostname r1
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
   neighbor 10.0.0.2 route-map OUT out
                               ^^^ [P0] route-map OUT is not defined: EOS permits every route
`,
    'FRR denies every route': `
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 address-family ipv4 unicast
  neighbor 10.0.0.2 route-map OUT out
                              ^^^ [P0] route-map OUT is not defined: FRR denies every route
`,
    'a list in a match, in use and not': `
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map OUT out
route-map OUT permit 10
 match ip address prefix-list OURS
                              ^^^^ [P0] prefix-list OURS is not defined: IOS takes the match as if every route matched
route-map LATER permit 10
 match community THEIRS
                 ^^^^^^ [P1] community-list THEIRS is not defined
`,
    'the change deletes what is still used': `
//- r1.cfg frr before
hostname r1
router bgp 65001
 address-family ipv4 unicast
  redistribute static route-map STATIC
route-map STATIC permit 10
//- r1.cfg frr
hostname r1
router bgp 65001
 address-family ipv4 unicast
  redistribute static route-map STATIC
                                ^^^^^^ [P0 new] route-map STATIC is not defined
route-map STATIC permit 10
no route-map STATIC
`,
  },
  silent: {
    'everything is defined': `
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map OUT out
 neighbor 10.0.0.2 prefix-list IN in
 neighbor 10.0.0.2 filter-list 10 in
route-map OUT permit 10
 match ip address prefix-list IN
 match community C
ip prefix-list IN seq 5 permit 10.0.0.0/8
ip as-path access-list 10 permit ^65002_
ip community-list standard C permit 65001:1
`,
    'IPv6 lists are lists of their own': `
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor 2001:db8::2 remote-as 65002
 address-family ipv6 unicast
  neighbor 2001:db8::2 prefix-list IN6 in
  neighbor 2001:db8::2 route-map OUT6 out
route-map OUT6 permit 10
 match ipv6 address prefix-list IN6
ipv6 prefix-list IN6 seq 5 permit 2001:db8::/32
`,
    'a piece to be pasted uses what the device has': `
//- change.cfg eos
router bgp 65001
   neighbor 10.0.0.2 route-map OUT out
`,
  },
};
