import type { Behaviour } from '../../behaviour.ts';

/** Arista EOS 4.2x, `service routing protocols model multi-agent`. Sources: Arista EOS user manual, by chapter. */
export const behaviour: Behaviour = {
  // "Administrative distance" in the chapters IPv4, OSPF, IS-IS, RIP and "distance bgp" in BGP (default 200 200 200).
  administrativeDistance: {
    connected: 0,
    static: 1,
    ebgp: 200,
    ibgp: 200,
    bgpLocal: 200,
    ospfIntra: 110,
    ospfInter: 110,
    ospfExternal: 110,
    isisL1: 115,
    isisL2: 115,
    isisL1External: 115,
    isisL2External: 115,
    // EIGRP is not implemented; the industry's values.
    eigrpInternal: 90,
    eigrpExternal: 170,
    rip: 120,
    aggregate: 200,
  },
  // BGP: "bgp missing-policy direction in|out action permit" is the default.
  ebgpWithoutPolicy: { in: 'permit', out: 'permit' },
  // BGP: a neighbour whose route-map does not exist takes every route.
  undefinedRouteMap: 'permit',
  undefinedPrefixList: 'no-match',
  undefinedCommunityList: 'no-match',
  undefinedAsPathList: 'no-match',
  undefinedNeighbourFilter: 'permit',
  undefinedAccessList: 'permit',
  // EOS takes an interface's list that is not defined as if it were not applied.
  packetFilters: { undefined: 'permit' },
  // BGP: "neighbor send-community" is off by default.
  sendsCommunitiesByDefault: false,
  ipv4UnicastByDefault: true,
  // BGP: "bgp advertise-inactive" is off: only routes that are active in the routing table are advertised.
  advertisesInactiveBgp: false,
  networkNeedsRoute: true,
  bgp: {
    // "bgp additional-paths receive" is on by default.
    receivesAdditionalPaths: true,
    // "Locally originated routes" have weight 0 on EOS in ribd; 32768 is not used.
    localWeight: 0,
    // "maximum-paths" default 1, and it covers iBGP as well.
    maximumPaths: 1,
    maximumPathsIbgp: 1,
    maximumPathsCoversIbgp: true,
    // "bgp bestpath as-path multipath-relax" is on by default.
    multipathNeedsEqualAsPath: 'length',
    // "bgp bestpath tie-break age" is off by default in multi-agent mode.
    prefersOldestExternal: true,
    alwaysCompareMed: false,
    deterministicMed: true,
    enforceFirstAs: true,
    splitHorizonByPeerAs: true,
    // BGP: "aggregate-address": any active route inside the range contributes; the origin is the worst of them.
    aggregateContributors: 'any',
    aggregateOrigin: 'worst',
    // As `show ip bgp` prints redistributed connected routes: origin IGP.
    redistributedAsIgp: ['connected'],
  },
  ospf: {
    referenceBandwidthMbps: 100,
    maximumPaths: 128,
    defaultNetworkType: 'broadcast',
    loopbackAsStubHost: true,
    externalMetric: 1,
    externalMetricType: 2,
    // OSPFv2: "ip ospf cost": 10 on every interface until "auto-cost reference-bandwidth" is configured.
    fixedCost: 10,
    loopbackCost: 10,
    deadFollowsHello: false,
    showsUnnumberedNeighbourAsAttached: true,
  },
  // EOS manual "RIP": version 2 by default, default metric of redistributed routes 1.
  rip: { hopAddedBy: 'receiver', sends: [2], receives: [1, 2], redistributedMetric: 1, maximumPaths: 16 },
  isis: { defaultMetric: 10, wideMetrics: true, maximumPaths: 128 },
  interfaceShutdownByDefault: false,
  showsLocalRoutes: false,
  // `show ip route` prints the interfaces and gateways that a recursive next hop leads to.
  showsResolvedNextHops: true,
  // "ip routing" is off until configured; unlike on a router.
  routingByDefault: false,
};
