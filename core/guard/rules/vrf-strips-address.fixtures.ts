import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'typed below the configuration (IOS)': `
//- r1.cfg ios before
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.0
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.0
interface GigabitEthernet0/1
 vrf forwarding RED
 ^^^^^^^^^^^^^^^^^^ [P1 new] takes the address off GigabitEthernet0/1: ip address 10.0.0.1 255.255.255.0
//- r1.cfg fixed
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.0
interface GigabitEthernet0/1
 vrf forwarding RED
 ip address 10.0.0.1 255.255.255.0
`,
    'in the wrong order (EOS)': `
//- r1.cfg eos
hostname r1
interface Ethernet1
   no switchport
   ip address 10.0.0.1/24
   vrf RED
   ^^^^^^^ [P1] takes the address off Ethernet1
`,
  },
  silent: {
    'as a device saves it': `
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 vrf forwarding RED
 ip address 10.0.0.1 255.255.255.0
`,
    'the address is written again': `
//- r1.cfg eos
hostname r1
interface Ethernet1
   no switchport
   ip address 10.0.0.1/24
   vrf RED
   ip address 10.0.0.1/24
`,
    'FRR keeps it': `
//- r1.cfg frr
hostname r1
interface eth1
 ip address 10.0.0.1/24
 vrf RED
`,
  },
};
