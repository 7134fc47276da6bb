import type { DeviceDraft } from '../../device/device.ts';
import type { Condition, PolicyTerm, RoutePolicy } from '../../device/policy.ts';
import type { Located, Span } from '../../span.ts';

/** One instance (`id`) of a route map. Conditions of one kind are alternatives; kinds must all hold. */
export interface MapInstance {
  readonly term: PolicyTerm;
  readonly asked: Map<Condition['kind'], Condition[]>;
  enabled: boolean;
  prepends?: { readonly count: number; readonly span: Span };
  /** Communities of the instance, and what is done with them. */
  communities: string[];
  communityOperation: 'add' | 'replace' | 'delete';
  communitySpan?: Span;
}

/** A route map where a protocol uses it; the one with the lowest preference is asked first. */
export interface MapUse {
  readonly name: Located<string>;
  readonly preference: number;
}

export interface PeerDraft {
  readonly address: Located<string>;
  readonly span: Span;
  enabled: boolean;
  multihop?: Located<boolean>;
  reflectorClient?: Located<boolean>;
  nextHopSelf?: Located<boolean>;
  passive?: Located<boolean>;
  metricOut?: Located<number>;
  secret?: Located<string>;
  allowAsIn?: Located<number>;
}

export interface GroupDraft {
  readonly key: string;
  readonly span: Span;
  enabled: boolean;
  remoteAs: Located<number> | undefined;
  localAddress?: Located<string>;
  nextHopSelf?: Located<boolean>;
  readonly exports: MapUse[];
  readonly imports: MapUse[];
  readonly peers: Map<string, PeerDraft>;
}

/** `route-redistribution to X from Y`: one source of routes that a protocol hands on. */
export interface Source {
  readonly to: string;
  readonly term: PolicyTerm;
  enabled: boolean;
}

/** `inbound-route-filter`: what is taken from a peer's AS, by the number of its policy. */
export interface Inbound {
  readonly number: number;
  asn?: Located<number>;
  readonly term: PolicyTerm;
}

export interface Notes {
  asn?: Located<number>;
  routerId?: Located<string>;
  clusterId?: Located<string>;
  readonly maps: Map<string, { readonly policy: RoutePolicy; readonly instances: Map<number, MapInstance> }>;
  readonly groups: Map<string, GroupDraft>;
  readonly sources: Source[];
  readonly inbound: Map<number, Inbound>;
  ecmp?: Located<boolean>;
  splits?: Located<number>;
  readonly ospf: Map<string, { readonly exports: MapUse[]; readonly imports: MapUse[] }>;
}

const notes = new WeakMap<DeviceDraft, Notes>();

export function notesOf(device: DeviceDraft): Notes {
  const known = notes.get(device) ?? {
    maps: new Map(),
    groups: new Map(),
    sources: [],
    inbound: new Map(),
    ospf: new Map(),
  };
  notes.set(device, known);
  return known;
}
