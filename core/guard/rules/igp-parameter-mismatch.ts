import { brokenAdjacencies } from '../adjacencies.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'igp-parameter-mismatch',
  number: 22,
  priority: 'P1',
  scope: 'network',
  title: 'IGP neighbours with different area, timers, network type or mask',
  why: 'Each of these has to be equal on both ends of a link, or the routers ignore each other without a word in the log.',
  sources: [
    'RFC 2328 section 10.5 (hello packets that are dropped)',
    'Cisco, troubleshooting OSPF neighbor problems (document 13699)',
  ],
  remedy: 'Give both ends the same value; change timers on both in the same window.',
  check: ({ snapshot }) => brokenAdjacencies(snapshot, 'parameters'),
});
