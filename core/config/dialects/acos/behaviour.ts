import type { Behaviour } from '../../behaviour.ts';
import { behaviour as frr } from '../frr/behaviour.ts';

/** A10 ACOS 4 and 5. Sources: ACOS Network Configuration Guide and Command Line Reference for routing, by title. */
export const behaviour: Behaviour = {
  ...frr,
  // "Route distances": connected 0, static 1, eBGP 20, OSPF 110, IS-IS 115, RIP 120, iBGP 200.
  ebgpWithoutPolicy: { in: 'permit', out: 'permit' },
  networkNeedsRoute: false,
  bgp: {
    localWeight: 32768,
    maximumPaths: 1,
    maximumPathsIbgp: 1,
    multipathNeedsEqualAsPath: 'content',
    prefersOldestExternal: true,
    alwaysCompareMed: false,
    deterministicMed: false,
    enforceFirstAs: false,
    splitHorizonByPeerAs: false,
  },
  ospf: {
    referenceBandwidthMbps: 100,
    maximumPaths: 4,
    defaultNetworkType: 'broadcast',
    loopbackAsStubHost: true,
    externalMetric: 20,
    externalMetricType: 2,
  },
  ethernetBandwidthKbps: 1_000_000,
  // "interface ethernet": a data port is off until `enable`.
  interfaceShutdownByDefault: true,
  showsLocalRoutes: false,
  routingByDefault: true,
};
