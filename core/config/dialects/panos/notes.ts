import type { DeviceDraft } from '../../device/device.ts';
import type { PolicyTerm } from '../../device/policy.ts';
import type { Located, Span } from '../../span.ts';

/** A peer of a group, as its lines say it. */
export interface Peer {
  readonly name: string;
  readonly span: Span;
  enabled: boolean;
  address?: Located<string>;
  peerAs?: Located<number>;
  localAddress?: Located<string>;
  localInterface?: Located<string>;
  multihop?: Located<number>;
  reflectorClient?: Located<boolean>;
  passive?: Located<boolean>;
  family: 'ipv4' | 'ipv6';
  maximumPrefixes?: Located<number>;
}

export interface PeerGroup {
  readonly name: string;
  readonly span: Span;
  enabled: boolean;
  type?: Located<'ebgp' | 'ibgp' | 'ebgp-confed' | 'ibgp-confed'>;
  nextHopSelf?: Located<boolean>;
  removePrivateAs?: Located<boolean>;
  readonly peers: Map<string, Peer>;
}

/** A rule of import, export, redistribution or aggregation: what it asks, what it does, who uses it. */
export interface Rule {
  readonly name: string;
  readonly span: Span;
  enabled: boolean;
  readonly usedBy: Set<string>;
  readonly term: PolicyTerm;
  /** Prefixes that it asks for; one of them must fit. */
  readonly prefixes: { readonly prefix: string; exact: boolean; readonly span: Span }[];
}

export interface RedistProfile {
  readonly name: string;
  readonly span: Span;
  priority: number;
  redistributes: boolean;
  readonly types: Set<string>;
  readonly destinations: Located<string>[];
  readonly interfaces: Located<string>[];
  readonly nextHops: Located<string>[];
}

/** `redist-rules` of BGP and `export-rules` of OSPF: a profile's name or a prefix, and what the routes get. */
export interface RedistUse extends Rule {
  metric?: Located<number>;
  metricType?: 1 | 2;
}

/** What the lines of a virtual router say, until the whole is known. */
export interface VirtualRouter {
  readonly device: DeviceDraft;
  readonly name: string;
  readonly vrf: string;
  readonly bgp: {
    span?: Span;
    enabled: boolean;
    asn?: Located<number>;
    routerId?: Located<string>;
    rejectDefault: boolean;
    localPreference?: Located<number>;
    readonly groups: Map<string, PeerGroup>;
    readonly imports: Map<string, Rule>;
    readonly exports: Map<string, Rule>;
    readonly redistribution: Map<string, RedistUse>;
    readonly aggregates: Map<string, { prefix?: Located<string>; summary: boolean; enabled: boolean; span: Span }>;
  };
  readonly ospf: { enabled: boolean; readonly exports: Map<string, RedistUse> };
  readonly profiles: Map<string, RedistProfile>;
  maximumPaths?: Located<number>;
  ecmp: boolean;
}

const routers = new WeakMap<DeviceDraft, Map<string, VirtualRouter>>();
/** Interfaces that a virtual router has. */
const routed = new WeakMap<DeviceDraft, Set<string>>();

export function routersOf(device: DeviceDraft): Map<string, VirtualRouter> {
  const known = routers.get(device) ?? new Map<string, VirtualRouter>();
  routers.set(device, known);
  return known;
}

export function routedInterfaces(device: DeviceDraft): Set<string> {
  const known = routed.get(device) ?? new Set<string>();
  routed.set(device, known);
  return known;
}
