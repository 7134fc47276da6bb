import type { Behaviour } from '../../behaviour.ts';

/** FRRouting 8 to 10, profile `traditional` unless noted. Sources are files of the FRR repository and its manual. */
export const behaviour: Behaviour = {
  // lib/zebra.h ZEBRA_*_DISTANCE_DEFAULT; zebra/zebra_rib.c route_info[].
  administrativeDistance: {
    connected: 0,
    static: 1,
    ebgp: 20,
    ibgp: 200,
    // bgpd installs an aggregate as an iBGP-distance route (ZEBRA_IBGP_DISTANCE_DEFAULT).
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
  // Manual, bgp: "bgp ebgp-requires-policy" is on by default since 7.4 (RFC 8212), except in the datacenter profile.
  ebgpWithoutPolicy: { in: 'deny', out: 'deny' },
  // lib/routemap.c route_map_apply: no map, or one without entries, gives RMAP_DENYMATCH.
  undefinedRouteMap: 'deny',
  // bgpd/bgp_routemap.c: a list that cannot be looked up gives RMAP_NOMATCH.
  undefinedPrefixList: 'no-match',
  undefinedCommunityList: 'no-match',
  undefinedAsPathList: 'no-match',
  // lib/plist.c prefix_list_apply: no list gives PREFIX_DENY; lib/filter.c access_list_apply likewise.
  undefinedNeighbourFilter: 'deny',
  undefinedAccessList: 'deny',
  // Manual, bgp: "neighbor PEER send-community": all kinds are sent by default.
  sendsCommunitiesByDefault: true,
  ipv4UnicastByDefault: true,
  // bgpd advertises its best path; `bgp suppress-fib-pending` is off by default.
  advertisesInactiveBgp: true,
  // "bgp network import-check" is on in the traditional profile since 7.4.
  networkNeedsRoute: true,
  bgp: {
    // FRR manual, "disable-addpath-rx": paths are received unless it is configured.
    receivesAdditionalPaths: true,
    // "L3VNI": route targets are made of AS and VNI; imports look at the VNI alone. "advertise ipv4 unicast" exports.
    vniMakesTargets: true,
    evpnOnRequest: true,
    localWeight: 32768,
    // Built with --enable-multipath=256 by the packages; maximum-paths and its iBGP form both default to the build's limit.
    maximumPaths: 256,
    maximumPathsIbgp: 256,
    multipathNeedsEqualAsPath: 'content',
    // bgpd/bgp_route.c bgp_path_info_cmp step 12: the oldest external path wins unless compare-routerid is set.
    prefersOldestExternal: true,
    alwaysCompareMed: false,
    deterministicMed: true,
    enforceFirstAs: true,
    // subgroup_announce_check: not sent back to the peer it came from; the sender does not look at AS loops by default.
    splitHorizonByPeerAs: false,
    // bgp_aggregate_route: the worst origin of the contributors, with and without as-set.
    aggregateOrigin: 'worst',
    // subgroup_announce_check: the map of a reflected route works on a copy of the attributes.
    outboundPolicyChangesReflected: false,
    // bgp_redistribute_add and bgp_static_update carry the route's own next hop.
    ownRoutesKeepGateway: true,
    // bpacket_reformat_for_peer keeps any next hop on a shared network, as measured with 8.4.4.
    announcesPeersOwnAddress: true,
  },
  ospf: {
    // ospfd/ospfd.h OSPF_DEFAULT_REF_BANDWIDTH 100000 Mbit/s: a 1 Gbit/s port costs 100, as measured.
    referenceBandwidthMbps: 100_000,
    maximumPaths: 256,
    defaultNetworkType: 'broadcast',
    loopbackAsStubHost: true,
    externalMetric: 20,
    externalMetricType: 2,
    // ospfd/ospf_lsa.c lsa_link_loopback_set: cost 0.
    loopbackCost: 0,
    // A loopback with a shorter mask is a host route in its own router's table too, as measured with 8.4.4.
    listsOwnLoopbackHosts: true,
    // ospf6d treats a loopback as any interface, as measured.
    loopbackCostOfVersion3: 10,
    roundsCost: true,
    // ospfd/ospfd.c ospf_network_match_iface: prefix_match of the statement and the connected prefix.
    networkHoldsSubnet: true,
    // ospfd/ospfd.h DEFAULT_DEFAULT_ORIGINATE_METRIC, DEFAULT_DEFAULT_ALWAYS_METRIC.
    defaultRouteMetric: { present: 10, always: 1 },
    discardRouteMetric: 'zero',
    // ospfd/ospf_abr.c: OSPF_STUB_MAX_METRIC_SUMMARY_COST, as measured.
    maxMetricSummaryCost: 0xff0000,
    // ospfd/ospf_abr.c ospf_abr_announce_stub_defaults: every area that is not a normal one, as measured.
    defaultIntoNssa: true,
    // ospfd/ospf_lsa.c ospf_external_lsa_nexthop_get looks at no network type and at no passive setting.
    forwardingAddressAnywhere: true,
  },
  // isisd passes nothing from one level into the other, as measured; a passive interface keeps the default metric.
  // FRR manual "RIP": sends version 2, receives both; one path unless `allow-ecmp`; default metric 1.
  // ripd/ripd.c rip_output_process: the metric of a source is that of every route of this type, its own networks included.
  rip: {
    hopAddedBy: 'receiver',
    sends: [2],
    receives: [1, 2],
    redistributedMetric: 1,
    connectedMetricForOwn: true,
    maximumPaths: 1,
  },
  isis: { defaultMetric: 10, wideMetrics: true, maximumPaths: 256, defaultNeedsRoute: true, announcesLevel1: false },
  // ospfd/ospfd.h OSPF_DEFAULT_BANDWIDTH 10000 Mbit/s, which is also what the kernel says of a veth.
  ethernetBandwidthKbps: 10_000_000,
  interfaceShutdownByDefault: false,
  // zebra lists local host routes from 9.1 on only; the common 8.x does not have them.
  showsLocalRoutes: false,
  routingByDefault: true,
};
