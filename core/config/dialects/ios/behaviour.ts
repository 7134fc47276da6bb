import type { Behaviour } from '../../behaviour.ts';

/** Cisco IOS 15 and IOS-XE 16 / 17. Sources: Cisco IOS IP Routing command references and configuration guides. */
export const behaviour: Behaviour = {
  // "What Is Administrative Distance?" (Cisco document 15986).
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
  // RFC 8212 behaviour only with "bgp safe-ebgp-policy".
  ebgpWithoutPolicy: { in: 'permit', out: 'permit' },
  // A neighbour's route-map that does not exist denies every route.
  undefinedRouteMap: 'deny',
  // A reference to a list that does not exist is as if the list permitted everything.
  undefinedPrefixList: 'match',
  undefinedCommunityList: 'no-match',
  undefinedAsPathList: 'no-match',
  undefinedNeighbourFilter: 'permit',
  undefinedAccessList: 'permit',
  // Cisco, "Configuring IP Access Lists" (document 23602): a list that is not defined permits everything, as does one
  // without entries; an outbound list does not look at packets of the router itself.
  packetFilters: { undefined: 'permit', empty: 'permit', ownPacketsUnfiltered: true },
  // "neighbor send-community": no communities are sent unless asked for.
  sendsCommunitiesByDefault: false,
  ipv4UnicastByDefault: true,
  // Inactive routes are advertised unless "bgp suppress-inactive".
  advertisesInactiveBgp: true,
  networkNeedsRoute: true,
  bgp: {
    // "BGP Additional Paths": capability, selection and advertisement are configured apart.
    additionalPathsNeedCapability: true,
    // Cisco, "BGP Cost Community".
    comparesCostCommunities: true,
    localWeight: 32768,
    maximumPaths: 1,
    maximumPathsIbgp: 1,
    multipathNeedsEqualAsPath: 'content',
    // "BGP Best Path Selection Algorithm" (Cisco document 13753), step 10.
    prefersOldestExternal: true,
    alwaysCompareMed: false,
    deterministicMed: false,
    enforceFirstAs: true,
    splitHorizonByPeerAs: false,
    // "BGP next hop" (Cisco document 13753): a network or redistributed route keeps the IGP next hop.
    ownRoutesKeepGateway: true,
  },
  ospf: {
    referenceBandwidthMbps: 100,
    maximumPaths: 4,
    defaultNetworkType: 'broadcast',
    loopbackAsStubHost: true,
    externalMetric: 20,
    externalMetricType: 2,
    // "compatible rfc1583" is on by default.
    rfc1583Compatible: true,
    // Command reference, "redistribute (IP)": BGP routes have metric 1, all others 20.
    bgpMetric: 1,
    redistributesSubnetsOnRequest: true,
    discardRouteMetric: 'cost',
  },
  // Command reference, "passive-interface": the networks of a passive interface are announced.
  // Cisco "IP Routing: RIP Configuration Guide": version 1 is sent and both are received by default, automatic
  // summaries are on, four paths share traffic; document 8606: sources other than connected and static need a metric.
  rip: { hopAddedBy: 'sender', sends: [1], receives: [1, 2], autoSummary: true, maximumPaths: 4 },
  isis: { defaultMetric: 10, wideMetrics: false, maximumPaths: 4, passiveMetric: 0, passiveLineEnables: true },
  // A router's physical ports are shut down in the factory state, but a configuration that says nothing of it is up.
  // A port named Ethernet is one of 10 Mbit/s.
  ethernetBandwidthKbps: 10_000,
  interfaceShutdownByDefault: false,
  showsLocalRoutes: true,
  // "redistribute (IP)": the networks on which the source protocol runs go along.
  redistributesAttachedNetworks: true,
  // "bgp redistribute-internal": off by default.
  redistributesInternalBgp: false,
  // "default-information originate (BGP)": needed beside `redistribute` for the default route.
  bgpRedistributesDefault: false,
  routingByDefault: true,
};
