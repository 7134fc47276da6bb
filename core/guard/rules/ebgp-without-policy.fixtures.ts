import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'no policy at all (EOS)': `
//- edge1.cfg eos
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
                               ^^^^^ [P0] sends every route to AS 65002 and accepts every route from AS 65002
`,
    'only one direction has a policy (IOS)': `
//- edge1.cfg ios
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
                             ^^^^^ [P0] accepts every route from AS 65002: no policy for 10.0.0.2
 neighbor 10.0.0.2 route-map OUT out
`,
    'FRR with the protection switched off': `
//- edge1.cfg frr
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 10.0.0.2 remote-as external
                             ^^^^^^^^ [P0] sends every route to 10.0.0.2
`,
    'only the second family is open': `
//- edge1.cfg ios
router bgp 65001
 neighbor 2001:db8::2 remote-as 65002
                                ^^^^^ [P0] sends every route to AS 65002 (IPv6): no policy
 address-family ipv4
  neighbor 2001:db8::2 activate
  neighbor 2001:db8::2 route-map IN in
  neighbor 2001:db8::2 route-map OUT out
 address-family ipv6
  neighbor 2001:db8::2 activate
  neighbor 2001:db8::2 route-map IN in
`,
    'a new neighbour, with the line of the other end': `
//- r1.cfg eos before
hostname r1
interface Ethernet1
   no switchport
   ip address 10.0.0.1/31
router bgp 65001
   router-id 192.0.2.1
//- r1.cfg eos
hostname r1
interface Ethernet1
   no switchport
   ip address 10.0.0.1/31
router bgp 65001
   router-id 192.0.2.1
   neighbor 10.0.0.0 remote-as 65002
                               ^^^^^ [P0 new] sends every route to AS 65002
//- r2.cfg frr
hostname r2
interface eth1
 ip address 10.0.0.0/31
router bgp 65002
 neighbor 10.0.0.1 remote-as 65001
                             ~~~~~ r2's side of the session
`,
    'a VRF': `
//- pe1.cfg ios
router bgp 65001
 address-family ipv4 vrf RED
  neighbor 10.1.0.2 remote-as 65100
                              ^^^^^ [P0] no policy for 10.1.0.2 in VRF RED
  neighbor 10.1.0.2 activate
`,
    'SR Linux with the protection switched off': `
//- leaf1.cfg srlinux
network-instance default {
    protocols {
        bgp {
            autonomous-system 65001
            afi-safi ipv4-unicast {
                admin-state enable
            }
            ebgp-default-policy {
                import-reject-all false
                export-reject-all false
            }
            group edge {
                peer-as 65002
            }
            neighbor 10.0.0.2 {
            ^^^^^^^^^^^^^^^^^ [P0] sends every route to AS 65002 and accepts every route from AS 65002
                peer-group edge
            }
        }
    }
}
`,
  },
  silent: {
    'SR Linux refuses what no policy lets through (RFC 8212)': `
//- leaf1.cfg srlinux
network-instance default {
    protocols {
        bgp {
            autonomous-system 65001
            afi-safi ipv4-unicast {
                admin-state enable
            }
            group edge {
                peer-as 65002
            }
            neighbor 10.0.0.2 {
                peer-group edge
            }
        }
    }
}
`,
    'EOS that was told to refuse it': `
//- edge1.cfg eos
router bgp 65001
   bgp missing-policy direction in action deny
   bgp missing-policy direction out action deny
   neighbor 10.0.0.2 remote-as 65002
`,
    'policies in both directions, one from the group': `
//- edge1.cfg eos
router bgp 65001
   neighbor EDGE peer group
   neighbor EDGE route-map OUT out
   neighbor 10.0.0.2 peer group EDGE
   neighbor 10.0.0.2 remote-as 65002
   neighbor 10.0.0.2 prefix-list IN in
`,
    'FRR exchanges nothing without a policy': `
//- edge1.cfg frr
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
`,
    'an internal neighbour': `
//- r1.cfg ios
router bgp 65001
 neighbor 192.0.2.2 remote-as 65001
`,
    'the neighbour is shut down': `
//- r1.cfg ios
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 shutdown
`,
    'the neighbour is of the same confederation': `
//- r1.cfg ios
router bgp 65001
 bgp confederation identifier 64500
 bgp confederation peers 65002
 neighbor 10.0.0.2 remote-as 65002
`,
    'the family is not exchanged': `
//- r1.cfg ios
router bgp 65001
 no bgp default ipv4-unicast
 neighbor 10.0.0.2 remote-as 65002
`,
  },
};
