import type { Fixtures } from '../testing.ts';

const r2 = `//- r2.cfg ios
hostname r2
interface GigabitEthernet1
 ip address 10.0.12.2 255.255.255.0
router bgp 65001
 neighbor 10.0.12.1 remote-as 65001
`;
const ports = `hostname r1
interface GigabitEthernet1
 ip address 10.0.12.1 255.255.255.0
interface GigabitEthernet2
 ip address 192.0.2.1 255.255.255.252
`;

export const fixtures: Fixtures = {
  fires: {
    'the link to the external neighbour is announced nowhere': `
//- r1.cfg ios
${ports}router bgp 65001
 neighbor 192.0.2.2 remote-as 65002
 neighbor 10.0.12.2 remote-as 65001
                              ^^^^^ [P1] r2 gets routes with the next hop 192.0.2.2, to which it has no way
${r2}`,
  },
  silent: {
    'next-hop-self': `
//- r1.cfg ios
${ports}router bgp 65001
 neighbor 192.0.2.2 remote-as 65002
 neighbor 10.0.12.2 remote-as 65001
 neighbor 10.0.12.2 next-hop-self
${r2}`,
    'OSPF announces the link': `
//- r1.cfg ios
${ports}router ospf 1
 network 192.0.2.0 0.0.0.3 area 0
router bgp 65001
 neighbor 192.0.2.2 remote-as 65002
 neighbor 10.0.12.2 remote-as 65001
${r2}`,
    'the peer has a static route': `
//- r1.cfg ios
${ports}router bgp 65001
 neighbor 192.0.2.2 remote-as 65002
 neighbor 10.0.12.2 remote-as 65001
${r2}ip route 192.0.2.0 255.255.255.0 10.0.12.1
`,
    'there is no external neighbour': `
//- r1.cfg ios
${ports}router bgp 65001
 neighbor 10.0.12.2 remote-as 65001
${r2}`,
  },
};
