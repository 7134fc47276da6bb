import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'a next hop inside the route (IOS)': `
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 192.0.2.1 255.255.255.252
ip route 10.0.0.0 255.0.0.0 10.1.1.1
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] the next hop 10.1.1.1 of 10.0.0.0/8 is reachable only through this route
`,
    'the device itself (EOS)': `
//- r1.cfg eos
hostname r1
interface Ethernet1
   no switchport
   ip address 192.0.2.1/30
ip route 10.0.0.0/8 192.0.2.1
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] 10.0.0.0/8 points at 192.0.2.1, an address of r1 itself
`,
    'the device itself (FRR)': `
//- r1.cfg frr
hostname r1
interface eth1
 ip address 192.0.2.1/30
ip route 10.0.0.0/8 192.0.2.1
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] an address of r1 itself
`,
  },
  silent: {
    'a neighbour on a connected subnet, and a route through another': `
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.1.1.2 255.255.255.252
ip route 10.0.0.0 255.0.0.0 10.1.1.1
ip route 172.16.0.0 255.240.0.0 172.16.0.1
ip route 172.16.0.1 255.255.255.255 10.1.1.1
`,
    'the next hop may be learned': `
//- r1.cfg frr
hostname r1
interface eth1
 ip address 192.0.2.1/30
router ospf
 network 192.0.2.0/30 area 0
ip route 10.0.0.0/8 10.1.1.1
`,
    'a next hop in another VRF': `
//- r1.cfg eos
hostname r1
interface Ethernet1
   no switchport
   vrf RED
   ip address 192.0.2.1/30
ip route 10.0.0.0/8 192.0.2.2
`,
  },
};
