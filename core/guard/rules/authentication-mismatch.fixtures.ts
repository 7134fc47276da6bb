import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'a BGP password at one end only, since the change': `
//- r1.cfg frr before
hostname r1
interface eth1
 ip address 10.0.0.1/30
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
//- r1.cfg frr
hostname r1
interface eth1
 ip address 10.0.0.1/30
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 password Harbour
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] 10.0.0.2 has a password, but not r2's side: the session stays down
//- r2.cfg ios
hostname r2
interface GigabitEthernet0/1
 ip address 10.0.0.2 255.255.255.252
router bgp 65002
 neighbor 10.0.0.1 remote-as 65001
                             ^^^^^ [P1 new] 10.0.0.1 has no password, but r1
                             ~~~~~ r2's side of the session
`,
    'two different ones': `
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.252
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 password Harbour
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] has another password than r2
//- r2.cfg frr
hostname r2
interface eth1
 ip address 10.0.0.2/30
router bgp 65002
 neighbor 10.0.0.1 remote-as 65001
 neighbor 10.0.0.1 password Harbor
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] has another password than r1
`,
    'OSPF authentication at one end only': `
//- link r1:GigabitEthernet0/1 r2:eth1
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.252
 ip ospf 1 area 0
 ip ospf authentication message-digest
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] authentication differs
router ospf 1
//- r2.cfg frr
hostname r2
interface eth1
^^^^^^^^^^^^^^ [P1] authentication differs
 ip address 10.0.0.2/30
 ip ospf area 0
router ospf
`,
  },
  silent: {
    'the same, and one that cannot be compared': `
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.252
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 password 6 LUiHcXOAFDTYRPQKeJ_ZNMSbGaWVBIAAB
//- r2.cfg frr
hostname r2
interface eth1
 ip address 10.0.0.2/30
router bgp 65002
 neighbor 10.0.0.1 remote-as 65001
 neighbor 10.0.0.1 password Harbour
`,
    none: `
//- r1.cfg frr
hostname r1
interface eth1
 ip address 10.0.0.1/30
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
//- r2.cfg frr
hostname r2
interface eth1
 ip address 10.0.0.2/30
router bgp 65002
 neighbor 10.0.0.1 remote-as 65001
`,
  },
};
