import type { Located, Span } from '../span.ts';
import type { ProtocolAuthentication } from './hardening.ts';
import type { Secret } from './interface.ts';

export type AddressFamily =
  | 'ipv4-unicast'
  | 'ipv6-unicast'
  | 'ipv4-multicast'
  | 'ipv6-multicast'
  | 'vpnv4-unicast'
  | 'vpnv6-unicast'
  | 'ipv4-labeled'
  | 'ipv6-labeled'
  | 'l2vpn-evpn'
  | 'other';

/** A chain of policies, evaluated in order; route-map systems have one, Junos and SR OS may have several. */
export interface PolicyUse {
  readonly policies: readonly Located<string>[];
  readonly span: Span;
}

export interface MaximumPrefix {
  /** 0 = no limit (EOS `maximum-routes 0`). */
  readonly limit: number;
  readonly warnPercent?: number;
  readonly action: 'shutdown' | 'warning-only' | 'restart';
  readonly restartMinutes?: number;
}

/** What is set per neighbour and address family. Absent = not set here (inherited, or the system's default). */
export interface BgpNeighbourFamily {
  span: Span;
  activate?: Located<boolean>;
  policyIn?: PolicyUse;
  policyOut?: PolicyUse;
  prefixListIn?: Located<string>;
  prefixListOut?: Located<string>;
  distributeListIn?: Located<string>;
  distributeListOut?: Located<string>;
  asPathListIn?: Located<string>;
  asPathListOut?: Located<string>;
  /** `force` also applies to routes learned by iBGP (reflected ones). */
  nextHopSelf?: Located<'set' | 'force' | 'off'>;
  nextHopUnchanged?: Located<boolean>;
  sendCommunity?: Located<readonly ('standard' | 'extended' | 'large')[]>;
  routeReflectorClient?: Located<boolean>;
  defaultOriginate?: Located<{ readonly policy?: string; readonly always?: boolean }>;
  maximumPrefix?: Located<MaximumPrefix>;
  allowAsIn?: Located<number>;
  asOverride?: Located<boolean>;
  /** Sends routes even when the neighbour's AS is the first of their path (NX-OS `disable-peer-as-check`, IOS-XR `as-path-loopcheck out disable`). */
  peerAsCheckDisabled?: Located<boolean>;
  /** Sends routes on with these attributes as they came (FRR `attribute-unchanged`). */
  attributesUnchanged?: Located<readonly ('as-path' | 'next-hop' | 'med')[]>;
  /** The neighbour is a client of this route server (RFC 7947). */
  routeServerClient?: Located<boolean>;
  removePrivateAs?: Located<'remove' | 'all' | 'replace'>;
  weight?: Located<number>;
  /** Distance of routes from the neighbour. */
  distance?: Located<number>;
  /** Local preference of routes that come from an external neighbour, and of own ones that go to an internal one. */
  localPreference?: Located<number>;
  /** MED of routes that are sent, before policies: a number, or the cost of the next hop. */
  metricOut?: Located<number | 'igp'>;
  softReconfiguration?: Located<boolean>;
  unsuppressMap?: Located<string>;
  advertiseMap?: Located<{ readonly map: string; readonly condition: string; readonly when: 'exist' | 'non-exist' }>;
  /** Paths that are sent beside the best one (RFC 7911): all, those that share the load, or so many with the best. */
  addPathsSend?: Located<'all' | 'ecmp' | number>;
  addPathsReceive?: Located<boolean>;
  /** The capability to send them, where choosing paths is another line (IOS, NX-OS, IOS-XR). */
  addPathsMaySend?: Located<boolean>;
  /** Templates that this family alone inherits (NX-OS peer-policy, IOS-XR af-group), strongest first. */
  templates?: Located<string>[];
}

/** A neighbour, or a peer-group / template / Junos group when `kind` is group. */
export interface BgpNeighbour {
  /** Peer address (canonical text), interface name for an unnumbered neighbour, or the group's name. */
  readonly id: string;
  readonly kind: 'address' | 'interface' | 'group';
  span: Span;
  remoteAs?: Located<number | 'internal' | 'external'>;
  /** Peer-group or template that this one inherits from. */
  group?: Located<string>;
  /** Further templates (NX-OS peer-session / peer-policy, IOS-XR session-group and af-group), strongest first. */
  templates?: Located<string>[];
  description?: Located<string>;
  shutdown?: Located<boolean>;
  updateSource?: Located<string>;
  /** Interface of a link-local neighbour address (FRR `neighbor fe80::1 interface eth0`). */
  interface?: Located<string>;
  ebgpMultihop?: Located<number>;
  ttlSecurityHops?: Located<number>;
  disableConnectedCheck?: Located<boolean>;
  password?: Located<Secret>;
  /** Keys of the TCP authentication option (RFC 5925), or of MD5 by a chain. */
  authenticatedBy?: ProtocolAuthentication;
  localAs?: Located<{
    readonly asn: number;
    readonly noPrepend: boolean;
    readonly replaceAs: boolean;
    readonly dualAs: boolean;
  }>;
  localAddress?: Located<string>;
  passive?: Located<boolean>;
  timers?: Located<{ readonly keepaliveSeconds: number; readonly holdSeconds: number }>;
  bfd?: Located<boolean>;
  enforceFirstAs?: Located<boolean>;
  clusterId?: Located<string>;
  /** IPv4 routes with an IPv6 next hop (RFC 8950): FRR `capability extended-nexthop`, EOS `next-hop address-family ipv6 originate`. */
  extendedNextHop?: Located<boolean>;
  /**
   * Settings that stand at the neighbour and hold in every address family that has no own (EOS). The dialect's finish
   * step copies them into `families`; readers of a finished device need not look here.
   */
  everyFamily?: BgpNeighbourFamily;
  families: Map<AddressFamily, BgpNeighbourFamily>;
}

export interface Redistribution {
  /** Source protocol in the field's term: connected, static, ospf, isis, eigrp, rip, bgp, kernel, attached-host. */
  readonly source: string;
  /** Also routes that were leaked from another VRF (EOS `include leaked`, `redistribute bgp leaked`). */
  readonly includeLeaked?: boolean;
  /** Process id / AS number / instance of the source, where named. */
  readonly sourceId?: string;
  readonly policy?: PolicyUse;
  readonly metric?: number;
  readonly metricType?: 1 | 2;
  readonly tag?: number;
  /** IOS `match internal external 1 ...`, EIGRP metrics and the like, in the words of the command. */
  readonly matchTypes?: readonly string[];
  readonly eigrpMetric?: readonly number[];
  readonly subnets?: boolean;
  readonly level?: '1' | '2' | '1-2';
  readonly span: Span;
}

export interface Aggregate {
  readonly prefix: string;
  readonly summaryOnly: boolean;
  readonly asSet: boolean;
  readonly attributeMap?: Located<string>;
  readonly suppressMap?: Located<string>;
  readonly advertiseMap?: Located<string>;
  readonly matchMap?: Located<string>;
  /** Only announced, without a route of its own (EOS `advertise-only`). */
  readonly advertiseOnly?: boolean;
  readonly origin?: 'igp' | 'egp' | 'incomplete';
  readonly span: Span;
}

export interface BgpFamily {
  readonly family: AddressFamily;
  span: Span;
  networks: {
    readonly prefix: string;
    readonly policy?: Located<string>;
    readonly backdoor?: boolean;
    readonly span: Span;
  }[];
  redistribute: Redistribution[];
  aggregates: Aggregate[];
  maximumPaths?: Located<number>;
  maximumPathsIbgp?: Located<number>;
  maximumPathsEibgp?: Located<number>;
  distances?: Located<{ readonly external: number; readonly internal: number; readonly local: number }>;
  defaultInformationOriginate?: Located<boolean>;
  /** The same as at the neighbours, where they say nothing. */
  addPathsSend?: Located<'all' | 'ecmp' | number>;
  addPathsReceive?: Located<boolean>;
  addPathsMaySend?: Located<boolean>;
  /** Policy that chooses the paths (NX-OS, IOS-XR). */
  addPathsPolicy?: Located<string>;
  tableMap?: Located<string>;
  /** FRR `import vrf X`, IOS-XR / EOS leaking inside BGP. */
  importVrfs?: Located<string>[];
  importPolicy?: PolicyUse;
  exportPolicy?: PolicyUse;
  /** VPN labels and leaking: FRR `import vpn` / `export vpn`. */
  importVpn?: Located<boolean>;
  exportVpn?: Located<boolean>;
  /** EVPN: advertise all VNIs, advertise IPv4 / IPv6 unicast as type 5. */
  advertiseAllVni?: Located<boolean>;
  advertiseUnicast?: { readonly family: 'ipv4' | 'ipv6'; readonly policy?: Located<string>; readonly span: Span }[];
}

/** One BGP instance: an AS number in one VRF (`default` is the global table). */
export interface BgpProcess {
  readonly vrf: string;
  asn: Located<number>;
  span: Span;
  routerId?: Located<string>;
  clusterId?: Located<string>;
  neighbours: Map<string, BgpNeighbour>;
  groups: Map<string, BgpNeighbour>;
  /** Dynamic neighbours: peers from this range are accepted with the group's settings. */
  listenRanges: {
    readonly prefix: string;
    readonly group: string;
    readonly remoteAs?: readonly (readonly [number, number])[];
    /** Name of the peer-filter (EOS) that `remoteAs` comes from. */
    readonly peerFilter?: Located<string>;
    readonly span: Span;
  }[];
  families: Map<AddressFamily, BgpFamily>;
  /** Absent = the dialect's default (`Behaviour`). */
  options: {
    ebgpRequiresPolicy?: Located<boolean>;
    defaultIpv4Unicast?: Located<boolean>;
    defaultLocalPreference?: Located<number>;
    defaultMetric?: Located<number>;
    compareRouterId?: Located<boolean>;
    alwaysCompareMed?: Located<boolean>;
    deterministicMed?: Located<boolean>;
    medMissingAsWorst?: Located<boolean>;
    asPathIgnore?: Located<boolean>;
    asPathMultipathRelax?: Located<boolean>;
    enforceFirstAs?: Located<boolean>;
    fastExternalFailover?: Located<boolean>;
    logNeighbourChanges?: Located<boolean>;
    clientToClientReflection?: Located<boolean>;
    synchronization?: Located<boolean>;
    autoSummary?: Located<boolean>;
    networkImportCheck?: Located<boolean>;
    shutdown?: Located<boolean>;
    /** EOS `bgp missing-policy`: what happens to an external neighbour's routes without a policy (RFC 8212). */
    missingPolicyIn?: Located<'permit' | 'deny'>;
    missingPolicyOut?: Located<'permit' | 'deny'>;
    /** RFC 8326: routes are sent with the GRACEFUL_SHUTDOWN community and received ones get local preference 0. */
    gracefulShutdown?: Located<boolean>;
    /** All external sessions may be on loopbacks with one hop (FRR `bgp disable-ebgp-connected-route-check`). */
    disableConnectedCheck?: Located<boolean>;
    /** Outbound policies may change attributes of reflected routes. */
    reflectorOutboundPolicy?: Located<boolean>;
    rejectAsSets?: Located<boolean>;
    /** Internal and external paths may share traffic (FRR `bgp bestpath peer-type multipath-relax`). */
    peerTypeMultipathRelax?: Located<boolean>;
    advertiseInactive?: Located<boolean>;
    redistributeInternal?: Located<boolean>;
    medConfed?: Located<boolean>;
    asPathConfed?: Located<boolean>;
    igpMetricIgnore?: Located<boolean>;
    costCommunityIgnore?: Located<boolean>;
    bestpathTieBreakAge?: Located<boolean>;
    timers?: Located<{ readonly keepaliveSeconds: number; readonly holdSeconds: number }>;
    confederation?: { identifier?: Located<number>; peers: number[] };
  };
}
