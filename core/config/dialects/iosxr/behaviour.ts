import type { Behaviour } from '../../behaviour.ts';

/** Cisco IOS-XR 6 and 7. Sources: Routing Configuration Guide and Routing Command Reference for ASR 9000 / NCS 5500. */
export const behaviour: Behaviour = {
  // Routing Command Reference, "distance" commands; "distance bgp": 20 200 200.
  administrativeDistance: {
    connected: 0,
    static: 1,
    ebgp: 20,
    ibgp: 200,
    bgpLocal: 200,
    ospfIntra: 110,
    ospfInter: 110,
    ospfExternal: 110,
    isisL1: 115,
    isisL2: 115,
    isisL1External: 115,
    isisL2External: 115,
    eigrpInternal: 90,
    eigrpExternal: 170,
    rip: 120,
    aggregate: 200,
  },
  // "Implementing BGP", eBGP neighbours: without a policy no route is accepted and none is sent (RFC 8212).
  ebgpWithoutPolicy: { in: 'deny', out: 'deny' },
  // A policy or set that is not defined cannot be committed; what is read here nevertheless denies.
  undefinedRouteMap: 'deny',
  undefinedPrefixList: 'no-match',
  undefinedCommunityList: 'no-match',
  undefinedAsPathList: 'no-match',
  undefinedNeighbourFilter: 'deny',
  undefinedAccessList: 'permit',
  // "send-community-ebgp": external neighbours get none unless asked for, internal ones always do.
  sendsCommunitiesByDefault: false,
  sendsCommunitiesToInternal: true,
  // A neighbour exchanges routes of the address families that it names.
  ipv4UnicastByDefault: false,
  advertisesInactiveBgp: true,
  networkNeedsRoute: true,
  bgp: {
    // "additional-paths send" is the capability, "additional-paths selection" the choice.
    additionalPathsNeedCapability: true,
    // Cisco, "BGP Cost Community".
    comparesCostCommunities: true,
    // "router bgp vrf": routes go into and out of a VRF once it is named there.
    vrfsNeedOwnInstance: true,
    localWeight: 32768,
    maximumPaths: 1,
    maximumPathsIbgp: 1,
    multipathNeedsEqualAsPath: 'content',
    // "bgp bestpath compare-routerid" is off: of external paths the older one stays.
    prefersOldestExternal: true,
    alwaysCompareMed: false,
    // "BGP Best Path Algorithm": paths of one AS are always compared with each other first.
    deterministicMed: true,
    enforceFirstAs: true,
    // "as-path-loopcheck out": the neighbour's own AS in the path keeps the route from it.
    splitHorizonByPeerAs: true,
    ownRoutesKeepGateway: true,
  },
  ospf: {
    referenceBandwidthMbps: 100,
    maximumPaths: 32,
    defaultNetworkType: 'broadcast',
    loopbackAsStubHost: true,
    externalMetric: 20,
    externalMetricType: 2,
  },
  // Cisco "Implementing RIP": version 2 alone, no automatic summaries by default.
  rip: { hopAddedBy: 'sender', sends: [2], receives: [2], maximumPaths: 4 },
  isis: { defaultMetric: 10, wideMetrics: false, maximumPaths: 8 },
  interfaceShutdownByDefault: false,
  showsLocalRoutes: true,
  // "default-information originate (BGP)": needed beside `redistribute` for the default route.
  bgpRedistributesDefault: false,
  routingByDefault: true,
};
