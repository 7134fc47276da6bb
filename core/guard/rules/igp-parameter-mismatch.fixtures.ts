import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'the areas differ (EOS and FRR)': `
//- link r1:Ethernet1 r2:eth1
//- r1.cfg eos
hostname r1
interface Ethernet1
   no switchport
   ip address 10.0.0.1/30
   ip ospf area 0.0.0.1
                ^^^^^^^ [P1] OSPF with r2 eth1: areas differ
router ospf 1
//- r2.cfg frr
hostname r2
interface eth1
 ip address 10.0.0.2/30
 ip ospf area 0
              ^ [P1] OSPF with r1 Ethernet1: areas differ
router ospf
`,
    'the hello interval is changed at one end (IOS)': `
//- link r1:GigabitEthernet0/1 r2:GigabitEthernet0/1
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
 ip ospf 1 area 0
 ip ospf hello-interval 5
                        ^ [P1 new] hello intervals differ: 5 s on r1 GigabitEthernet0/1, 10 s on r2 GigabitEthernet0/1
router ospf 1
//- r2.cfg ios
hostname r2
interface GigabitEthernet0/1
 ip address 10.0.0.2 255.255.255.252
 ip ospf 1 area 0
                ^ [P1 new] hello intervals differ
router ospf 1
`,
  },
  silent: {
    'both ends alike': `
//- link r1:GigabitEthernet0/1 r2:eth1
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.252
router ospf 1
 network 10.0.0.0 0.0.0.3 area 0
//- r2.cfg frr
hostname r2
interface eth1
 ip address 10.0.0.2/30
router ospf
 network 10.0.0.0/30 area 0
`,
    'one end does not run OSPF': `
//- link r1:GigabitEthernet0/1 r2:eth1
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.252
 ip ospf 1 area 0
router ospf 1
//- r2.cfg frr
hostname r2
interface eth1
 ip address 10.0.0.2/30
`,
  },
};
