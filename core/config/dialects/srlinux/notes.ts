import type { DeviceDraft, StaticRoute } from '../../device/device.ts';
import type { InterfaceAddress } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export type FamilyName = 'ipv4' | 'ipv6';

/** IP of one family on a subinterface; its addresses count only where it is enabled. */
export interface FamilyNote {
  enabled?: Located<boolean>;
  readonly addresses: Mutable<InterfaceAddress>[];
}

export interface InstanceNote {
  readonly name: string;
  readonly span: Span;
  type: Located<string>;
  routerId?: Located<string>;
  disabled?: Located<boolean>;
  readonly members: Located<string>[];
  readonly vxlan: Located<string>[];
  /** Where its EVPN is configured, its number, and whether it is switched off. */
  evpn?: Span;
  evi?: Located<number>;
  evpnDisabled?: Located<boolean>;
}

export interface HopNote {
  ip?: Located<string>;
  disabled?: boolean;
  /** Only an attached network may lead to it. */
  attachedOnly?: boolean;
  readonly span: Span;
}

/** A next-hop group: what a static route leads to. */
export interface GroupNote {
  disabled?: boolean;
  blackhole?: Span;
  readonly hops: Map<string, HopNote>;
}

export interface RouteNote {
  readonly vrf: string;
  readonly draft: Mutable<Pick<StaticRoute, 'prefix' | 'family' | 'distance' | 'metric' | 'tag' | 'span'>>;
  disabled?: boolean;
  group?: Located<string>;
}

/** What a line says before it is known what it means: names that are resolved when the whole text is read. */
export interface Notes {
  readonly families: Map<string, { readonly ipv4: FamilyNote; readonly ipv6: FamilyNote }>;
  readonly instances: Map<string, InstanceNote>;
  /** Keyed by instance and name. */
  readonly groups: Map<string, GroupNote>;
  readonly routes: RouteNote[];
  /** Keys of `system authentication keychain`, by name. */
  readonly keys: Map<string, Located<string>>;
  /** Uses of keychains by BGP neighbours and groups. */
  readonly keychains: { readonly name: Located<string>; readonly give: (key: Located<string>) => void }[];
  /** Ports whose subinterfaces are told apart by tags. */
  readonly tagged: Set<string>;
  /** Aggregates that are switched off. */
  readonly offAggregates: Set<object>;
}

const all = new WeakMap<DeviceDraft, Notes>();

export function notesOf(device: DeviceDraft): Notes {
  const known = all.get(device);
  if (known) return known;
  const made: Notes = {
    families: new Map(),
    instances: new Map(),
    groups: new Map(),
    routes: [],
    keys: new Map(),
    keychains: [],
    tagged: new Set(),
    offAggregates: new Set(),
  };
  all.set(device, made);
  return made;
}

const contexts = new WeakMap<object, Map<string, unknown>>();

/**
 * The context of a block, the same each time that the block is named: of flat commands every line names its whole
 * place again.
 */
export function kept<T>(owner: object, key: string, make: () => T): T {
  let known = contexts.get(owner);
  if (!known) {
    known = new Map();
    contexts.set(owner, known);
  }
  if (!known.has(key)) known.set(key, make());
  return known.get(key) as T;
}
