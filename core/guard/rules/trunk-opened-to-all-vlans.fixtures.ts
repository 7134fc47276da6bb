import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'the last VLAN is removed on IOS': `
//- sw1.cfg ios
hostname sw1
interface GigabitEthernet1/0/1
 switchport mode trunk
 switchport trunk allowed vlan 10,20
 switchport trunk allowed vlan remove 10,20
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] removes the last VLAN (10,20) of GigabitEthernet1/0/1
//- sw1.cfg fixed
hostname sw1
interface GigabitEthernet1/0/1
 switchport mode trunk
 switchport trunk allowed vlan 10,20
 switchport trunk allowed vlan none
`,
    'the list is negated on EOS, meant to remove one VLAN': `
//- sw1.cfg eos
hostname sw1
interface Ethernet1
   switchport mode trunk
   switchport trunk allowed vlan 10,20
   no switchport trunk allowed vlan 20
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] removes the list (10,20) of Ethernet1
`,
    'the line with the list is gone': `
//- sw1.cfg ios before
hostname sw1
interface GigabitEthernet1/0/1
 switchport mode trunk
 switchport trunk allowed vlan 10
 no shutdown
//- sw1.cfg ios
hostname sw1
interface GigabitEthernet1/0/1
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0 new] the list of GigabitEthernet1/0/1 (VLAN 10) is gone
 switchport mode trunk
 no shutdown
//- sw1.cfg fixed
hostname sw1
interface GigabitEthernet1/0/1
 switchport mode trunk
 switchport trunk allowed vlan 10
 no shutdown
`,
  },
  silent: {
    'EOS keeps an empty list': `
//- sw1.cfg eos
hostname sw1
interface Ethernet1
   switchport mode trunk
   switchport trunk allowed vlan 10
   switchport trunk allowed vlan remove 10
`,
    'one of several is removed': `
//- sw1.cfg ios
hostname sw1
interface GigabitEthernet1/0/1
 switchport trunk allowed vlan 10,20
 switchport trunk allowed vlan remove 20
`,
    'the default is stated': `
//- sw1.cfg ios
hostname sw1
interface GigabitEthernet1/0/1
 switchport mode trunk
 no switchport trunk allowed vlan
`,
    'the port stops being a trunk': `
//- sw1.cfg ios before
hostname sw1
interface GigabitEthernet1/0/1
 switchport mode trunk
 switchport trunk allowed vlan 10
//- sw1.cfg ios
hostname sw1
interface GigabitEthernet1/0/1
 switchport mode access
`,
  },
};
