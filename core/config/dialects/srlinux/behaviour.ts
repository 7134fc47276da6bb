import type { Behaviour } from '../../behaviour.ts';

/** Nokia SR Linux 23 and later. Sources: SR Linux documentation and the vendor's YANG models, by name. */
export const behaviour: Behaviour = {
  // "Routing Protocols Guide": local and host 0, static 5 (srl_nokia-static-routes), OSPF 10 and 150 (srl_nokia-ospf),
  // IS-IS L1 15, L2 18, external 160 and 165 (srl_nokia-isis), aggregate 130, BGP 170 (srl_nokia-bgp).
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
    // EIGRP and RIP are not implemented; the industry's values.
    eigrpInternal: 90,
    eigrpExternal: 170,
    rip: 100,
    aggregate: 130,
  },
  // "Applying a default policy to eBGP sessions": import-reject-all and export-reject-all are true (RFC 8212).
  ebgpWithoutPolicy: { in: 'deny', out: 'deny' },
  // References to names that are not defined fail the commit.
  undefinedRouteMap: 'deny',
  undefinedPrefixList: 'no-match',
  undefinedCommunityList: 'no-match',
  undefinedAsPathList: 'no-match',
  undefinedNeighbourFilter: 'deny',
  undefinedAccessList: 'permit',
  // srl_nokia-bgp, send-community: only "false" strips them.
  sendsCommunitiesByDefault: true,
  // "One of the address families must be enabled": none is by itself.
  ipv4UnicastByDefault: false,
  advertisesInactiveBgp: false,
  networkNeedsRoute: true,
  bgp: {
    localWeight: 0,
    // srl_nokia-bgp, multipath: 1 until configured; allow-multiple-as is true.
    maximumPaths: 1,
    maximumPathsIbgp: 1,
    multipathNeedsEqualAsPath: 'length',
    prefersOldestExternal: false,
    alwaysCompareMed: false,
    deterministicMed: true,
    enforceFirstAs: false,
    splitHorizonByPeerAs: false,
    // Export policies choose among all active routes; without a decision only BGP routes are advertised.
    exportsActiveRoutes: true,
    // "show network-instance protocols bgp routes": the MED of a route of OSPF is its cost, that of a local one absent.
    activeRoutesCarryMetric: true,
    aggregateContributors: 'any',
    // "BGP best-path selection": preference, local preference, AS path, origin, MED, eBGP, next-hop cost, router id.
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
    // srl_nokia-ospf: reference-bandwidth 400,000,000 kbit/s, max-ecmp-paths 1.
    referenceBandwidthMbps: 400_000,
    maximumPaths: 1,
    defaultNetworkType: 'broadcast',
    loopbackAsStubHost: true,
    loopbackCost: 0,
    externalMetric: 0,
    externalMetricType: 2,
  },
  // srl_nokia-isis: metric 10, wide metrics, max-ecmp-paths 1.
  isis: { defaultMetric: 10, wideMetrics: true, maximumPaths: 1, loopbackMetric: 0 },
  // Ports 1 to 48 of the 7220 IXR-D2L, the chassis that containerlab emulates by default.
  ethernetBandwidthKbps: 25_000_000,
  interfaceShutdownByDefault: false,
  // Routes of type host: the interfaces' own addresses.
  showsLocalRoutes: true,
  routingByDefault: true,
  asPathExpressions: 'as-numbers',
};
