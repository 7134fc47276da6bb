/**
 * What a network system does where systems differ, as data. One constant per dialect; the engine never asks for the
 * dialect's name. Sources are in each dialect's behaviour.ts.
 */
export interface Behaviour {
  /** Administrative distances (preferences) when nothing is configured. */
  readonly administrativeDistance: {
    readonly connected: number;
    readonly static: number;
    readonly ebgp: number;
    readonly ibgp: number;
    /** Locally originated BGP routes: aggregates and networks. */
    readonly bgpLocal: number;
    readonly ospfIntra: number;
    readonly ospfInter: number;
    readonly ospfExternal: number;
    readonly isisL1: number;
    readonly isisL2: number;
    readonly isisL1External: number;
    readonly isisL2External: number;
    readonly eigrpInternal: number;
    readonly eigrpExternal: number;
    readonly rip: number;
    readonly aggregate: number;
  };
  /** RFC 8212: routes of an eBGP neighbour without a policy. */
  readonly ebgpWithoutPolicy: { readonly in: 'permit' | 'deny'; readonly out: 'permit' | 'deny' };
  /** Effect of a reference to a route-map / policy that is not defined. */
  readonly undefinedRouteMap: 'permit' | 'deny';
  /** Effect of `match ... prefix-list X` where X is not defined: the condition holds, fails, or the term is ignored. */
  readonly undefinedPrefixList: 'match' | 'no-match';
  readonly undefinedCommunityList: 'match' | 'no-match';
  /** A definition holds communities of all kinds, and a policy names it without the kind (Junos, SR OS). Absent: no. */
  readonly communityDefinitionsOfAnyKind?: boolean;
  readonly undefinedAsPathList: 'match' | 'no-match';
  /** Effect of a neighbour's prefix-list / distribute-list / filter-list that is not defined. */
  readonly undefinedNeighbourFilter: 'permit' | 'deny';
  readonly undefinedAccessList: 'permit' | 'deny';
  /** Access-lists on interfaces. What is absent is not known, and no flow is then called permitted. */
  readonly packetFilters?: {
    /** A list that is applied and not defined. */
    readonly undefined?: 'permit' | 'deny';
    /** A list that is defined and has no entries. */
    readonly empty?: 'permit' | 'deny';
    /** Packets of the device itself pass its outbound filters unseen. Absent: they are filtered as others are. */
    readonly ownPacketsUnfiltered?: boolean;
  };
  /** Communities are sent to a neighbour without being asked for. */
  readonly sendsCommunitiesByDefault: boolean;
  /** Internal neighbours get communities whatever is asked for (IOS-XR). Absent: as the line above says. */
  readonly sendsCommunitiesToInternal?: boolean;
  /** The neighbour is active in IPv4 unicast without `activate`. */
  readonly ipv4UnicastByDefault: boolean;
  /** IPv4 unicast is no longer active by default once another family is configured (Junos). Absent: it stays active. */
  readonly defaultFamilyOnlyAlone?: boolean;
  /** An internal session to a neighbour that is not attached speaks from the loopback (SR OS: system address). Absent: no. */
  readonly internalSessionsFromLoopback?: boolean;
  /** BGP routes that are not the best in the main table are still advertised (inactive routes). */
  readonly advertisesInactiveBgp: boolean;
  /** `network` statements need an exact route in the table. */
  readonly networkNeedsRoute: boolean;
  readonly bgp: {
    readonly localWeight: number;
    readonly maximumPaths: number;
    readonly maximumPathsIbgp: number;
    readonly multipathNeedsEqualAsPath: 'content' | 'length';
    /** Prefer the oldest external path before the router id. The simulator has no age: it reports a tie instead. */
    readonly prefersOldestExternal: boolean;
    readonly alwaysCompareMed: boolean;
    readonly deterministicMed: boolean;
    readonly enforceFirstAs: boolean;
    /** Routes learned from one eBGP neighbour are not sent back to it / to neighbours of the same AS. */
    readonly splitHorizonByPeerAs: boolean;
    /** A MED goes on from one external neighbour to another (PAN-OS). Absent: it does not (RFC 4271 section 5.1.4). */
    readonly passesMedOn?: boolean;
    /** Additional paths are taken from a neighbour without being asked for (FRR, EOS). Absent: no. */
    readonly receivesAdditionalPaths?: boolean;
    /** Sending them wants the capability as well as the choice of paths (IOS, NX-OS, IOS-XR). Absent: the choice suffices. */
    readonly additionalPathsNeedCapability?: boolean;
    /** Order of the decision process where it is not Cisco's. */
    readonly decisionSteps?: readonly (
      | 'weight'
      | 'local-preference'
      | 'locally-originated'
      | 'as-path-length'
      | 'origin'
      | 'med'
      | 'external-over-internal'
      | 'igp-metric'
      | 'router-id'
      | 'cluster-list-length'
      | 'neighbour-address'
    )[];
    /** Cost communities take part in the decision (Cisco). Absent: no. */
    readonly comparesCostCommunities?: boolean;
    /** `maximum-paths` counts for internal paths as well. Absent: no. */
    readonly maximumPathsCoversIbgp?: boolean;
    /** What makes an aggregate: more specific paths of the BGP table (absent), or routes of any protocol. */
    readonly aggregateContributors?: 'bgp' | 'any';
    /** Origin of an aggregate without `as-set`: igp (absent), or the worst of its contributors. */
    readonly aggregateOrigin?: 'igp' | 'worst';
    /** Sources whose redistributed routes have origin igp. Absent: all are incomplete. */
    readonly redistributedAsIgp?: readonly string[];
    /** A network or redistributed route is sent to internal neighbours with its own gateway as next hop. Absent: no. */
    readonly ownRoutesKeepGateway?: boolean;
    /** A neighbour is sent its own address as the next hop of a route through it, and then refuses the route (FRR). Absent: no. */
    readonly announcesPeersOwnAddress?: boolean;
    /** `default-originate` without `always` needs a default route in the table. Absent: no. */
    readonly defaultOriginateNeedsRoute?: boolean;
    /** Outbound policies may change reflected routes. Absent: yes; FRR wants `bgp route-reflector allow-outbound-policy`. */
    readonly outboundPolicyChangesReflected?: boolean;
    /** ASes that an export policy prepends stand in front of the own AS (Junos). Absent: behind it. */
    readonly prependsBeforeOwnAs?: boolean;
    /** A path to a host whose next hop is that host is not put into the table: it would resolve itself. Absent: it is. */
    readonly refusesOwnNextHop?: boolean;
    /** The MED of an active route of OSPF or IS-IS is its metric (SR Linux). Absent: it has none. */
    readonly activeRoutesCarryMetric?: boolean;
    /** Export policies choose among all active routes; there are no `network` and `redistribute` lines (Junos, SR OS). Absent: no. */
    readonly exportsActiveRoutes?: boolean;
    /** A VRF exchanges routes only where BGP names it (IOS-XR). Absent: its targets suffice. */
    readonly vrfsNeedOwnInstance?: boolean;
    /** What VRFs of a device exchange with each other needs `auto-export` in both (Junos). Absent: targets suffice. */
    readonly leaksLocallyOnRequest?: boolean;
    /** Distance of a route of another VRF of the device that was not learned by BGP; `source` = it stays the route that it was. */
    readonly leakedDistance?: number | 'source';
    /** The host routes of own addresses go to other VRFs and to the VPN as well (SR OS). Absent: no. */
    readonly sharesHostRoutes?: boolean;
    /** A VRF with a VXLAN network and no targets has those of its AS and that network, and takes those of any AS (FRR). */
    readonly vniMakesTargets?: boolean;
    /** VRFs take part in EVPN only where they say so (Junos `ip-prefix-routes`, FRR `advertise`). Absent: all that have targets. */
    readonly evpnOnRequest?: boolean;
    /** Distance of host routes made of MAC/IP routes (EVPN type 2) where it differs from that of BGP. */
    readonly evpnHostDistance?: number;
    /** Policies tell routes of EVPN from those of BGP (Junos `protocol evpn`). Absent: no. */
    readonly namesEvpnRoutes?: boolean;
  };
  /** `next-hop-self` without `force` / `all` also counts for routes of internal neighbours that are reflected. Absent: no. */
  readonly nextHopSelfOnReflected?: boolean;
  readonly ospf: {
    readonly referenceBandwidthMbps: number;
    readonly maximumPaths: number;
    readonly defaultNetworkType: 'broadcast' | 'point-to-point';
    readonly loopbackAsStubHost: boolean;
    readonly externalMetric: number;
    readonly externalMetricType: 1 | 2;
    /** Cost of an interface while no reference bandwidth is configured. Absent: made from its bandwidth. */
    readonly fixedCost?: number;
    /** Cost of a loopback's address. Absent: 1. */
    readonly loopbackCost?: number;
    /** The same in version 3 where it differs. */
    readonly loopbackCostOfVersion3?: number;
    /** The quotient of reference and bandwidth is rounded; absent: cut off. */
    readonly roundsCost?: boolean;
    /** A `network` line must hold the whole subnet of an address (FRR). Absent: the address alone counts. */
    readonly networkHoldsSubnet?: boolean;
    /** The dead interval is four times the configured hello interval. Absent: yes; else four times the default one. */
    readonly deadFollowsHello?: boolean;
    /** Among paths to an AS boundary router cost alone counts, as in RFC 1583. Absent: no (RFC 2328). */
    readonly rfc1583Compatible?: boolean;
    /** The host route to the neighbour on an unnumbered link is shown as attached, without a gateway (EOS). Absent: no. */
    readonly showsUnnumberedNeighbourAsAttached?: boolean;
    /** A router's own table has the host routes by which its loopbacks are announced (FRR). Absent: no. */
    readonly listsOwnLoopbackHosts?: boolean;
    /** Metric of an originated default route, and of one announced `always`. Absent: 1. */
    readonly defaultRouteMetric?: { readonly present: number; readonly always: number };
    /** Metric of redistributed BGP routes where it differs from that of others (IOS: 1). */
    readonly bgpMetric?: number;
    /** `redistribute` without `subnets` takes networks of a class alone (IOS before 15.1(2)S). Absent: no. */
    readonly redistributesSubnetsOnRequest?: boolean;
    /** A range or summary puts a discard route of that metric into the table of its router. Absent: it does not. */
    readonly discardRouteMetric?: 'zero' | 'cost';
    /** Cost of what a border router announces between areas while it asks not to be used. Absent: as without it. */
    readonly maxMetricSummaryCost?: number;
    /** A stub area gets a default route only where its cost is configured (Junos). Absent: always. */
    readonly stubDefaultNeedsCost?: boolean;
    /** Border routers announce a default route into every not-so-stubby area. Absent: only with `no-summary`. */
    readonly defaultIntoNssa?: boolean;
    /** A forwarding address may lie on passive and point-to-point interfaces. Absent: only where hellos find several routers. */
    readonly forwardingAddressAnywhere?: boolean;
  };
  readonly isis: {
    readonly defaultMetric: number;
    readonly wideMetrics: boolean;
    readonly maximumPaths: number;
    /** Without a choice both narrow and wide metrics are announced (Junos, SR OS). Absent: only one kind. */
    readonly bothMetricStyles?: boolean;
    /** Metric of loopbacks that have no own. Absent: as of other interfaces. */
    readonly loopbackMetric?: number;
    /** Metric of interfaces that are made passive and have no own. Absent: as of other interfaces. */
    readonly passiveMetric?: number;
    /** A router of both levels announces into level 2 what level 1 reaches (ISO 10589 section 7.2.9.2). Absent: yes. */
    readonly announcesLevel1?: boolean;
    /** `default-information originate` needs a default route in the table unless it says `always`. Absent: no. */
    readonly defaultNeedsRoute?: boolean;
    /** A `passive-interface` line of the process announces the interface's networks by itself (IOS). Absent: no. */
    readonly passiveLineEnables?: boolean;
  };
  /** Of more equal paths than it may use the system takes those of the neighbours with the lowest router ids. Absent: by interface. */
  readonly fewerPathsByRouterId?: boolean;
  /** Virtual addresses in the routing table: of every member of a group, or of the active one. Absent: none. */
  readonly firstHopRoutes?: { readonly hsrp?: 'members' | 'active'; readonly vrrp?: 'members' | 'active' };
  readonly eigrp?: {
    /** Equal paths that share traffic. Absent: 4. */
    readonly maximumPaths?: number;
    /** Metric of redistributed routes for which neither line nor process names one. Absent: such routes are not taken. */
    readonly defaultMetric?: readonly number[];
  };
  /** RIP, where the system has it. */
  readonly rip?: {
    /** Who adds the hop to a metric: the router that sends a learned route on, or the one that takes it in (RFC 2453 3.9.2). */
    readonly hopAddedBy: 'sender' | 'receiver';
    /** Versions that are sent and taken in where no line says so. */
    readonly sends: readonly (1 | 2)[];
    readonly receives: readonly (1 | 2)[];
    /** Networks are announced by their class at its borders. Absent: no. */
    readonly autoSummary?: boolean;
    /** Metric of redistributed routes where no line says so; routes of connected and static sources have 1 anyway. Absent: they are not taken. */
    readonly redistributedMetric?: number;
    /** The metric of `redistribute connected` holds for the networks as well on which RIP runs by itself. Absent: no. */
    readonly connectedMetricForOwn?: boolean;
    readonly maximumPaths: number;
    /** `default-information originate` needs a default route in the table unless it says `always`. Absent: no. */
    readonly defaultNeedsRoute?: boolean;
    /** Export policies choose among all active routes, learned ones included, and nothing else is announced (Junos). Absent: no. */
    readonly announcesByPolicyAlone?: boolean;
  };
  /** Bandwidth in kbit/s of an Ethernet port of which nothing says it. Absent: 1 Gbit/s. */
  readonly ethernetBandwidthKbps?: number;
  /**
   * IP MTU of an interface where none is configured, and how much of a configured `mtu` is the layer-2 header. Absent:
   * 1500 and none. `default: null` = it depends on the port: it is not compared with a neighbour's.
   */
  readonly ipMtu?: { readonly default: number | null; readonly header: number };
  /** Interface state where the configuration says nothing. */
  readonly interfaceShutdownByDefault: boolean;
  /** `local` host routes (/32, /128) of the interfaces' own addresses are in the routing table. */
  readonly showsLocalRoutes: boolean;
  /** Unicast routing is on without `ip routing`. */
  readonly routingByDefault: boolean;
  /** What as-path expressions are written over: characters of the printed path (absent), or whole AS numbers (Junos, SR OS). */
  readonly asPathExpressions?: 'characters' | 'as-numbers';
  /** Redistributing BGP takes internal routes along. Absent: yes; IOS wants `bgp redistribute-internal`. */
  readonly redistributesInternalBgp?: boolean;
  /** Redistributing a protocol takes along the connected networks on which it runs (IOS). Absent: no. */
  readonly redistributesAttachedNetworks?: boolean;
  /** `redistribute` into BGP takes the default route along. Absent: yes; IOS wants `default-information originate`. */
  readonly bgpRedistributesDefault?: boolean;
  /** A static route's next hop may be resolved by the default route. Absent: yes. */
  readonly staticResolvesViaDefault?: boolean;
  /** No next hop is resolved by a route that drops or that names only an interface (Junos). Absent: such routes resolve. */
  readonly resolvesOnlyThroughGateways?: boolean;
  /** Conditions on other routes count in export policies only; elsewhere they always hold (Junos). Absent: everywhere. */
  readonly routeConditionsOnlyOnExport?: boolean;
  /** A BGP next hop may be resolved by the default route. Absent: yes. */
  readonly bgpResolvesViaDefault?: boolean;
  /**
   * The routing table shows where a recursive next hop leads (address and interface of the resolving route), not the
   * next hop as it was learned. Absent: as learned.
   */
  readonly showsResolvedNextHops?: boolean;
  /** The same for next hops of VPN routes, which lie at the other end of a tunnel (Junos). Absent: as learned. */
  readonly showsResolvedTunnels?: boolean;
}
