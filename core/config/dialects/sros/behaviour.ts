import type { Behaviour } from '../../behaviour.ts';

/** Nokia SR OS 20 and later, model-driven. Sources: 7x50 SR OS documentation, by guide. */
export const behaviour: Behaviour = {
  // "Router Configuration Guide", route preference defaults: direct 0, static 5, OSPF internal 10, IS-IS L1 15, L2 18,
  // RIP 100, aggregate 130, OSPF external 150, IS-IS L1 external 160, L2 external 165, BGP 170.
  administrativeDistance: {
    connected: 0,
    static: 5,
    ebgp: 170,
    ibgp: 170,
    bgpLocal: 170,
    ospfIntra: 10,
    ospfInter: 10,
    ospfExternal: 150,
    isisL1: 15,
    isisL2: 18,
    isisL1External: 160,
    isisL2External: 165,
    // EIGRP is not implemented; the industry's values.
    eigrpInternal: 90,
    eigrpExternal: 170,
    rip: 100,
    aggregate: 130,
  },
  // "Unicast Routing Protocols Guide": ebgp-default-reject-policy import and export are on since 19.5 (RFC 8212).
  ebgpWithoutPolicy: { in: 'deny', out: 'deny' },
  // A commit with a policy that is not defined fails.
  undefinedRouteMap: 'deny',
  undefinedPrefixList: 'no-match',
  undefinedCommunityList: 'no-match',
  communityDefinitionsOfAnyKind: true,
  undefinedAsPathList: 'no-match',
  undefinedNeighbourFilter: 'deny',
  undefinedAccessList: 'permit',
  // "disable-communities" is off: communities are sent.
  sendsCommunitiesByDefault: true,
  ipv4UnicastByDefault: true,
  // "local-address": the system address is the default towards internal neighbours.
  internalSessionsFromLoopback: true,
  // "advertise-inactive" is off.
  advertisesInactiveBgp: false,
  networkNeedsRoute: true,
  bgp: {
    localWeight: 0,
    // "multipath": 1 until configured.
    maximumPaths: 1,
    maximumPathsIbgp: 1,
    multipathNeedsEqualAsPath: 'length',
    prefersOldestExternal: false,
    alwaysCompareMed: false,
    deterministicMed: true,
    enforceFirstAs: false,
    // "split-horizon" is off by default.
    splitHorizonByPeerAs: false,
    // Export policies choose among all active routes of the table.
    exportsActiveRoutes: true,
    // "Layer 3 Services Guide", leaking by route target: such routes are "BGP VPN" with preference 0.
    leakedDistance: 0,
    // The interface's own /32 is exported with its network.
    sharesHostRoutes: true,
    aggregateContributors: 'any',
    // "BGP decision process": preference, local preference, AS path length, origin, MED, eBGP, next-hop cost, router id.
    decisionSteps: [
      'local-preference',
      'as-path-length',
      'origin',
      'med',
      'external-over-internal',
      'igp-metric',
      'router-id',
      'cluster-list-length',
      'neighbour-address',
    ],
  },
  ospf: {
    // "reference-bandwidth" default 100,000,000 kbit/s.
    referenceBandwidthMbps: 100_000,
    // "ecmp": 1 until it is set.
    maximumPaths: 1,
    defaultNetworkType: 'broadcast',
    loopbackAsStubHost: true,
    externalMetric: 0,
    externalMetricType: 2,
  },
  // "wide-metrics-only": both kinds are sent until it is set.
  isis: { defaultMetric: 10, wideMetrics: false, maximumPaths: 1, loopbackMetric: 0, bothMetricStyles: true },
  // "ECMP": without it the next hop with the lowest router id is taken.
  fewerPathsByRouterId: true,
  // Ports of a 100G connector, as on the chassis of the labs of this system.
  ethernetBandwidthKbps: 100_000_000,
  interfaceShutdownByDefault: false,
  showsLocalRoutes: false,
  routingByDefault: true,
  asPathExpressions: 'as-numbers',
};
