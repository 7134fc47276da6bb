import type { Located, Span } from '../span.ts';
import type { BgpProcess } from './bgp.ts';
import type { KeyChain } from './hardening.ts';
import type { EigrpProcess, IsisProcess, OspfProcess, RipProcess } from './igp.ts';
import type { Interface } from './interface.ts';
import type { Management } from './management.ts';
import type { AccessList, AsPathList, CommunityList, PrefixList, RoutePolicy } from './policy.ts';

/** Network systems whose configuration language is understood. `unknown` keeps the tree and models nothing. */
export type DialectId =
  | 'frr'
  | 'eos'
  | 'ios'
  | 'iosxr'
  | 'nxos'
  | 'junos'
  | 'sros'
  | 'srlinux'
  | 'panos'
  | 'gaia'
  | 'fortios'
  | 'acos'
  | 'unknown';

export interface Vrf {
  readonly name: string;
  span: Span;
  description?: Located<string>;
  routeDistinguisher?: Located<string>;
  importTargets: Located<string>[];
  exportTargets: Located<string>[];
  importMap?: Located<string>;
  exportMap?: Located<string>;
  /** Leaking between a VRF and the global table (IOS `import ipv4 unicast map`, `export ipv4 unicast map`). */
  importFromGlobal?: Located<string>;
  exportToGlobal?: Located<string>;
  vni?: Located<number>;
  /** Targets that hold for EVPN routes alone (NX-OS `route-target ... evpn`). */
  evpn?: { importTargets: Located<string>[]; exportTargets: Located<string>[] };
  /** Routes go to other VRFs of the device by their targets (Junos `auto-export`). */
  autoExport?: Located<boolean>;
  /** Routes of the table as EVPN type 5 routes, where a system wants to be told (Junos `ip-prefix-routes`). */
  prefixRoutes?: {
    readonly span: Span;
    vni?: Located<number>;
    importMap?: Located<string>;
    exportMap?: Located<string>;
  };
  /** MAC/IP routes (EVPN type 2) of its VLANs become host routes (Junos `irb-symmetric-routing`). */
  hostRoutes?: Located<number>;
  /** What IPv6 has apart from IPv4 (IOS `vrf definition` / `address-family ipv6`); absent = the same as above. */
  ipv6?: {
    importTargets: Located<string>[];
    exportTargets: Located<string>[];
    importMap?: Located<string>;
    exportMap?: Located<string>;
  };
  /** Whether unicast routing is on in this VRF (EOS `ip routing vrf X`). */
  routing?: Located<boolean>;
  ipv6Routing?: Located<boolean>;
  interfaces: Located<string>[];
}

export interface StaticRoute {
  readonly vrf: string;
  /** Canonical prefix text. */
  readonly prefix: string;
  readonly family: 'ipv4' | 'ipv6';
  /** A gateway, an interface, both, another VRF's table, or a drop. */
  readonly nextHop: {
    readonly ip?: string;
    readonly interface?: string;
    readonly vrf?: string;
    readonly drop?: 'discard' | 'reject';
  };
  readonly distance?: number;
  readonly metric?: number;
  readonly tag?: number;
  readonly track?: string;
  readonly name?: string;
  /** Junos: may resolve through another route; IOS: always, EOS: always, Junos static: only with `resolve`. */
  readonly recursive?: boolean;
  readonly permanent?: boolean;
  /** Holds only while a BFD session with the gateway is up. */
  readonly bfd?: boolean;
  readonly communities?: readonly string[];
  readonly noReadvertise?: boolean;
  readonly span: Span;
}

/** Junos `aggregate` / `generate`, SR OS `aggregate`: a route that exists while a more specific contributes. */
export interface AggregateRoute {
  readonly vrf: string;
  readonly prefix: string;
  readonly kind: 'aggregate' | 'generate';
  readonly distance?: number;
  readonly policy?: Located<string>;
  readonly discard: boolean;
  readonly communities?: readonly string[];
  readonly summaryOnly?: boolean;
  readonly span: Span;
}

/** Routes of one table that another table has as well (Junos rib-groups and `instance-import`). */
export interface TableLeak {
  /** The table that the routes are in; undefined = every other one, and the policy decides (`instance-import`). */
  readonly from: string | undefined;
  readonly to: string;
  readonly family: 'ipv4' | 'ipv6';
  /** Protocols whose routes are copied, as the engine names them; undefined = all. */
  readonly protocol: 'connected' | 'static' | 'ospf' | 'isis' | 'bgp' | undefined;
  readonly policies: readonly Located<string>[];
  readonly span: Span;
}

/** A name made by a line: the target of go-to-definition, rename and "undefined name" rules. */
export type SymbolKind =
  | 'interface'
  | 'vrf'
  | 'route-map'
  | 'prefix-list'
  | 'ipv6-prefix-list'
  | 'community-list'
  | 'extended-community-list'
  | 'large-community-list'
  | 'as-path-list'
  | 'access-list'
  | 'ipv6-access-list'
  | 'bgp-group'
  | 'bgp-neighbour'
  | 'ospf-process'
  | 'vlan'
  | 'key-chain'
  | 'track'
  | 'aaa-list'
  | 'class-map'
  | 'policy-map'
  | 'object-group'
  | 'user';

export interface Symbol {
  readonly kind: SymbolKind;
  readonly name: string;
  readonly span: Span;
}

/** A line that is kept but whose meaning is not modelled. */
export interface NotModelled {
  readonly span: Span;
  /** The line with its ancestors' words in front, so that it reads alone: `router bgp 65001 / foo bar`. */
  readonly text: string;
  /** False only when the dialect knows that the command cannot change routes, sessions or forwarding. */
  readonly mayAffectRouting: boolean;
}

/** A track object (reachability, interface state) that a static route or FHRP group may depend on. */
export interface TrackObject {
  readonly id: string;
  readonly kind: 'interface' | 'route' | 'sla' | 'list' | 'other';
  readonly target?: string;
  /** Members of a list. */
  members?: { readonly id: string; readonly negated: boolean }[];
  readonly span: Span;
}

/** A probe of a service level agreement, by its number: the address that it asks, where it is a plain echo. */
export interface Probe {
  readonly id: string;
  echo?: Located<string>;
  readonly span: Span;
}

/** The vendor-neutral device, built by a dialect. While it is built it is mutable; everyone else reads `Device`. */
export interface DeviceDraft {
  /** Name of the node in the lab; the file's name where there is no lab. */
  readonly name: string;
  readonly dialect: DialectId;
  /** Path of the main configuration file, as given by the caller. */
  readonly file: string;
  hostname?: Located<string>;
  /** Version or model as the configuration states it (`! device: r1 (cEOSLab, EOS-4.28.1F)`, `version 15.9`). */
  softwareVersion?: Located<string>;
  vrfs: Map<string, Vrf>;
  interfaces: Map<string, Interface>;
  vlans: Map<
    number,
    {
      readonly id: number;
      name?: Located<string>;
      vni?: number;
      suspended?: boolean;
      trunkGroups?: Located<string>[];
      span: Span;
    }
  >;
  staticRoutes: StaticRoute[];
  aggregateRoutes: AggregateRoute[];
  bgp: BgpProcess[];
  ospf: OspfProcess[];
  isis: IsisProcess[];
  eigrp: EigrpProcess[];
  rip: RipProcess[];
  policies: Map<string, RoutePolicy>;
  /** Keyed by prefixListKey(family, name). */
  prefixLists: Map<string, PrefixList>;
  communityLists: Map<string, CommunityList>;
  extendedCommunityLists: Map<string, CommunityList>;
  largeCommunityLists: Map<string, CommunityList>;
  asPathLists: Map<string, AsPathList>;
  /** Keyed by prefixListKey(family, name) as well. */
  accessLists: Map<string, AccessList>;
  tracks: Map<string, TrackObject>;
  probes: Map<string, Probe>;
  /** EOS peer-filters: AS numbers that a dynamic neighbour may have, as inclusive ranges. */
  peerFilters?: Map<string, (readonly [number, number])[]>;
  /** EOS routing processes: `multi-agent`, or the older `ribd`; they differ in details of BGP. */
  routingModel?: Located<'multi-agent' | 'ribd'>;
  tableLeaks?: TableLeak[];
  /** Policies on the routes that may resolve a BGP next hop, by VRF (Junos `resolution rib ... import`). */
  resolutionPolicies?: Map<string, Located<string>[]>;
  /** Packets of the router itself have its primary address, that of a loopback (Junos `default-address-selection`). */
  speaksFromLoopback?: Located<boolean>;
  /** EVPN announces own gateway addresses as hosts like any other (Junos `default-gateway no-gateway-community`). */
  gatewaysAsHosts?: Located<boolean>;
  /** Features that are switched on, where commands need one (NX-OS). */
  features?: Map<string, Span>;
  /** What ports are when their stanza says nothing (NX-OS `system default switchport`). */
  portDefaults?: { switched?: Located<boolean>; shutdown?: Located<boolean> };
  /** Defaults profile (FRR `frr defaults datacenter`). */
  defaultsProfile?: Located<string>;
  management: Management;
  /** Keys by which routing protocols authenticate their neighbours, by name of the chain. */
  keyChains: Map<string, KeyChain>;
  /** `router-id` outside of any protocol (FRR, EOS, Junos routing-options). */
  routerId?: Located<string>;
  /** Most equal paths of a table for all protocols that name no number of their own (SR OS `ecmp`), by VRF. */
  ecmp?: Map<string, Located<number>>;
  ipRouting?: Located<boolean>;
  ipv6Routing?: Located<boolean>;
  definitions: Symbol[];
  references: Symbol[];
  notModelled: NotModelled[];
}

type DeepReadonly<T> = T extends (infer U)[]
  ? readonly DeepReadonly<U>[]
  : T extends Map<infer K, infer V>
    ? ReadonlyMap<K, DeepReadonly<V>>
    : T extends object
      ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
      : T;

export type Device = DeepReadonly<DeviceDraft>;

export const emptyDevice = (name: string, dialect: DialectId, file: string): DeviceDraft => ({
  name,
  dialect,
  file,
  vrfs: new Map(),
  interfaces: new Map(),
  vlans: new Map(),
  staticRoutes: [],
  aggregateRoutes: [],
  bgp: [],
  ospf: [],
  isis: [],
  eigrp: [],
  rip: [],
  policies: new Map(),
  prefixLists: new Map(),
  communityLists: new Map(),
  extendedCommunityLists: new Map(),
  largeCommunityLists: new Map(),
  asPathLists: new Map(),
  accessLists: new Map(),
  tracks: new Map(),
  probes: new Map(),
  management: {
    lines: [],
    snmpCommunities: [],
    snmpUsers: [],
    users: [],
    secrets: [],
    aaaServers: [],
    aaaLines: [],
    ntpServers: [],
    loggingHosts: [],
    banners: [],
    ntpKeys: [],
    ntpTrustedKeys: [],
    services: new Map(),
    settings: new Map(),
    nameServers: [],
  },
  keyChains: new Map(),
  definitions: [],
  references: [],
  notModelled: [],
});
