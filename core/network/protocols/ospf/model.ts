import type { Ip } from '../../../config/address.ts';
import type { Device } from '../../../config/device/device.ts';
import type { Span } from '../../../config/span.ts';
import type { InterfaceConfig } from '../../interfaces.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { L3Interface, Table } from '../../topology.ts';

export type OspfProcessConfig = Device['ospf'][number];
export type AreaConfig = OspfProcessConfig['areas'] extends ReadonlyMap<string, infer A> ? A : never;
export type OspfInterfaceConfig = NonNullable<InterfaceConfig['ospf']>;

export const BACKBONE = '0.0.0.0';

/** RFC 2328 appendix B: a distance that means unreachable. */
export const LS_INFINITY = 0xffffff;

/** Link cost by which a router asks not to be used for transit (RFC 6987). */
export const MAXIMUM_LINK_COST = 0xffff;

export type LinkType = 'broadcast' | 'point-to-point' | 'point-to-multipoint' | 'non-broadcast' | 'loopback';

/** One OSPF process of one table. */
export interface Instance {
  /** Place in the list of all instances. */
  readonly index: number;
  readonly table: Table;
  readonly process: OspfProcessConfig;
  readonly routerId: string;
  readonly routerIdValue: number;
  /** In order of interface name. */
  readonly circuits: readonly Circuit[];
  /** Areas with an interface that is up (RFC 3509: actively attached), sorted. */
  readonly areas: readonly string[];
}

/** A subnet that a router announces as attached to a circuit. */
export interface Stub {
  readonly prefix: PrefixId;
  readonly cost: number;
}

/** An interface on which an OSPF process runs, with everything that its hellos say. */
export interface Circuit {
  readonly index: number;
  readonly instance: Instance;
  readonly l3: L3Interface;
  readonly area: string;
  readonly type: LinkType;
  readonly cost: number;
  /** Set when no hellos are sent, with the line that says so where there is one. */
  readonly passive: { readonly span?: Span } | undefined;
  readonly priority: number;
  readonly helloSeconds: number;
  readonly deadSeconds: number;
  readonly config: OspfInterfaceConfig;
  /** Source address of version 2 packets; borrowed on an unnumbered interface. */
  readonly address: Ip | undefined;
  readonly networkLength: number;
  /** Host prefix of that address. */
  readonly addressHost: PrefixId | undefined;
  readonly unnumbered: boolean;
  /** Next hop that a neighbour sees: the IPv4 address, or the IPv6 link-local address where it is configured. */
  readonly nextHop: string | null;
  /** Networks of its addresses. */
  readonly networks: readonly PrefixId[];
  /** Host prefixes of its addresses. */
  readonly hosts: readonly PrefixId[];
  /** The line by which OSPF runs here. */
  readonly span: Span;
}

/** A virtual link, seen from one of its ends (RFC 2328 section 15). */
export interface VirtualLink {
  readonly from: Instance;
  readonly to: Instance;
  /** The area that it crosses. */
  readonly area: string;
}

/** An adjacency that came up, seen from `from`. */
export interface Neighbour {
  readonly from: Circuit;
  readonly to: Circuit;
}
