import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'a VLAN is missing at one end, since the change': `
//- link sw1:Ethernet1 sw2:GigabitEthernet1/0/1
//- sw1.cfg eos before
hostname sw1
interface Ethernet1
   switchport mode trunk
   switchport trunk allowed vlan 10,20
//- sw1.cfg eos
hostname sw1
interface Ethernet1
   switchport mode trunk
   switchport trunk allowed vlan 10
                                 ^^ [P1 new] Ethernet1 does not allow VLAN 20, which the other end does, sw2 GigabitEthernet1/0/1
//- sw2.cfg ios
hostname sw2
interface GigabitEthernet1/0/1
~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ the other end
 switchport trunk allowed vlan 10,20
 switchport mode trunk
`,
    'native VLANs differ': `
//- link sw1:Ethernet1 sw2:Ethernet1
//- sw1.cfg eos
hostname sw1
interface Ethernet1
   switchport mode trunk
   switchport trunk native vlan 99
                                ^^ [P1] Ethernet1 has native VLAN 99, but the other end 1
//- sw2.cfg eos
hostname sw2
interface Ethernet1
^^^^^^^^^^^^^^^^^^^ [P1] Ethernet1 has native VLAN 1, but the other end 99
   switchport mode trunk
`,
    'access against trunk': `
//- link sw1:Ethernet1 sw2:Ethernet1
//- sw1.cfg eos
hostname sw1
interface Ethernet1
   switchport mode access
                   ^^^^^^ [P1] Ethernet1 is access, but the other end is trunk
//- sw2.cfg eos
hostname sw2
interface Ethernet1
   switchport mode trunk
                   ^^^^^ [P1] Ethernet1 is trunk, but the other end is access
`,
  },
  silent: {
    'both ends alike': `
//- link sw1:Ethernet1 sw2:Ethernet1
//- sw1.cfg eos
hostname sw1
interface Ethernet1
   switchport mode trunk
   switchport trunk allowed vlan 10,20
//- sw2.cfg eos
hostname sw2
interface Ethernet1
   switchport mode trunk
   switchport trunk allowed vlan 10,20
`,
    'one end routes': `
//- link r1:GigabitEthernet0/1 sw2:Ethernet1
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.0
//- sw2.cfg eos
hostname sw2
interface Ethernet1
   switchport mode access
   switchport access vlan 10
`,
    'without a declared link': `
//- sw1.cfg eos
hostname sw1
interface Ethernet1
   switchport mode access
//- sw2.cfg eos
hostname sw2
interface Ethernet1
   switchport mode trunk
`,
  },
};
