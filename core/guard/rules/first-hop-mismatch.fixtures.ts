import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'the addresses differ (HSRP on IOS)': `
//- r1.cfg ios
hostname r1
interface Vlan10
 ip address 10.10.0.2 255.255.255.0
 standby 10 ip 10.10.0.1
 ^^^^^^^^^^^^^^^^^^^^^^^ [P1] HSRP group 10 of Vlan10 has 10.10.0.1, but r2 has 10.10.0.254
 standby 10 priority 110
//- r2.cfg ios
hostname r2
interface Vlan10
 ip address 10.10.0.3 255.255.255.0
 standby 10 ip 10.10.0.254
 ^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] HSRP group 10 of Vlan10 has 10.10.0.254, but r1 has 10.10.0.1
 ~~~~~~~~~~~~~~~~~~~~~~~~~ r2 Vlan10
`,
    'one priority (VRRP on EOS)': `
//- r1.cfg eos
hostname r1
interface Vlan10
   ip address 10.10.0.2/24
   vrrp 10 ipv4 10.10.0.1
   ^^^^^^^^^^^^^^^^^^^^^^ [P2] VRRP group 10 of Vlan10 has priority 100, as r2 has
//- r2.cfg eos
hostname r2
interface Vlan10
   ip address 10.10.0.3/24
   vrrp 10 ipv4 10.10.0.1
   ^^^^^^^^^^^^^^^^^^^^^^ [P2] as r1 has
`,
  },
  silent: {
    'one address, two priorities': `
//- r1.cfg ios
hostname r1
interface Vlan10
 ip address 10.10.0.2 255.255.255.0
 standby 10 ip 10.10.0.1
 standby 10 priority 110
//- r2.cfg ios
hostname r2
interface Vlan10
 ip address 10.10.0.3 255.255.255.0
 standby 10 ip 10.10.0.1
`,
    'the same number in another subnet': `
//- r1.cfg ios
hostname r1
interface Vlan10
 ip address 10.10.0.2 255.255.255.0
 standby 1 ip 10.10.0.1
//- r2.cfg ios
hostname r2
interface Vlan20
 ip address 10.20.0.3 255.255.255.0
 standby 1 ip 10.20.0.1
`,
  },
};
