import type { Behaviour } from '../../behaviour.ts';
import { behaviour as frr } from '../frr/behaviour.ts';

/** PAN-OS with virtual routers (the legacy routing engine). Sources: PAN-OS Networking Administrator's Guide, by title. */
export const behaviour: Behaviour = {
  ...frr,
  // "Virtual Routers": static 10, OSPF internal 30, OSPF external 110, iBGP 200, eBGP 20, RIP 120.
  administrativeDistance: {
    ...frr.administrativeDistance,
    static: 10,
    ospfIntra: 30,
    ospfInter: 30,
    ospfExternal: 110,
  },
  // "Configure BGP": without import or export rules for a peer group its routes pass.
  ebgpWithoutPolicy: { in: 'permit', out: 'permit' },
  bgp: {
    localWeight: 0,
    maximumPaths: 1,
    maximumPathsIbgp: 1,
    multipathNeedsEqualAsPath: 'content',
    prefersOldestExternal: false,
    alwaysCompareMed: false,
    deterministicMed: true,
    enforceFirstAs: true,
    splitHorizonByPeerAs: false,
    // An import rule's MED goes on to other external peers, as captured devices beside such a firewall show.
    passesMedOn: true,
  },
  ospf: {
    referenceBandwidthMbps: 100,
    maximumPaths: 1,
    defaultNetworkType: 'broadcast',
    loopbackAsStubHost: true,
    externalMetric: 10,
    externalMetricType: 2,
    // "OSPF Area Interface": the metric is 10 unless it is configured.
    fixedCost: 10,
  },
  // "Security Policy": rules are about sessions between zones; what the firewall itself sends passes.
  packetFilters: { ownPacketsUnfiltered: true },
  ethernetBandwidthKbps: 1_000_000,
  interfaceShutdownByDefault: false,
  showsLocalRoutes: true,
  routingByDefault: true,
};
