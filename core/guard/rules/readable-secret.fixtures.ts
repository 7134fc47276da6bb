import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'a new key in plain text is P0 (FRR)': `
//- r1.cfg frr before
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 password hunter2
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0 new] in plain text
`,
    'one that was there informs (IOS)': `
//- r1.cfg ios
hostname r1
username ops privilege 15 password 7 0822455D0A16
                                     ^^^^^^^^^^^^ [P2 old] (type 7)
snmp-server community public RO
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P2] "public" is known to everyone
ip http server
^^^^^^^^^^^^^^ [P2] http carries passwords in plain text
line vty 0 4
 transport input telnet ssh
                 ^^^^^^^^^^ [P2] accepts telnet
//- r1.cfg fixed
hostname r1
username ops privilege 15 password 7 0822455D0A16
snmp-server community public RO
no ip http server
line vty 0 4
 transport input ssh
`,
    'a key that is only rotated stays P2; a new community is P0 (EOS)': `
//- r1.cfg eos before
hostname r1
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
   neighbor 10.0.0.2 password 7 AAAAAAAAAAAA
//- r1.cfg eos
hostname r1
snmp-server community 0ther ro
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0 new] SNMP community is a password in plain text
router bgp 65001
   neighbor 10.0.0.2 remote-as 65002
   neighbor 10.0.0.2 password 7 BBBBBBBBBBBB
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P2 old] in a form that can be read back (type 7)
`,
    'from hashed to plain text': `
//- r1.cfg eos before
hostname r1
username ops secret sha512 $6$abcdefgh$0123456789
//- r1.cfg eos
hostname r1
username ops secret 0 hunter2
                      ^^^^^^^ [P0 new] in plain text
`,
    'a keychain of SR Linux in plain text': `
//- leaf1.cfg srlinux
set / system authentication keychain OVERLAY type tcp-md5
set / system authentication keychain OVERLAY key 1 authentication-key hunter2
                                                                      ^^^^^^^ in plain text
`,
  },
  silent: {
    'hashed, encrypted, and services without passwords in clear': `
//- r1.cfg ios
hostname r1
enable secret 9 $9$Mb4QxTf7LpWs2e$Vn8sYc0iK5aGdR3mBzO1uXjH6tPqE9wLkFy7CoTrD4A
username ops privilege 15 secret 9 $9$c6HtUe2oRv9PnA$xF1kWq8mSzB4hJ0yLtC5dGpV7uNiE3aXoT6rKwMlQ2Y
no ip http server
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 password 6 LUiHcXOAFDTYRPQKeJ_ZNMSbGaWVBIAAB
line vty 0 4
 transport input ssh
`,
    'SNMPv3 and a hashed user (EOS)': `
//- r1.cfg eos
hostname r1
username ops privilege 15 role network-admin secret sha512 $6$abcdefgh$0123456789
snmp-server group NETOPS v3 priv
`,
  },
};
