import { aggregateRoutes } from './aggregate.ts';
import { bgp } from './bgp/index.ts';
import { connected } from './connected.ts';
import { eigrp } from './eigrp/index.ts';
import { firstHop } from './first-hop.ts';
import { isis } from './isis/index.ts';
import { leaks } from './leaks.ts';
import { ospf } from './ospf/index.ts';
import type { Protocol } from './protocol.ts';
import { rip } from './rip/index.ts';
import { staticRoutes } from './static.ts';

/** The protocols in the order in which they are computed: what is attached, interior gateways, static, BGP. */
export const protocols: readonly Protocol[] = [
  connected,
  firstHop,
  ospf,
  isis,
  eigrp,
  rip,
  staticRoutes,
  leaks,
  aggregateRoutes,
  bgp,
];
