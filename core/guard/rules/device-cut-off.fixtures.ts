import type { Fixtures } from '../testing.ts';

const r2 = `hostname r2
interface eth1
 ip address 10.0.12.2/30
interface eth2
 ip address 10.0.112.2/30
`;

export const fixtures: Fixtures = {
  fires: {
    'the only link is shut (FRR)': `
//- link r1:eth1 r2:eth1
//- r1.cfg frr before
hostname r1
interface eth1
 ip address 10.0.12.1/30
//- r1.cfg frr
hostname r1
interface eth1
 ip address 10.0.12.1/30
 shutdown
 ^^^^^^^^ [P0 new] takes down eth1, the last way from r1 to r2
//- r2.cfg frr
${r2}
`,
    'both links are shut, one at each end (IOS, FRR)': `
//- link r1:GigabitEthernet0/1 r2:eth1
//- link r1:GigabitEthernet0/2 r2:eth2
//- r1.cfg ios before
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.12.1 255.255.255.252
interface GigabitEthernet0/2
 ip address 10.0.112.1 255.255.255.252
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.12.1 255.255.255.252
 shutdown
 ^^^^^^^^ [P0 new] takes down GigabitEthernet0/1
interface GigabitEthernet0/2
 ip address 10.0.112.1 255.255.255.252
//- r2.cfg frr before
${r2}
//- r2.cfg frr
${r2} shutdown
 ^^^^^^^^ [P0 new] takes down eth2, the last way from r2 to r1
`,
    'the interface is gone (EOS)': `
//- link r1:Ethernet1 r2:eth1
//- r1.cfg eos before
hostname r1
interface Ethernet1
   no switchport
   ip address 10.0.12.1/30
//- r1.cfg eos
hostname r1
^^^^^^^^^^^ [P0 new] takes down Ethernet1, the last way from r1 to r2
//- r2.cfg frr
${r2}
`,
  },
  silent: {
    'a second link stays': `
//- link r1:eth1 r2:eth1
//- link r1:eth2 r2:eth2
//- r1.cfg frr before
hostname r1
interface eth1
 ip address 10.0.12.1/30
interface eth2
 ip address 10.0.112.1/30
//- r1.cfg frr
hostname r1
interface eth1
 ip address 10.0.12.1/30
 shutdown
interface eth2
 ip address 10.0.112.1/30
//- r2.cfg frr
${r2}
`,
    'it was down before': `
//- link r1:eth1 r2:eth1
//- r1.cfg frr before
hostname r1
interface eth1
 shutdown
//- r1.cfg frr
hostname r1
interface eth1
 description spare
 shutdown
//- r2.cfg frr
${r2}
`,
  },
};
