import type { Behaviour } from '../../behaviour.ts';

/** Cisco NX-OS 7 to 10. Sources: Cisco Nexus 9000 Series NX-OS Unicast Routing Configuration Guide and command references. */
export const behaviour: Behaviour = {
  // Unicast guide, "Default Settings" of each protocol; local BGP routes have 220 ("distance" of the BGP reference).
  administrativeDistance: {
    connected: 0,
    static: 1,
    ebgp: 20,
    ibgp: 200,
    bgpLocal: 220,
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
    aggregate: 220,
  },
  ebgpWithoutPolicy: { in: 'permit', out: 'permit' },
  // Unicast guide, "Configuring Route Policy Manager", guidelines: an empty route-map denies all routes, an empty
  // prefix-list permits all; one that does not exist is an empty one.
  undefinedRouteMap: 'deny',
  undefinedPrefixList: 'match',
  undefinedCommunityList: 'no-match',
  undefinedAsPathList: 'no-match',
  undefinedNeighbourFilter: 'permit',
  undefinedAccessList: 'permit',
  // Cisco, "NX-OS Security Configuration Guide", IP ACLs: a list that does not exist permits everything.
  packetFilters: { undefined: 'permit' },
  // "send-community" of the BGP reference: none are sent unless asked for.
  sendsCommunitiesByDefault: false,
  // "You must explicitly configure an address family under a neighbor for the BGP session establishment."
  ipv4UnicastByDefault: false,
  // Inactive routes are advertised unless "suppress-inactive".
  advertisesInactiveBgp: true,
  networkNeedsRoute: true,
  bgp: {
    // "Configuring BGP Additional Paths": capability and selection are configured apart.
    additionalPathsNeedCapability: true,
    // Cisco, "BGP Cost Community".
    comparesCostCommunities: true,
    localWeight: 32768,
    maximumPaths: 1,
    maximumPathsIbgp: 1,
    multipathNeedsEqualAsPath: 'content',
    // "bestpath compare-routerid" is off: of external paths the older one stays.
    prefersOldestExternal: true,
    alwaysCompareMed: false,
    // "bestpath med non-deterministic" switches it off.
    deterministicMed: true,
    enforceFirstAs: true,
    // "disable-peer-as-check": without it a route whose last AS is the neighbour's is not sent there.
    splitHorizonByPeerAs: true,
    // Seen on NX-OS 9.2: such a path is best in the BGP table and absent from the routing table.
    refusesOwnNextHop: true,
  },
  ospf: {
    // Unicast guide, "Configuring OSPFv2", default settings: 40 Gbit/s, 8 paths.
    referenceBandwidthMbps: 40_000,
    maximumPaths: 8,
    defaultNetworkType: 'broadcast',
    loopbackAsStubHost: true,
    externalMetric: 20,
    externalMetricType: 2,
  },
  // Unicast guide, "Configuring IS-IS", default settings: metric 40, wide metrics.
  // Cisco "Configuring RIP" for NX-OS: version 2 alone; `metric-offset` adds 1 to what is received; default metric 1.
  rip: {
    hopAddedBy: 'receiver',
    sends: [2],
    receives: [2],
    redistributedMetric: 1,
    maximumPaths: 8,
    defaultNeedsRoute: true,
  },
  isis: { defaultMetric: 40, wideMetrics: true, maximumPaths: 8, loopbackMetric: 1 },
  // "maximum-paths (EIGRP)": 8; "default-metric": 100000 100 255 1 1500 without being configured.
  eigrp: { maximumPaths: 8, defaultMetric: [100_000, 100, 255, 1, 1500] },
  // "show ip route hsrp": standby members have the route as well; VRRP has it on the master.
  firstHopRoutes: { hsrp: 'members', vrrp: 'active' },
  // Holds for routed ports, VLAN interfaces and tunnels; the dialect fills it in port by port.
  interfaceShutdownByDefault: false,
  showsLocalRoutes: true,
  // "default-information originate (BGP)": needed beside `redistribute` for the default route.
  bgpRedistributesDefault: false,
  routingByDefault: true,
};
