import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'the aggregate is gone from the file (FRR)': `
//- r1.cfg frr before
hostname r1
router bgp 65001
 address-family ipv4 unicast
  network 10.1.0.0/24
  aggregate-address 10.1.0.0/16 summary-only
//- r1.cfg frr
hostname r1
router bgp 65001
 address-family ipv4 unicast
  network 10.1.0.0/24
  ^^^^^^^^^^^^^^^^^^^ [P0 new] removes the aggregate 10.1.0.0/16
//- r1.cfg fixed
hostname r1
router bgp 65001
 address-family ipv4 unicast
  network 10.1.0.0/24
  aggregate-address 10.1.0.0/16 summary-only
`,
    'the discard route is taken away by a no line (IOS)': `
//- r1.cfg ios before
hostname r1
ip route 198.51.100.0 255.255.255.0 Null0
//- r1.cfg ios
hostname r1
ip route 198.51.100.0 255.255.255.0 Null0
no ip route 198.51.100.0 255.255.255.0 Null0
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0 new] removes the discard route 198.51.100.0/24
//- r1.cfg fixed
hostname r1
ip route 198.51.100.0 255.255.255.0 Null0
`,
    'pieces to be pasted (EOS)': `
//- change.cfg eos
no ip route 198.51.100.0/24 Null0
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] removes the discard route 198.51.100.0/24
no ip route 0.0.0.0/0 10.0.0.1
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] removes the static default route
router bgp 65001
   no aggregate-address 198.51.100.0/24 summary-only
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] removes the aggregate 198.51.100.0/24
   no neighbor 10.0.0.2 default-originate
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] removes the default route sent to 10.0.0.2
`,
    'the default route to a neighbour': `
//- r1.cfg ios before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 address-family ipv4
  neighbor 10.0.0.2 activate
  neighbor 10.0.0.2 default-originate
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 address-family ipv4
  neighbor 10.0.0.2 activate
  ^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0 new] removes the default route sent to 10.0.0.2
`,
    'the announcement of the own block (IOS)': `
//- r1.cfg ios before
hostname r1
ip route 198.51.100.0 255.255.255.0 Null0
router bgp 65001
 network 198.51.100.0 mask 255.255.255.0
//- r1.cfg ios
hostname r1
ip route 198.51.100.0 255.255.255.0 Null0
router bgp 65001
^^^^^^^^^^^^^^^^ [P0 new] removes the announcement of 198.51.100.0/24
//- r1.cfg fixed
hostname r1
ip route 198.51.100.0 255.255.255.0 Null0
router bgp 65001
 network 198.51.100.0 mask 255.255.255.0
`,
    'the last static default': `
//- r1.cfg frr before
hostname r1
ip route 0.0.0.0/0 192.0.2.1
ip route 10.0.0.0/8 192.0.2.9
//- r1.cfg frr
hostname r1
ip route 10.0.0.0/8 192.0.2.9
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0 new] removes the static default route
`,
  },
  silent: {
    'an aggregate is added': `
//- r1.cfg frr before
hostname r1
router bgp 65001
 address-family ipv4 unicast
  network 10.1.0.0/24
//- r1.cfg frr
hostname r1
router bgp 65001
 address-family ipv4 unicast
  network 10.1.0.0/24
  aggregate-address 10.1.0.0/16 summary-only
`,
    'one of two default routes stays': `
//- r1.cfg eos before
hostname r1
ip route 0.0.0.0/0 192.0.2.1
ip route 0.0.0.0/0 192.0.2.5
//- r1.cfg eos
hostname r1
ip route 0.0.0.0/0 192.0.2.1
no ip route 0.0.0.0/0 192.0.2.5
`,
    'an ordinary static route goes': `
//- r1.cfg ios before
hostname r1
ip route 10.9.0.0 255.255.0.0 192.0.2.1
//- r1.cfg ios
hostname r1
`,
    'the neighbour goes, and its default with it': `
//- r1.cfg ios before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 default-originate
//- r1.cfg ios
hostname r1
router bgp 65001
`,
  },
};
