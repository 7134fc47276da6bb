import { brokenAdjacencies } from '../adjacencies.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'ospf-mtu-mismatch',
  number: 21,
  priority: 'P1',
  scope: 'network',
  title: 'OSPF neighbours with different MTU',
  why: 'The routers see each other, and then stay in EXSTART for ever: the one with the smaller MTU drops the descriptions of the other. Pings work, routes are missing.',
  sources: [
    'RFC 2328 section 10.6',
    'Cisco, why are OSPF neighbors stuck in exstart / exchange state (document 13684)',
  ],
  remedy:
    'Set the same MTU on both ends; `ip ospf mtu-ignore` hides the difference and leaves large packets to be lost.',
  check: ({ snapshot }) => brokenAdjacencies(snapshot, 'mtu'),
});
