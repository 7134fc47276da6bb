import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'one address on two devices': `
//- r1.cfg eos
hostname r1
interface Ethernet1
   no switchport
   ip address 10.0.0.1/24
              ^^^^^^^^^^^ [P1] 10.0.0.1 is also on r2 GigabitEthernet0/1
//- r2.cfg ios
hostname r2
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.0
            ^^^^^^^^^^^^^^^^^^^^^^ [P1] 10.0.0.1 is also on r1 Ethernet1
            ~~~~~~~~~~~~~~~~~~~~~~ r2 GigabitEthernet0/1 has it too
`,
    'a loopback that is a BGP peer': `
//- r1.cfg frr
hostname r1
interface lo
 ip address 192.0.2.1/32
            ^^^^^^^^^^^^ [P1] 192.0.2.1 is also on r2 lo
//- r2.cfg frr
hostname r2
interface lo
 ip address 192.0.2.1/32
            ^^^^^^^^^^^^ [P1] 192.0.2.1 is also on r1 lo
//- r3.cfg frr
hostname r3
router bgp 65001
 neighbor 192.0.2.1 remote-as 65001
`,
    'one router-id in one AS': `
//- r1.cfg eos
hostname r1
router bgp 65001
   router-id 192.0.2.1
             ^^^^^^^^^ [P1] BGP router-id 192.0.2.1 is also that of r2
//- r2.cfg ios
hostname r2
router bgp 65001
 bgp router-id 192.0.2.1
               ^^^^^^^^^ [P1] BGP router-id 192.0.2.1 is also that of r1
`,
    'subnets of one device overlap': `
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.0
            ~~~~~~~~~~~~~~~~~~~~~~ GigabitEthernet0/1 has 10.0.0.0/24
interface GigabitEthernet0/2
 ip address 10.0.0.129 255.255.255.128
            ^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] GigabitEthernet0/2 10.0.0.128/25 overlaps with GigabitEthernet0/1 10.0.0.0/24
`,
    'the ends of a link have no subnet in common': `
//- link r1:Ethernet1 r2:eth1
//- r1.cfg eos
hostname r1
interface Ethernet1
   no switchport
   ip address 10.0.0.1/30
              ^^^^^^^^^^^ [P1] Ethernet1 has 10.0.0.1/30, but the other end of the link, r2 eth1, has 10.0.1.2/30
//- r2.cfg frr
hostname r2
interface eth1
 ip address 10.0.1.2/30
            ^^^^^^^^^^^ [P1] r1 Ethernet1, has 10.0.0.1/30
`,
    'the ends of a link have different masks, since the change': `
//- link r1:Ethernet1 r2:eth1
//- r1.cfg eos
hostname r1
interface Ethernet1
   no switchport
   ip address 10.0.0.1/30
              ^^^^^^^^^^^ [P1 new] has 10.0.0.2/29 (another mask)
//- r2.cfg frr before
hostname r2
interface eth1
 ip address 10.0.0.2/30
//- r2.cfg frr
hostname r2
interface eth1
 ip address 10.0.0.2/29
            ^^^^^^^^^^^ [P1 new] (another mask)
`,
  },
  silent: {
    'each its own, on one subnet': `
//- link r1:Ethernet1 r2:eth1
//- r1.cfg eos
hostname r1
interface Ethernet1
   no switchport
   ip address 10.0.0.1/30
router bgp 65001
   router-id 192.0.2.1
//- r2.cfg frr
hostname r2
interface eth1
 ip address 10.0.0.2/30
router bgp 65001
 bgp router-id 192.0.2.2
`,
    'VRFs have plans of their own': `
//- r1.cfg ios
hostname r1
vrf definition RED
 address-family ipv4
interface GigabitEthernet0/1
 vrf forwarding RED
 ip address 10.0.0.1 255.255.255.0
interface GigabitEthernet0/2
 ip address 10.0.0.1 255.255.255.0
`,
    'an anycast gateway on two leaves': `
//- leaf1.cfg eos
hostname leaf1
interface Vlan10
   ip address 10.10.0.1/24
//- leaf2.cfg eos
hostname leaf2
interface Vlan10
   ip address 10.10.0.1/24
`,
    'a port that is shut': `
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.0
 shutdown
//- r2.cfg ios
hostname r2
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.0
`,
    'a host route inside a subnet': `
//- r1.cfg frr
hostname r1
interface eth1
 ip address 10.0.0.1/24
interface lo
 ip address 10.0.0.9/32
`,
    'one router-id in two ASes': `
//- r1.cfg frr
hostname r1
router bgp 65001
 bgp router-id 192.0.2.1
//- r2.cfg frr
hostname r2
router bgp 65002
 bgp router-id 192.0.2.1
`,
  },
};
