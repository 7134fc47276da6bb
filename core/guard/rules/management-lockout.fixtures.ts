import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'the list of the terminal lines is deleted to be typed again (IOS)': `
//- r1.cfg ios before
hostname r1
ip access-list standard VTY
 10 permit 10.255.0.0 0.0.0.255
line vty 0 4
 access-class VTY in
//- r1.cfg ios
hostname r1
ip access-list standard VTY
 10 permit 10.255.0.0 0.0.0.255
line vty 0 4
 access-class VTY in
no ip access-list standard VTY
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0 new] deletes access-list VTY, which line vty 0 4 uses
ip access-list standard VTY
 10 permit 10.255.1.0 0.0.0.255
`,
    'no protocol is accepted any more': `
//- r1.cfg ios
hostname r1
line con 0
line vty 0 4
 transport input none
                 ^^^^ [P0] line vty 0 4 accepts no protocol
//- r1.cfg fixed
hostname r1
line con 0
line vty 0 4
 transport input ssh
`,
    'the management port is shut (EOS)': `
//- r1.cfg eos before
hostname r1
interface Management1
   ip address 172.20.20.11/24
//- r1.cfg eos
hostname r1
interface Management1
   ip address 172.20.20.11/24
   shutdown
   ^^^^^^^^ [P0 new] shuts Management1, the way in to this device
//- r1.cfg fixed
hostname r1
interface Management1
   ip address 172.20.20.11/24
`,
    'the management port loses its address (FRR)': `
//- r1.cfg frr before
hostname r1
interface eth0 vrf mgmt
 ip address 172.20.20.11/24
 description out of band
//- r1.cfg frr
hostname r1
interface eth0 vrf mgmt
^^^^^^^^^^^^^^^^^^^^^^^ [P0 new] takes the address 172.20.20.11 off eth0
 description out of band
`,
    'a management port is shut in a piece to be pasted': `
//- change.cfg eos
interface Management1
   shutdown
   ^^^^^^^^ [P0] shuts Management1
`,
    'the last fallback of AAA goes': `
//- r1.cfg ios before
hostname r1
aaa new-model
aaa authentication login default group TAC local
//- r1.cfg ios
hostname r1
aaa new-model
aaa authentication login default group TAC
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0 new] "aaa authentication login default" has no fallback left
//- r1.cfg fixed
hostname r1
aaa new-model
aaa authentication login default group TAC local
`,
    'the last local user goes': `
//- r1.cfg ios before
hostname r1
username breakglass privilege 15 secret 9 $9$abcdefghijklmn$abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ
username old privilege 1 secret 9 $9$abcdefghijklmn$abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ
//- r1.cfg ios
hostname r1
^^^^^^^^^^^ [P0 new] removes breakglass, the last local user
`,
    'SSH is no longer open in the management VRF (EOS)': `
//- r1.cfg eos before
hostname r1
management ssh
   idle-timeout 5
   shutdown
   vrf MGMT
      no shutdown
//- r1.cfg eos
hostname r1
management ssh
   idle-timeout 5
   shutdown
   vrf MGMT
   ^^^^^^^^ [P0 new] SSH is no longer accepted in VRF MGMT
//- r1.cfg fixed
hostname r1
management ssh
   idle-timeout 5
   shutdown
   vrf MGMT
      no shutdown
`,
    'the management VRF is taken out of SSH (EOS)': `
//- r1.cfg eos before
hostname r1
management ssh
   shutdown
   vrf MGMT
      no shutdown
//- r1.cfg eos
hostname r1
management ssh
   shutdown
   vrf MGMT
      no shutdown
management ssh
   no vrf MGMT
   ^^^^^^^^^^^ [P0 new] SSH is no longer accepted in VRF MGMT
`,
    'SSH is shut (EOS)': `
//- r1.cfg eos before
hostname r1
management ssh
   idle-timeout 5
//- r1.cfg eos
hostname r1
management ssh
   idle-timeout 5
   shutdown
   ^^^^^^^^ [P0 new] SSH is no longer accepted
`,
    'AAA is edited': `
//- r1.cfg eos before
hostname r1
aaa authorization exec default group TAC local
//- r1.cfg eos
hostname r1
aaa authorization exec default local
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] changes "aaa authorization exec default"
`,
    'AAA is taken away': `
//- change.cfg ios
no aaa authentication login default group TAC local
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] takes away "aaa authentication login default group TAC local"
`,
    'a list that permits nobody': `
//- r1.cfg ios
hostname r1
access-list 98 deny any log
line vty 0 15
 access-class 98 in
              ^^ [P0] access-list 98 of line vty 0 15 permits nobody
`,
    'the SSH server of SR Linux is switched off': `
//- r1.cfg srlinux before
system {
    ssh-server mgmt {
        admin-state enable
        network-instance mgmt
    }
}
//- r1.cfg srlinux
system {
    ssh-server mgmt {
        admin-state disable
        ^^^^^^^^^^^^^^^^^^^ [P0 new] SSH is no longer accepted
        network-instance mgmt
    }
}
`,
    'the management port of SR Linux is shut': `
//- r1.cfg srlinux before
interface mgmt0 {
    admin-state enable
    subinterface 0 {
        ipv4 {
            admin-state enable
            address 172.20.20.11/24 {
            }
        }
    }
}
network-instance mgmt {
    type ip-vrf
    interface mgmt0.0 {
    }
}
//- r1.cfg srlinux
interface mgmt0 {
    admin-state disable
    ^^^^^^^^^^^^^^^^^^^ [P0 new] the way in to this device
    subinterface 0 {
        ipv4 {
            admin-state enable
            address 172.20.20.11/24 {
            }
        }
    }
}
network-instance mgmt {
    type ip-vrf
    interface mgmt0.0 {
    }
}
`,
  },
  silent: {
    'SSH of SR Linux stays open in another form': `
//- r1.cfg srlinux before
set / system ssh-server mgmt admin-state enable
set / system ssh-server mgmt network-instance mgmt
//- r1.cfg srlinux
system {
    ssh-server mgmt {
        admin-state enable
        network-instance mgmt
    }
}
`,
    'an entry is added by its number': `
//- r1.cfg ios before
hostname r1
ip access-list standard VTY
 10 permit 10.255.0.0 0.0.0.255
line vty 0 4
 access-class VTY in
 transport input ssh
//- r1.cfg ios
hostname r1
ip access-list standard VTY
 10 permit 10.255.0.0 0.0.0.255
 20 permit 10.255.1.0 0.0.0.255
line vty 0 4
 access-class VTY in
 transport input ssh
`,
    'a list that nothing uses is deleted': `
//- r1.cfg ios before
hostname r1
ip access-list standard OLD
 10 permit 10.255.0.0 0.0.0.255
line vty 0 4
 transport input ssh
//- r1.cfg ios
hostname r1
ip access-list standard OLD
 10 permit 10.255.0.0 0.0.0.255
line vty 0 4
 transport input ssh
no ip access-list standard OLD
`,
    'the auxiliary port and some terminal lines are closed': `
//- r1.cfg ios
hostname r1
line aux 0
 transport input none
line vty 0 4
 transport input ssh
line vty 5 15
 transport input none
`,
    'an unused management port stays shut': `
//- r1.cfg eos
hostname r1
interface Management0
   shutdown
`,
    'a saved configuration without AAA': `
//- r1.cfg ios
hostname r1
no aaa new-model
`,
  },
};
