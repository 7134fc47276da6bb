import type { Fixtures } from '../testing.ts';

const r2 = `hostname r2
interface eth1
 ip address 10.0.0.2/30
 ip ospf area 0
router ospf
`;

export const fixtures: Fixtures = {
  fires: {
    'one end is raised (IOS and FRR)': `
//- link r1:GigabitEthernet0/1 r2:eth1
//- r1.cfg ios before
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.252
 ip ospf 1 area 0
router ospf 1
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.252
 ip mtu 1400
        ^^^^ [P1 new] OSPF with r2 eth1: MTU differs
 ip ospf 1 area 0
router ospf 1
//- r2.cfg frr
hostname r2
interface eth1
^^^^^^^^^^^^^^ [P1 new] OSPF with r1 GigabitEthernet0/1: MTU differs
~~~~~~~~~~~~~~ the other end
 ip address 10.0.0.2/30
 ip ospf area 0
router ospf
`,
  },
  silent: {
    'the same on both ends': `
//- link r1:GigabitEthernet0/1 r2:eth1
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.252
 ip ospf 1 area 0
router ospf 1
//- r2.cfg frr
${r2}
`,
    'the smaller one ignores it': `
//- link r1:GigabitEthernet0/1 r2:eth1
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.252
 ip mtu 1400
 ip ospf mtu-ignore
 ip ospf 1 area 0
router ospf 1
//- r2.cfg frr
${r2}
`,
  },
};
