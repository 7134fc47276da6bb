import type { AddressFamily } from '../../../config/device/bgp.ts';
import type { Span } from '../../../config/span.ts';
import { type PathAttributes, sameAttributes } from '../../path-attributes.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Resolution } from '../../resolve.ts';
import type { RibRoute } from '../../rib.ts';
import type { NextHop, RouteProtocol } from '../../state.ts';
import type { L3Interface, Table } from '../../topology.ts';
import type { BgpProcessConfig, NeighbourConfig, NeighbourFamilyConfig } from './settings.ts';

/** One BGP instance: an AS in one VRF of one device. */
export interface Speaker {
  readonly index: number;
  readonly table: Table;
  readonly process: BgpProcessConfig;
  readonly asn: number;
  /** The AS number as text: the process that redistribution may name. */
  readonly processName: string;
  /** RFC 5065: the AS that the confederation shows outside, and the member ASes. */
  readonly confederation: { readonly identifier: number; readonly members: ReadonlySet<number> } | undefined;
  /** Dotted text; `routerIdValue` is the same as a number, for comparisons. */
  readonly routerId: string;
  readonly routerIdValue: number;
  readonly clusterId: string;
}

export type PeeringType = 'ebgp' | 'ibgp' | 'confederation';

/** One end of a session: how a speaker talks to one neighbour. */
export interface End {
  readonly speaker: Speaker;
  /** Neighbour as configured, with what it inherits; for a dynamic neighbour its group. */
  readonly settings: NeighbourConfig;
  /** Address or interface of the neighbour, as sessions are listed. */
  readonly peer: string;
  /** Address that this end speaks from; null on an unnumbered session. */
  readonly localAddress: string | null;
  /** Interface by which the neighbour is directly attached; undefined when it is reached through the table. */
  readonly attached: L3Interface | undefined;
  /** AS that this end shows to the neighbour. */
  readonly localAs: number;
  /** AS that the neighbour shows to this end. */
  readonly remoteAs: number;
  readonly type: PeeringType;
  readonly families: readonly AddressFamily[];
}

/** An established session as one end sees it; `index` numbers all ends. */
export interface Peering extends End {
  readonly index: number;
  readonly reverse: Peering;
  /** The neighbour was not configured by itself but accepted from a range. */
  readonly dynamic: boolean;
}

export const familyFor = (version: 4 | 6): AddressFamily => (version === 4 ? 'ipv4-unicast' : 'ipv6-unicast');

export const familySettings = (end: End, version: 4 | 6): NeighbourFamilyConfig | undefined =>
  end.settings.families.get(familyFor(version));

/** How a path came into the table of a speaker. */
export type PathSource =
  | 'learned'
  | 'network'
  | 'redistributed'
  | 'aggregate'
  | 'default'
  | 'active-route'
  /** A VPN route made of a path of a VRF, and a path of a VRF made of a VPN route or handed over by another VRF. */
  | 'exported'
  | 'imported';

/** A path for a prefix in the table of a speaker. */
export interface Path {
  readonly source: PathSource;
  /** The route of the table that an own path stands for. */
  readonly route?: RibRoute | undefined;
  /** For conditions of policies: how this device has the route. */
  readonly protocol: RouteProtocol;
  readonly attributes: PathAttributes;
  /** The session by which it was learned; null for an own path. */
  readonly from: Peering | null;
  /** Where the next hop leads; undefined for an own path, and for one that cannot be resolved (which is not valid). */
  readonly resolution: Resolution | undefined;
  readonly valid: boolean;
  /** The next hop as it goes into the routing table, interned. */
  readonly hop: NextHop;
  /** It is announced and not put into the routing table. */
  readonly advertiseOnly?: boolean;
  /** It came by EVPN; `host`: as the MAC/IP route of a host (type 2). */
  readonly evpn?: 'prefix' | 'host' | undefined;
  /** A route of another VRF of this device that was not learned by BGP. */
  readonly leaked?: RibRoute | undefined;
  /** The path of the VRF that a VPN route was made of on this device. */
  readonly exportedFrom?: Path | undefined;
  /** Interface by which the route leaves, for conditions of policies. */
  readonly interface: string | null;
  readonly igpMetric: number;
  readonly tag: number | undefined;
  /** Administrative distance that a policy gave it. */
  readonly distance: number | undefined;
  readonly spans: readonly Span[];
}

export interface Decision {
  readonly best: Path | undefined;
  /** Paths that share the load with the best one, which is the first. */
  readonly multipath: readonly Path[];
  /** The choice fell at a step after which some systems prefer the path that is there longest. */
  readonly byAge: boolean;
  /** What follows from the choice, shared by all that fell alike. */
  readonly shared?: {
    /** The chosen next hops as the routing table has them; undefined while nobody has asked. */
    nextHops: readonly NextHop[] | undefined;
    /** Some of the paths are preferred by weights or preferences of the speaker's own. */
    readonly prefers: boolean;
  };
}

/** What a speaker has for a prefix when the exchange has settled. */
export interface Entry {
  readonly prefix: PrefixId;
  readonly paths: readonly Path[];
  readonly decision: Decision;
}

/** Whether two paths do the same; what explains them may differ. */
export const samePath = (a: Path | undefined, b: Path | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && sameContent(a, b));

const sameContent = (a: Path, b: Path): boolean =>
  sameAttributes(a.attributes, b.attributes) &&
  a.hop === b.hop &&
  a.from === b.from &&
  a.source === b.source &&
  a.evpn === b.evpn &&
  a.valid === b.valid &&
  a.igpMetric === b.igpMetric &&
  a.tag === b.tag &&
  a.distance === b.distance;
