import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'a prefix that a term denied (Junos)': `
//- r1.cfg junos before
policy-options {
    prefix-list BOGONS {
        10.0.0.0/8;
        192.168.0.0/16;
    }
    policy-statement IN {
        term BOGONS {
            from {
                prefix-list-filter BOGONS orlonger;
            }
            then reject;
        }
        term REST {
            then accept;
        }
    }
}
//- r1.cfg junos
policy-options {
    prefix-list BOGONS {
        10.0.0.0/8;
    }
    policy-statement IN {
        term BOGONS {
        ^^^^^^^^^^^ [P1 new] IN BOGONS no longer denies 192.168.0.0/16
            from {
                prefix-list-filter BOGONS orlonger;
            }
            then reject;
        }
        term REST {
            then accept;
        }
    }
}
`,
    'the denial of a term (Junos)': `
//- r1.cfg junos before
policy-options {
    prefix-list BOGONS {
        10.0.0.0/8;
        192.168.0.0/16;
    }
    policy-statement IN {
        term BOGONS {
            from {
                prefix-list-filter BOGONS orlonger;
            }
            then reject;
        }
        term REST {
            then accept;
        }
    }
}
//- r1.cfg junos
policy-options {
    prefix-list BOGONS {
        10.0.0.0/8;
        192.168.0.0/16;
    }
    policy-statement IN {
        term BOGONS {
        ^^^^^^^^^^^ [P1 new] IN BOGONS no longer denies what it matches
            from {
                prefix-list-filter BOGONS orlonger;
            }
        }
        term REST {
            then accept;
        }
    }
}
`,
    'a denial that another condition narrows (IOS)': `
//- r1.cfg ios before
hostname r1
route-map IN deny 10
 match ip address prefix-list BOGONS
route-map IN permit 20
//- r1.cfg ios
hostname r1
route-map IN deny 10
^^^^^^^^^^^^^^^^^^^^ [P1 new] IN 10 denies less: another condition must hold, too
 match ip address prefix-list BOGONS
 match as-path 10
route-map IN permit 20
`,
    'the line is gone from the file (FRR)': `
//- r1.cfg frr before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 address-family ipv4 unicast
  neighbor 10.0.0.2 route-map IN in
  neighbor 10.0.0.2 route-map OUT out
 exit-address-family
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
          ^^^^^^^^ [P0 new] removes the route-map out of 10.0.0.2: every route is sent to 10.0.0.2
 address-family ipv4 unicast
  neighbor 10.0.0.2 route-map IN in
 exit-address-family
//- r1.cfg fixed
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 address-family ipv4 unicast
  neighbor 10.0.0.2 route-map IN in
  neighbor 10.0.0.2 route-map OUT out
 exit-address-family
`,
    'a no line below the configuration (EOS)': `
//- r1.cfg eos before
hostname r1
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
   neighbor 10.0.0.2 route-map OUT out
//- r1.cfg eos
hostname r1
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
   neighbor 10.0.0.2 route-map OUT out
router bgp 65001
   no neighbor 10.0.0.2 route-map OUT out
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0 new] removes the route-map out of 10.0.0.2
`,
    'a no line in a piece to be pasted (IOS), shortened': `
//- change.cfg ios
router bgp 65001
 no neigh 10.0.0.2 prefix-l CUSTOMER in
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] removes the prefix-list in of 10.0.0.2: every route that 10.0.0.2 sends is accepted
`,
    'a group loses its filter: one finding, at the group': `
//- r1.cfg ios before
hostname r1
router bgp 65001
 neighbor EDGE peer-group
 neighbor EDGE remote-as 65002
 neighbor 10.0.0.2 peer-group EDGE
 neighbor 10.0.0.6 peer-group EDGE
 address-family ipv4
  neighbor EDGE prefix-list OURS out
  neighbor 10.0.0.2 activate
  neighbor 10.0.0.6 activate
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor EDGE peer-group
          ^^^^ [P0 new] removes the prefix-list out of EDGE: every route is sent to the neighbours of EDGE
 neighbor EDGE remote-as 65002
 neighbor 10.0.0.2 peer-group EDGE
 neighbor 10.0.0.6 peer-group EDGE
 address-family ipv4
  neighbor 10.0.0.2 activate
  neighbor 10.0.0.6 activate
`,
    'a neighbour leaves the group that had the filter': `
//- r1.cfg frr before
hostname r1
router bgp 65001
 neighbor EDGE peer-group
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 peer-group EDGE
 address-family ipv4 unicast
  neighbor EDGE route-map OUT out
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor EDGE peer-group
 neighbor 10.0.0.2 remote-as 65002
          ^^^^^^^^ [P0 new] removes the route-map out of 10.0.0.2
 address-family ipv4 unicast
  neighbor EDGE route-map OUT out
`,
    'one of two filters of a direction goes': `
//- r1.cfg ios before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
 neighbor 10.0.0.2 prefix-list BOGONS in
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
          ^^^^^^^^ [P0 new] removes the prefix-list in of 10.0.0.2: only the route-map is left
 neighbor 10.0.0.2 route-map IN in
`,
    'the filter of a redistribution': `
//- r1.cfg frr before
hostname r1
router bgp 65001
 address-family ipv4 unicast
  redistribute static route-map ONLY-OURS
//- r1.cfg frr
hostname r1
router bgp 65001
 address-family ipv4 unicast
  redistribute static
  ^^^^^^^^^^^^^^^^^^^ [P0 new] removes the filter of static into BGP: every route is redistributed
//- r1.cfg fixed
hostname r1
router bgp 65001
 address-family ipv4 unicast
  redistribute static route-map ONLY-OURS
`,
    'IOS keeps redistributing without the filter': `
//- change.cfg ios
router bgp 65001
 no redistribute static route-map ONLY-OURS
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] removes only the filter on IOS: static is still redistributed
//- change.cfg fixed
router bgp 65001
 no redistribute static
`,
    'a distribute-list of an IGP': `
//- change.cfg ios
router ospf 1
 no distribute-list prefix FROM-CORE in
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] removes a distribute-list of router ospf
`,
    'what no entry decides is accepted from now on (SR Linux)': `
//- leaf1.cfg srlinux before
set / routing-policy policy IN default-action policy-result reject
set / routing-policy policy IN statement a match protocol bgp
set / routing-policy policy IN statement a action policy-result accept
//- leaf1.cfg srlinux
set / routing-policy policy IN default-action policy-result accept
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] IN permits what none of its entries decides
set / routing-policy policy IN statement a match protocol bgp
set / routing-policy policy IN statement a action policy-result accept
`,
    'a deny entry of a route-map goes (IOS)': `
//- r1.cfg ios before
hostname r1
route-map IN deny 10
 match ip address prefix-list BOGONS
route-map IN permit 20
 match ip address prefix-list CUSTOMER
//- r1.cfg ios
hostname r1
route-map IN permit 20
^^^^^^^^^^^^^^^^^^^^^^ [P1 new] IN no longer denies what its entry 10 denied
 match ip address prefix-list CUSTOMER
`,
    'an entry of a list that a deny entry uses (EOS)': `
//- r1.cfg eos before
hostname r1
ip prefix-list BOGONS seq 10 permit 10.0.0.0/8 le 32
ip prefix-list BOGONS seq 20 permit 192.168.0.0/16 le 32
route-map IN deny 10
   match ip address prefix-list BOGONS
route-map IN permit 20
//- r1.cfg eos
hostname r1
ip prefix-list BOGONS seq 20 permit 192.168.0.0/16 le 32
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] BOGONS no longer denies 10.0.0.0/8 (lengths 8 to 32)
route-map IN deny 10
   match ip address prefix-list BOGONS
route-map IN permit 20
//- r1.cfg fixed
hostname r1
ip prefix-list BOGONS seq 10 permit 10.0.0.0/8 le 32
ip prefix-list BOGONS seq 20 permit 192.168.0.0/16 le 32
route-map IN deny 10
   match ip address prefix-list BOGONS
route-map IN permit 20
`,
    'a packet filter and one of its entries': `
//- r1.cfg ios before
hostname r1
ip access-list extended IN
 10 deny ip 10.0.0.0 0.255.255.255 any
 20 permit ip any any
interface GigabitEthernet0/1
 ip address 192.0.2.1 255.255.255.252
 ip access-group IN in
line vty 0 4
 access-class VTY in
//- r1.cfg ios
hostname r1
ip access-list extended IN
 20 permit ip any any
 ^^^^^^^^^^^^^^^^^^^^ [P1 new] IN no longer denies what its entry 10 denied
interface GigabitEthernet0/1
 ip address 192.0.2.1 255.255.255.252
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] takes the access-list IN (in) off GigabitEthernet0/1
line vty 0 4
^^^^^^^^^^^^ [P1 new] takes the access-list VTY off line vty 0 4
`,
  },
  silent: {
    'customers are added to a list, and a final deny is left unwritten': `
//- r1.cfg ios before
hostname r1
ip prefix-list CUSTOMER seq 10 permit 198.51.100.0/26
route-map IN permit 20
 match ip address prefix-list CUSTOMER
route-map IN deny 999
//- r1.cfg ios
hostname r1
ip prefix-list CUSTOMER seq 10 permit 198.51.100.0/26
ip prefix-list CUSTOMER seq 20 permit 198.51.100.64/26
route-map IN permit 20
 match ip address prefix-list CUSTOMER
`,
    'entries are renumbered': `
//- r1.cfg eos before
hostname r1
ip access-list IN
   10 deny ip 10.0.0.0/8 any
   20 permit ip any any
ip prefix-list BOGONS seq 10 permit 10.0.0.0/8 le 32
route-map IN deny 10
   match ip address prefix-list BOGONS
route-map IN permit 20
//- r1.cfg eos
hostname r1
ip access-list IN
   5 permit icmp any any
   100 deny ip 10.0.0.0/8 any
   200 permit ip any any
ip prefix-list BOGONS seq 5 permit 10.0.0.0/8 le 32
route-map IN deny 100
   match ip address prefix-list BOGONS
route-map IN permit 200
`,
    'one policy replaces another': `
//- r1.cfg eos before
hostname r1
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
   neighbor 10.0.0.2 route-map OLD out
//- r1.cfg eos
hostname r1
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
   no neighbor 10.0.0.2 route-map OLD out
   neighbor 10.0.0.2 route-map NEW out
`,
    'a route-map takes the place of a prefix-list': `
//- r1.cfg frr before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 prefix-list OURS out
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map OURS out
`,
    'the neighbour goes as a whole': `
//- r1.cfg ios before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map OUT out
//- r1.cfg ios
hostname r1
router bgp 65001
`,
    'the filter moves into the group': `
//- r1.cfg frr before
hostname r1
router bgp 65001
 neighbor EDGE peer-group
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 peer-group EDGE
 neighbor 10.0.0.2 route-map OUT out
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor EDGE peer-group
 neighbor EDGE route-map OUT out
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 peer-group EDGE
`,
    'the lines move': `
//- r1.cfg frr before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map OUT out
//- r1.cfg frr
hostname r1
! moved
router bgp 65001
 bgp router-id 192.0.2.1
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map OUT out
`,
    'EOS ends the redistribution with its filter': `
//- change.cfg eos
router bgp 65001
   no redistribute static route-map ONLY-OURS
`,
  },
};
