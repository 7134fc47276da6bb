import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'the stanza is gone (EOS)': `
//- r1.cfg eos before
hostname r1
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
ip routing
//- r1.cfg eos
hostname r1
ip routing
^^^^^^^^^^ [P0 new] ends bgp 65001
`,
    'a no line in a piece to be pasted (IOS)': `
//- change.cfg ios
no router bgp 65001
^^^^^^^^^^^^^^^^^^^ [P0] ends bgp 65001
`,
    'a no line below the configuration (FRR), though the process is rebuilt behind it': `
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
no router bgp 65001
^^^^^^^^^^^^^^^^^^^ [P0] ends bgp 65001
router bgp 65001
 neighbor 10.0.0.3 remote-as 65003
//- r1.cfg fixed
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
router bgp 65001
 neighbor 10.0.0.3 remote-as 65003
`,
    'routing itself is gone (EOS)': `
//- r1.cfg eos before
hostname r1
ip routing
ip route 10.0.0.0/8 192.0.2.1
//- r1.cfg eos
hostname r1
ip route 10.0.0.0/8 192.0.2.1
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0 new] ends all routing
//- r1.cfg fixed
hostname r1
ip routing
ip route 10.0.0.0/8 192.0.2.1
`,
    'routing is switched off in a piece (IOS)': `
//- change.cfg ios
no ip routing
^^^^^^^^^^^^^ [P0] ends all routing
`,
    'an address family of BGP': `
//- change.cfg eos
router bgp 65001
   no address-family ipv6
   ^^^^^^^^^^^^^^^^^^^^^^ [P0] ends address-family ipv6 of bgp 65001
`,
    'typed inside an interface': `
//- change.cfg ios
interface GigabitEthernet0/1
 no router isis CORE
 ^^^^^^^^^^^^^^^^^^^ [P0] ends isis CORE
//- change.cfg fixed
interface GigabitEthernet0/1
 no ip router isis CORE
`,
    'another AS number replaces the process': `
//- r1.cfg frr before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
//- r1.cfg frr
hostname r1
router bgp 65010
^^^^^^^^^^^^^^^^ [P0 new] ends bgp 65001
 neighbor 10.0.0.2 remote-as 65002
`,
    'a VRF loses its BGP': `
//- r1.cfg frr before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
router bgp 65001 vrf RED
 neighbor 10.1.0.2 remote-as 65002
//- r1.cfg frr
hostname r1
router bgp 65001
^^^^^^^^^^^^^^^^ [P0 new] ends bgp 65001 in VRF RED
 neighbor 10.0.0.2 remote-as 65002
`,
  },
  silent: {
    'a neighbour is removed': `
//- r1.cfg ios before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.3 remote-as 65003
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
`,
    'a switch that never routed': `
//- sw1.cfg ios
hostname sw1
no ip routing
`,
    'the interface form': `
//- change.cfg ios
interface GigabitEthernet0/1
 no ip router isis
 no ip ospf 1 area 0
`,
    'what never ran is not ended': `
//- r1.cfg ios before
hostname r1
ip routing
//- r1.cfg ios
hostname r1
ip routing
no router rip
`,
  },
};
