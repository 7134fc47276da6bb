import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'a deny of everything in front of the permits (IOS)': `
//- r1.cfg ios
hostname r1
ip access-list extended EDGE-IN
 deny ip any any
 ^^^^^^^^^^^^^^^ [P0] denies all traffic on GigabitEthernet0/1: 1 permit entry of EDGE-IN behind it never match
 permit tcp any host 192.0.2.1 eq 443
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.0
 ip access-group EDGE-IN in
//- r1.cfg fixed
hostname r1
ip access-list extended EDGE-IN
 permit tcp any host 192.0.2.1 eq 443
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.0
 ip access-group EDGE-IN in
`,
    'a list on an interface that permits nothing (EOS)': `
//- r1.cfg eos
hostname r1
ip access-list EDGE-IN
   10 deny ip any any log
   ^^^^^^^^^^^^^^^^^^^^^^ [P0] denies all traffic on Ethernet1: EDGE-IN permits nothing
interface Ethernet1
   no switchport
   ip address 10.0.0.1/24
   ip access-group EDGE-IN in
`,
    'a prefix-list that never reaches its permits (FRR)': `
//- r1.cfg frr
hostname r1
ip prefix-list OURS seq 5 deny 0.0.0.0/0 le 32
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P0] denies every prefix: 1 permit entry of OURS behind it never match
ip prefix-list OURS seq 10 permit 10.0.0.0/8
//- r1.cfg fixed
hostname r1
ip prefix-list OURS seq 10 permit 10.0.0.0/8
`,
  },
  silent: {
    'the usual last entry': `
//- r1.cfg ios
hostname r1
ip access-list extended EDGE-IN
 permit tcp any host 192.0.2.1 eq 443
 deny ip any any log
interface GigabitEthernet0/1
 ip access-group EDGE-IN in
ip prefix-list OURS seq 5 permit 10.0.0.0/8
ip prefix-list OURS seq 10 deny 0.0.0.0/0 le 32
`,
    'nobody may use a service': `
//- r1.cfg ios
hostname r1
access-list 99 deny any
ntp access-group serve 99
`,
    'one protocol is denied': `
//- r1.cfg eos
hostname r1
ip access-list EDGE-IN
   10 deny tcp any any eq 23
   20 deny ip host 192.0.2.66 any
   30 permit ip any any
interface Ethernet1
   no switchport
   ip access-group EDGE-IN in
`,
  },
};
