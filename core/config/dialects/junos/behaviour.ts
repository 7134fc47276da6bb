import type { Behaviour } from '../../behaviour.ts';

/** Junos. Sources: Junos OS documentation, by title. */
export const behaviour: Behaviour = {
  // "Understanding Route Preference Values": direct and local 0, static 5, OSPF internal 10, IS-IS L1 15, L2 18,
  // RIP 100, aggregate 130, OSPF external 150, IS-IS external 160 / 165, BGP 170.
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
  // "Default Import and Export Policies for Protocols": BGP accepts and advertises all active BGP routes.
  ebgpWithoutPolicy: { in: 'permit', out: 'permit' },
  // A commit with a policy that is not defined fails; on the devices of older releases the route is rejected.
  undefinedRouteMap: 'deny',
  undefinedPrefixList: 'no-match',
  undefinedCommunityList: 'no-match',
  communityDefinitionsOfAnyKind: true,
  undefinedAsPathList: 'no-match',
  undefinedNeighbourFilter: 'deny',
  undefinedAccessList: 'permit',
  // "Communities are sent to all neighbours by default."
  sendsCommunitiesByDefault: true,
  ipv4UnicastByDefault: true,
  // "family (Protocols BGP)": inet unicast is the default while no family is configured.
  defaultFamilyOnlyAlone: true,
  // "advertise-inactive": off, only active routes are advertised.
  advertisesInactiveBgp: false,
  networkNeedsRoute: true,
  bgp: {
    localWeight: 0,
    // "multipath": off until configured.
    maximumPaths: 1,
    maximumPathsIbgp: 1,
    multipathNeedsEqualAsPath: 'length',
    // "BGP Route Selection": the currently active external path is preferred before the router id.
    prefersOldestExternal: true,
    alwaysCompareMed: false,
    deterministicMed: true,
    enforceFirstAs: false,
    // "advertise-peer-as": off, routes are not sent to a neighbour whose AS they come from.
    splitHorizonByPeerAs: true,
    // "Routing Policies": an export policy chooses among all active routes of the table.
    exportsActiveRoutes: true,
    // "auto-export": local routes go between instances only with it, and stay what they were.
    leaksLocallyOnRequest: true,
    leakedDistance: 'source',
    // "ip-prefix-routes": routes of an instance become type 5 routes only with it.
    evpnOnRequest: true,
    // "irb-symmetric-routing": host routes have preference 7, type 5 routes 170.
    evpnHostDistance: 7,
    namesEvpnRoutes: true,
    // "as-path-prepend": the numbers are added to the path as it leaves, the own one being there already.
    prependsBeforeOwnAs: true,
    aggregateContributors: 'any',
    // "BGP Route Selection" has no weight, and prefers local routes by their route preference alone.
    decisionSteps: [
      'local-preference',
      'as-path-length',
      'origin',
      'med',
      'external-over-internal',
      'igp-metric',
      'cluster-list-length',
      'router-id',
      'neighbour-address',
    ],
  },
  ospf: {
    referenceBandwidthMbps: 100,
    maximumPaths: 16,
    defaultNetworkType: 'broadcast',
    loopbackAsStubHost: true,
    externalMetric: 0,
    externalMetricType: 2,
    loopbackCost: 0,
    rfc1583Compatible: true,
    // "default-metric" (stub): without it no default route is announced into the area.
    stubDefaultNeedsCost: true,
  },
  // "wide-metrics-only": both kinds are sent until it is configured.
  // Junos "RIP User Guide": version 2 by multicast is sent, both are received; export policies announce.
  rip: {
    hopAddedBy: 'receiver',
    sends: [2],
    receives: [1, 2],
    redistributedMetric: 1,
    maximumPaths: 16,
    announcesByPolicyAlone: true,
  },
  isis: { defaultMetric: 10, wideMetrics: true, maximumPaths: 16, loopbackMetric: 0, bothMetricStyles: true },
  interfaceShutdownByDefault: false,
  showsLocalRoutes: true,
  routingByDefault: true,
  asPathExpressions: 'as-numbers',
  // `show route` prints where a next hop leads; "resolve": only a route with a gateway resolves another.
  showsResolvedNextHops: true,
  showsResolvedTunnels: true,
  resolvesOnlyThroughGateways: true,
  // "Conditional Advertisement and Import Policy": if-route-exists is evaluated in export policies.
  routeConditionsOnlyOnExport: true,
};
