import type { Fixtures } from '../testing.ts';

const r1 = `hostname r1
interface Ethernet1
   no switchport
   ip address 10.0.0.1/31
interface Loopback0
   ip address 192.0.2.1/32
`;
const r2 = `hostname r2
interface eth1
 ip address 10.0.0.0/31
interface lo
 ip address 192.0.2.2/32
`;

export const fixtures: Fixtures = {
  fires: {
    'the AS is another one': `
//- r1.cfg eos
${r1}router bgp 65001
   neighbor 10.0.0.0 remote-as 65003
                               ^^^^^ [P1] expects AS 65003 at 10.0.0.0, but r2 has AS 65002: the session stays down
//- r2.cfg frr
${r2}router bgp 65002
           ~~~~~ r2 is AS 65002
 neighbor 10.0.0.1 remote-as 65001
//- r1.cfg fixed
${r1}router bgp 65001
   neighbor 10.0.0.0 remote-as 65002
`,
    'the change breaks it from the other end': `
//- r1.cfg eos
${r1}router bgp 65001
   neighbor 10.0.0.0 remote-as 65002
                               ^^^^^ [P1 new] but r2 has AS 65010
//- r2.cfg frr before
${r2}router bgp 65002
 neighbor 10.0.0.1 remote-as 65001
//- r2.cfg frr
${r2}router bgp 65010
 neighbor 10.0.0.1 remote-as 65001
`,
    'local-as is what the peer sees': `
//- r1.cfg eos
${r1}router bgp 65001
   neighbor 10.0.0.0 remote-as 65002
                               ^^^^^ [P1] but r2 has AS 64999
//- r2.cfg frr
${r2}router bgp 65002
 neighbor 10.0.0.1 remote-as 65001
 neighbor 10.0.0.1 local-as 64999
 ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ r2 is AS 64999
`,
    'only one end has the neighbour': `
//- r1.cfg eos
${r1}router bgp 65001
   neighbor 10.0.0.0 remote-as 65002
                               ^^^^^ [P1] r2 has 10.0.0.0 but no neighbour statement for 10.0.0.1
//- r2.cfg frr
${r2}router bgp 65002
~~~~~~~~~~~~~~~~ r2's BGP
 neighbor 10.9.9.9 remote-as 65001
`,
    'update-source does not fit what the peer expects': `
//- r1.cfg eos
${r1}router bgp 65001
   neighbor 192.0.2.2 remote-as 65001
   neighbor 192.0.2.2 update-source Ethernet1
                                    ^^^^^^^^^ [P1] opens the session with 192.0.2.2 from 10.0.0.1, but r2 expects 192.0.2.1
//- r2.cfg frr
${r2}router bgp 65001
 neighbor 192.0.2.1 remote-as 65001
                              ~~~~~ r2's side
 neighbor 192.0.2.1 update-source lo
`,
    'update-source is missing': `
//- r1.cfg eos
${r1}router bgp 65001
   neighbor 192.0.2.2 remote-as 65001
                                ^^^^^ [P1] has no update-source for 192.0.2.2, and r2 expects 192.0.2.1 of Loopback0
//- r2.cfg frr
${r2}router bgp 65001
 neighbor 192.0.2.1 remote-as 65001
 neighbor 192.0.2.1 update-source lo
`,
    'the AS is not set at all': `
//- r1.cfg eos
${r1}router bgp 65001
   neighbor 10.0.0.0 description customer
            ^^^^^^^^ [P1] 10.0.0.0 has no remote-as: there is no session
//- r2.cfg frr
${r2}
`,
    'an external neighbour behind a loopback without multihop': `
//- r1.cfg eos
${r1}router bgp 65001
   neighbor 192.0.2.2 remote-as 65002
                                ^^^^^ [P1] not on a connected subnet, and ebgp-multihop is not set
   neighbor 192.0.2.2 update-source Loopback0
//- r2.cfg frr
${r2}router bgp 65002
 neighbor 192.0.2.1 remote-as 65001
 neighbor 192.0.2.1 ebgp-multihop 2
 neighbor 192.0.2.1 update-source lo
`,
    'the statement on the peer is in another VRF than the interface': `
//- r1.cfg eos
${r1}router bgp 65001
   neighbor 10.0.0.0 remote-as 65002
                               ^^^^^ [P1] 10.0.0.0 is in VRF RED on r2, but its neighbour statement is in VRF default
//- r2.cfg ios
hostname r2
vrf definition RED
 address-family ipv4
interface GigabitEthernet0/1
 vrf forwarding RED
 ip address 10.0.0.0 255.255.255.254
router bgp 65002
 neighbor 10.0.0.1 remote-as 65001
          ~~~~~~~~ neighbour statement in VRF default
                             ^^^^^ [P1] 10.0.0.1 is on the subnet of GigabitEthernet0/1 in VRF RED, but this neighbour is in VRF default
`,
  },
  silent: {
    'both ends fit': `
//- r1.cfg eos
${r1}router bgp 65001
   neighbor 10.0.0.0 remote-as 65002
//- r2.cfg frr
${r2}router bgp 65002
 neighbor 10.0.0.1 remote-as 65001
`,
    'loopbacks on both ends': `
//- r1.cfg eos
${r1}router bgp 65001
   neighbor 192.0.2.2 remote-as 65002
   neighbor 192.0.2.2 update-source Loopback0
   neighbor 192.0.2.2 ebgp-multihop 2
//- r2.cfg frr
${r2}router bgp 65002
 neighbor 192.0.2.1 remote-as external
 neighbor 192.0.2.1 disable-connected-check
 neighbor 192.0.2.1 update-source lo
`,
    'the peer accepts a range': `
//- r1.cfg eos
${r1}router bgp 65001
   neighbor 10.0.0.0 remote-as 65002
//- r2.cfg frr
${r2}router bgp 65002
 neighbor LEAF peer-group
 neighbor LEAF remote-as 65001
 bgp listen range 10.0.0.0/24 peer-group LEAF
`,
    'the peer is not in the lab': `
//- r1.cfg eos
${r1}router bgp 65001
   neighbor 203.0.113.1 remote-as 65002
//- r2.cfg frr
${r2}router bgp 65002
`,
    'a session that is shut down': `
//- r1.cfg eos
${r1}router bgp 65001
   neighbor 10.0.0.0 remote-as 65003
   neighbor 10.0.0.0 shutdown
//- r2.cfg frr
${r2}router bgp 65002
`,
  },
};
