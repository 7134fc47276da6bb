import type { Fixtures } from '../testing.ts';

const router = (name: string, number: number, ...lines: string[]): string => `hostname ${name}
interface lo
 ip address 192.0.2.${number}/32
router bgp 65001
${lines.map((line) => ` ${line}\n`).join('')}`;

const peer = (number: number): string => `neighbor 192.0.2.${number} remote-as 65001`;
const client = (number: number): string => `neighbor 192.0.2.${number} route-reflector-client`;

export const fixtures: Fixtures = {
  fires: {
    'a chain without a reflector': `
//- r1.cfg frr
hostname r1
interface lo
 ip address 192.0.2.1/32
router bgp 65001
^^^^^^^^^^^^^^^^ [P1] routes of r1 do not reach r3 in AS 65001
 neighbor 192.0.2.2 remote-as 65001
//- r2.cfg frr
${router('r2', 2, peer(1), peer(3))}
//- r3.cfg frr
hostname r3
interface lo
 ip address 192.0.2.3/32
router bgp 65001
^^^^^^^^^^^^^^^^ [P1] routes of r3 do not reach r1 in AS 65001
 neighbor 192.0.2.2 remote-as 65001
`,
    'the reflector loses a client': `
//- r1.cfg frr
hostname r1
interface lo
 ip address 192.0.2.1/32
router bgp 65001
^^^^^^^^^^^^^^^^ [P1 new] routes of r1 do not reach r3
 neighbor 192.0.2.2 remote-as 65001
//- r2.cfg frr before
${router('r2', 2, peer(1), client(1), peer(3), client(3))}
//- r2.cfg frr
${router('r2', 2, peer(1), peer(3))}
//- r3.cfg frr
hostname r3
interface lo
 ip address 192.0.2.3/32
router bgp 65001
^^^^^^^^^^^^^^^^ [P1 new] routes of r3 do not reach r1
 neighbor 192.0.2.2 remote-as 65001
`,
  },
  silent: {
    'a full mesh': `
//- r1.cfg frr
${router('r1', 1, peer(2), peer(3))}
//- r2.cfg frr
${router('r2', 2, peer(1), peer(3))}
//- r3.cfg frr
${router('r3', 3, peer(1), peer(2))}
`,
    'a reflector with one client and one other': `
//- r1.cfg frr
${router('r1', 1, peer(2))}
//- r2.cfg frr
${router('r2', 2, peer(1), client(1), peer(3))}
//- r3.cfg frr
${router('r3', 3, peer(2))}
`,
    'two sites of one AS that are not connected': `
//- r1.cfg frr
${router('r1', 1, peer(2))}
//- r2.cfg frr
${router('r2', 2, peer(1))}
//- r3.cfg frr
${router('r3', 3, peer(4))}
//- r4.cfg frr
${router('r4', 4, peer(3))}
`,
  },
};
