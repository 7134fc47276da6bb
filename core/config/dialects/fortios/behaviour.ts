import type { Behaviour } from '../../behaviour.ts';
import { behaviour as ios } from '../ios/behaviour.ts';

/** FortiOS 6 and 7. Sources: FortiOS Administration Guide and CLI Reference, by title. */
export const behaviour: Behaviour = {
  ...ios,
  // "Routing concepts": static 10, DHCP 5, eBGP 20, OSPF 110, RIP 120, iBGP 200.
  administrativeDistance: { ...ios.administrativeDistance, static: 10 },
  ebgpWithoutPolicy: { in: 'permit', out: 'permit' },
  // "config router bgp", neighbor: send-community both.
  sendsCommunitiesByDefault: true,
  ipv4UnicastByDefault: true,
  packetFilters: { ownPacketsUnfiltered: true },
  bgp: {
    localWeight: 32768,
    // "ebgp-multipath", "ibgp-multipath": off until configured.
    maximumPaths: 1,
    maximumPathsIbgp: 1,
    multipathNeedsEqualAsPath: 'content',
    prefersOldestExternal: true,
    alwaysCompareMed: false,
    deterministicMed: false,
    enforceFirstAs: true,
    splitHorizonByPeerAs: false,
  },
  ospf: {
    // "auto-cost-ref-bandwidth" is 1000 Mbit/s.
    referenceBandwidthMbps: 1000,
    maximumPaths: 255,
    defaultNetworkType: 'broadcast',
    loopbackAsStubHost: true,
    // "config redistribute": metric 10, type 2; "default-information-metric": 10.
    externalMetric: 10,
    externalMetricType: 2,
    defaultRouteMetric: { present: 10, always: 10 },
    rfc1583Compatible: false,
  },
  ethernetBandwidthKbps: 10_000_000,
  interfaceShutdownByDefault: false,
  showsLocalRoutes: false,
  routingByDefault: true,
  redistributesInternalBgp: true,
  redistributesAttachedNetworks: false,
  bgpRedistributesDefault: true,
};
