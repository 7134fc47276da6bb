import type { Located, Span } from '../span.ts';
import type { InterfaceService, ProtocolAuthentication } from './hardening.ts';

/** An address on an interface: canonical address text and prefix length, e.g. 10.0.0.1 and 31. */
export interface InterfaceAddress {
  readonly address: string;
  readonly length: number;
  readonly family: 'ipv4' | 'ipv6';
  readonly secondary: boolean;
  readonly linkLocal: boolean;
  readonly span: Span;
}

export interface Switchport {
  mode?: Located<'access' | 'trunk' | 'dot1q-tunnel' | 'routed'>;
  accessVlan?: Located<number>;
  nativeVlan?: Located<number>;
  /** VLANs allowed on the trunk as sorted ids; undefined means all. */
  allowedVlans?: Located<readonly number[]>;
  voiceVlan?: Located<number>;
  /** EOS trunk groups: a VLAN with a trunk group is carried only by trunks of that group. */
  trunkGroups?: Located<string>[];
}

export interface OspfInterface {
  /** Process id or instance name, where the attachment names one (`ip ospf 1 area 0`). */
  process?: string;
  area?: Located<string>;
  cost?: Located<number>;
  networkType?: Located<'broadcast' | 'point-to-point' | 'point-to-multipoint' | 'non-broadcast'>;
  priority?: Located<number>;
  helloSeconds?: Located<number>;
  deadSeconds?: Located<number>;
  passive?: Located<boolean>;
  mtuIgnore?: Located<boolean>;
  /** OSPF is switched off here, whatever attaches it. */
  disabled?: Located<boolean>;
  /** RFC 6860: the network of the link itself is not announced. */
  prefixSuppression?: Located<boolean>;
  authentication?: Located<'none' | 'simple' | 'message-digest' | 'key-chain'>;
  authenticationKey?: Located<Secret>;
  /** Chain of keys, or the algorithm of the one key. */
  authenticatedBy?: ProtocolAuthentication;
}

export interface IsisInterface {
  process?: string;
  span: Span;
  level?: Located<'1' | '2' | '1-2'>;
  metric?: { level1?: Located<number>; level2?: Located<number> };
  pointToPoint?: Located<boolean>;
  passive?: Located<boolean>;
  ipv4?: boolean;
  ipv6?: boolean;
  authenticatedBy?: ProtocolAuthentication;
}

/** RIP on an interface, where it differs from the process. */
export interface RipInterface {
  span: Span;
  sends?: Located<readonly (1 | 2)[]>;
  receives?: Located<readonly (1 | 2)[]>;
  passive?: Located<boolean>;
  /** Metric added to routes taken in, and the metric of own routes that are sent. */
  metricIn?: Located<number>;
  metricOut?: Located<number>;
  /** Prefixes that are sent instead of what lies inside of them. */
  summaries?: Located<string>[];
  /** Policies of the interface's group (Junos). */
  exportPolicy?: { readonly policies: readonly Located<string>[]; readonly span: Span };
  importPolicy?: { readonly policies: readonly Located<string>[]; readonly span: Span };
  /** Preference of routes learned here (Junos). */
  distance?: Located<number>;
}

export interface EigrpInterface {
  readonly asn: string;
  span: Span;
  /** The interface is in the process by a line of its own (NX-OS `ip router eigrp 1`), not by a `network` line. */
  enabled?: boolean;
  passive?: boolean;
  summaries?: Located<string>[];
  authenticatedBy?: ProtocolAuthentication;
  distributeLists?: {
    readonly list: Located<string>;
    readonly kind: 'prefix-list' | 'route-map';
    readonly direction: 'in' | 'out';
  }[];
}

/** A password or key and how it is stored. `plain` and `reversible` are readable by anyone who has the file. */
export interface Secret {
  readonly text: string;
  readonly storage: 'plain' | 'reversible' | 'hashed' | 'unknown';
  /** Vendor's type number or name, e.g. 0, 7, 8, sha512. */
  readonly type?: string;
}

/** Something that a first-hop group depends on: a track object, an interface, or a route by its prefix. */
export interface FirstHopTrack {
  readonly kind: 'object' | 'interface' | 'route';
  readonly target: string;
  readonly effect: number | 'shutdown';
  readonly span: Span;
}

/** First-hop redundancy: VRRP, HSRP, or a Junos / EOS virtual address. */
export interface FirstHopGroup {
  readonly protocol: 'vrrp' | 'hsrp' | 'varp';
  readonly group: number;
  readonly span: Span;
  addresses: Located<string>[];
  priority?: Located<number>;
  preempt?: Located<boolean>;
  /** What lowers the priority, or switches the group off, while it is down. */
  tracks?: FirstHopTrack[];
  /** The group is switched off (NX-OS VRRP, which starts so). */
  shutdown?: Located<boolean>;
}

/** Facts of a tunnel interface. */
export interface Tunnel {
  source?: Located<string>;
  destination?: Located<string>;
  mode?: Located<string>;
  vrf?: Located<string>;
  key?: Located<number>;
}

export interface Interface {
  /** Canonical full name, as the system shows it (GigabitEthernet0/1, Ethernet1, ge-0/0/0.0, swp1). */
  readonly name: string;
  span: Span;
  kind:
    | 'physical'
    | 'loopback'
    | 'aggregate'
    | 'vlan'
    | 'subinterface'
    | 'tunnel'
    | 'management'
    | 'bridge'
    | 'null'
    | 'other';
  description?: Located<string>;
  /** Administrative state: true = shut down. The default of the system is filled in by the dialect. */
  shutdown: Located<boolean> | boolean;
  vrf?: Located<string>;
  addresses: InterfaceAddress[];
  /** Borrows the address of this interface (ip unnumbered). */
  unnumbered?: Located<string>;
  dhcp?: Located<boolean>;
  ipv6Enabled?: Located<boolean>;
  mtu?: Located<number>;
  ipMtu?: Located<number>;
  bandwidthKbps?: Located<number>;
  delayTensOfMicroseconds?: Located<number>;
  speedMbps?: Located<number>;
  /** IEEE 802.1Q tag of a sub-interface. */
  encapsulationVlan?: Located<number>;
  parent?: string;
  /** VLAN of an SVI / IRB. */
  vlan?: number;
  /** False: an SVI stays up without a member port (EOS / IOS `no autostate`). */
  autostate?: Located<boolean>;
  switchport?: Switchport;
  /** Aggregate (port-channel) that this interface is a member of. */
  aggregate?: Located<string>;
  /** Linux bridge, or bridge domain (SR Linux MAC-VRF), that this interface is a port of; of an SVI, its own bridge. */
  bridge?: Located<string>;
  accessGroups: {
    readonly list: Located<string>;
    readonly direction: 'in' | 'out';
    readonly family: 'ipv4' | 'ipv6';
  }[];
  ospf?: OspfInterface;
  ospfv3?: OspfInterface;
  isis?: IsisInterface;
  /** EIGRP details set on the interface. */
  eigrp?: EigrpInterface[];
  rip?: RipInterface;
  firstHop: FirstHopGroup[];
  tunnel?: Tunnel;
  /** IPv6 router advertisements switched on or off by a line; absent = the system's default. */
  routerAdvertisements?: Located<boolean>;
  /** Timers of bidirectional forwarding detection, in milliseconds. */
  bfd?: Located<{ readonly intervalMs: number; readonly minRxMs: number; readonly multiplier: number }>;
  proxyArp?: Located<boolean>;
  /** What lines switch on or off here. */
  services?: Map<InterfaceService, Located<boolean>>;
  unicastReversePath?: Located<'strict' | 'loose'>;
  policyRouting?: Located<string>;
}
