import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'an interface in a VRF that is not there (IOS)': `
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/0
 vrf forwarding MGMT
                ^^^^ [P0] VRF MGMT is not defined: IOS refuses the line
 ip address 10.0.0.1 255.255.255.0
`,
    'the same on EOS': `
//- r1.cfg eos
hostname r1
interface Management0
   vrf MGMT
       ^^^^ [P0] VRF MGMT is not defined
`,
    'a VRF without the family of the address (IOS)': `
//- r1.cfg ios
hostname r1
vrf definition MGMT
 description Out of band
interface GigabitEthernet0/0
 vrf forwarding MGMT
 ip address 10.0.0.1 255.255.255.0
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] The address family ipv4 of VRF MGMT is not defined: IOS takes no address of the family
`,
    'a peer group that no line makes (IOS)': `
//- r1.cfg ios
hostname r1
router bgp 64500
 neighbor IBGP remote-as 64500
          ^^^^ [P0] Peer group IBGP is not defined: IOS refuses every line about it
 neighbor 10.0.0.2 peer-group IBGP
`,
    'a member of a group that is not there (FRR)': `
//- r1.cfg frr
hostname r1
router bgp 64500
 neighbor FABRIC peer-group
 neighbor FABRIC remote-as external
 neighbor 10.0.0.2 peer-group FABRICS
                              ^^^^^^^ [P0] Peer group FABRICS is not defined
//- r1.cfg fixed
hostname r1
router bgp 64500
 neighbor FABRIC peer-group
 neighbor FABRIC remote-as external
 neighbor 10.0.0.2 peer-group FABRIC
`,
    'a list of methods that names a group which is not there (IOS)': `
//- r1.cfg ios
hostname r1
aaa new-model
aaa authentication login default group TAC-MGMT local
                                       ^^^^^^^^ [P1] Server group TAC-MGMT is not defined: IOS asks no server of it
`,
  },
  silent: {
    'names that are defined': `
//- r1.cfg ios
hostname r1
vrf definition MGMT
 address-family ipv4
 exit-address-family
aaa new-model
aaa group server tacacs+ TAC-MGMT
 server name T1
aaa authentication login default group TAC-MGMT local
aaa authorization exec default group tacacs+ local
interface GigabitEthernet0/0
 vrf forwarding MGMT
 ip address 10.0.0.1 255.255.255.0
router bgp 64500
 neighbor IBGP peer-group
 neighbor IBGP remote-as 64500
 neighbor 10.0.0.2 peer-group IBGP
`,
    'a group that is made behind its use, and sessions over interfaces (FRR)': `
//- r1.cfg frr
hostname r1
vrf RED
exit-vrf
router bgp 64500
 neighbor swp1 interface peer-group FABRIC
 neighbor swp1 description leaf
 neighbor FABRIC peer-group
 neighbor FABRIC remote-as external
 neighbor fe80::1 remote-as external
`,
    'a VRF of the kernel (FRR)': `
//- r1.cfg frr
hostname r1
interface eth1 vrf RED
 ip address 10.0.0.1/24
`,
  },
};
