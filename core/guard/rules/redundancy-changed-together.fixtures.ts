import type { Fixtures } from '../testing.ts';

const gateway = (address: string, line: string, marker = ''): string => `hostname g${address.slice(-1)}
interface Vlan10
   ip address ${address}/24
   vrrp 10 ipv4 10.1.0.254
router ospf 1
   network 10.1.0.0/24 area 0
${line}${marker}`;
const OLD = '   redistribute static\n';
const NEW = '   redistribute static route-map ALL\n';
const MARK = '   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] all of g1, g2 (the gateway 10.1.0.254) lose or change\n';

export const fixtures: Fixtures = {
  fires: {
    'both members of a gateway': `
//- g1.cfg eos before
${gateway('10.1.0.1', OLD)}//- g1.cfg eos
${gateway('10.1.0.1', NEW, MARK)}//- g2.cfg eos before
${gateway('10.1.0.2', OLD)}//- g2.cfg eos
${gateway('10.1.0.2', NEW, MARK)}`,
  },
  silent: {
    'only one of them': `
//- g1.cfg eos before
${gateway('10.1.0.1', OLD)}//- g1.cfg eos
${gateway('10.1.0.1', NEW)}//- g2.cfg eos
${gateway('10.1.0.2', OLD)}`,
    'something is added to both': `
//- g1.cfg eos before
${gateway('10.1.0.1', OLD)}//- g1.cfg eos
${gateway('10.1.0.1', `${OLD}ip route 10.9.0.0/24 10.1.0.9\n`)}//- g2.cfg eos before
${gateway('10.1.0.2', OLD)}//- g2.cfg eos
${gateway('10.1.0.2', `${OLD}ip route 10.9.0.0/24 10.1.0.9\n`)}`,
  },
};
