import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'the list in the file is replaced by a shorter one (IOS)': `
//- sw1.cfg ios before
hostname sw1
interface GigabitEthernet1/0/1
 switchport mode trunk
 switchport trunk allowed vlan 10,20-22
//- sw1.cfg ios
hostname sw1
interface GigabitEthernet1/0/1
 switchport mode trunk
 switchport trunk allowed vlan 8
                               ^ [P0 new] replaces the list of GigabitEthernet1/0/1: VLANs 10,20-22 no longer allowed
//- sw1.cfg fixed
hostname sw1
interface GigabitEthernet1/0/1
 switchport mode trunk
 switchport trunk allowed vlan 8,10,20-22
`,
    'typed below what the device had (EOS), without a baseline': `
//- sw1.cfg eos
hostname sw1
interface Ethernet1
   switchport mode trunk
   switchport trunk allowed vlan 10,20
!
interface Ethernet1
   switchport trunk allowed vlan 8
                                 ^ [P0 old] VLANs 10,20 no longer allowed
//- sw1.cfg fixed
hostname sw1
interface Ethernet1
   switchport mode trunk
   switchport trunk allowed vlan 10,20
!
interface Ethernet1
   switchport trunk allowed vlan add 8
`,
    'pasted below the configuration, with shortened words': `
//- sw1.cfg ios before
hostname sw1
interface GigabitEthernet0/1
 switchport mode trunk
 switchport trunk allowed vlan 10
 switchport trunk allowed vlan add 30
//- sw1.cfg ios
hostname sw1
interface GigabitEthernet0/1
 switchport mode trunk
 switchport trunk allowed vlan 10
 switchport trunk allowed vlan add 30
int gi0/1
sw trunk allowed vlan 8
                      ^ [P0 new] VLANs 10,30 no longer allowed
`,
    'a piece of configuration to be pasted': `
//- change.cfg eos
interface Ethernet1
   switchport trunk allowed vlan 8
                                 ^ [P0] every VLAN that is not in it is cut off
//- change.cfg fixed
interface Ethernet1
   switchport trunk allowed vlan add 8
`,
    'a trunk that carried all VLANs gets a list': `
//- sw1.cfg eos before
hostname sw1
interface Port-Channel1
   switchport mode trunk
//- sw1.cfg eos
hostname sw1
interface Port-Channel1
   switchport mode trunk
   switchport trunk allowed vlan 8
                                 ^ [P0 new] VLANs 1-7,9-4094 no longer allowed
`,
    'the port stops being a trunk': `
//- sw1.cfg eos before
hostname sw1
interface Ethernet1
   switchport trunk allowed vlan 10,20
   switchport mode trunk
//- sw1.cfg eos
hostname sw1
interface Ethernet1
   switchport trunk allowed vlan 10,20
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] Ethernet1 is no longer a trunk: it carried VLANs 10,20
//- sw1.cfg fixed
hostname sw1
interface Ethernet1
   switchport trunk allowed vlan 10,20
   switchport mode trunk
`,
  },
  silent: {
    'a saved configuration has the plain form': `
//- sw1.cfg ios
hostname sw1
interface GigabitEthernet1/0/1
 switchport trunk allowed vlan 10,20-22
 switchport trunk allowed vlan add 100
 switchport mode trunk
`,
    'the list grows': `
//- sw1.cfg eos before
hostname sw1
interface Ethernet1
   switchport mode trunk
   switchport trunk allowed vlan 10,20
//- sw1.cfg eos
hostname sw1
interface Ethernet1
   switchport mode trunk
   switchport trunk allowed vlan 8,10,20
`,
    'a new trunk': `
//- sw1.cfg ios before
hostname sw1
interface GigabitEthernet1/0/1
 switchport mode access
//- sw1.cfg ios
hostname sw1
interface GigabitEthernet1/0/1
 switchport mode trunk
 switchport trunk allowed vlan 8
`,
    'VLANs are added, and one is removed by name': `
//- sw1.cfg ios before
hostname sw1
interface GigabitEthernet1/0/1
 switchport mode trunk
 switchport trunk allowed vlan 10,20
//- sw1.cfg ios
hostname sw1
interface GigabitEthernet1/0/1
 switchport mode trunk
 switchport trunk allowed vlan 10,20
 switchport trunk allowed vlan add 8
 switchport trunk allowed vlan remove 20
`,
    'a new trunk in a piece that says so': `
//- change.cfg eos
interface Ethernet7
   switchport mode trunk
   switchport trunk allowed vlan 8
`,
  },
};
