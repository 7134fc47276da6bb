import type { Ip } from '../../config/address.ts';
import type { Span } from '../../config/span.ts';
import type { HopStore } from '../hop-store.ts';
import type { AttributeStore } from '../path-attributes.ts';
import type { PolicyEngine } from '../policy/engine.ts';
import type { PrefixId, PrefixTable } from '../prefix-table.ts';
import type { Resolution, ResolveOptions } from '../resolve.ts';
import type { Rib, RibRoute } from '../rib.ts';
import type { Adjacency, BgpPath, Reason, Session } from '../state.ts';
import type { Table, Topology } from '../topology.ts';

/*
 * A routing protocol is one file here (or a folder with an index of the same role) that exports a `Protocol`, listed
 * in `protocols/index.ts` in the order in which it is computed. The frame (`simulate.ts`) calls `compute` again and
 * again with the tables as they are by then, until no protocol offers anything new. A protocol therefore
 *   - is a pure function of the context and the tables: nothing is kept between calls except by what `prepare` made;
 *   - offers all of its routes each time, not a difference;
 *   - computes its own convergence inside one call (an SPF, a BGP exchange), for the tables as given;
 *   - walks devices, interfaces and prefixes in an order that depends on the lab alone (tables and interfaces of the
 *     topology are sorted), so that the same lab gives the same bytes.
 */

/** What does not change during a computation. */
export interface Context {
  readonly topology: Topology;
  readonly prefixes: PrefixTable;
  readonly attributes: AttributeStore;
  readonly hops: HopStore;
  /** Route-maps, policies and the lists that filter routes. */
  readonly policies: PolicyEngine;
  /** Says something that the state leaves out or could not decide; the same sentence is kept once. */
  readonly caveat: (node: string, text: string, span?: Span, ofLine?: boolean) => void;
  /** Calls a function, and tells what was said meanwhile. */
  readonly hearing: <T>(work: () => T) => {
    readonly result: T;
    readonly told: readonly Parameters<Context['caveat']>[];
  };
  /** Throws the caller's reason when the computation was cancelled. */
  readonly checkCancelled: () => void;
}

/** The tables as all protocols have made them so far. */
export interface Ribs {
  readonly of: (table: Table) => Rib;
  /** The same table without what one protocol offers: what BGP redistributes must not depend on what BGP installed. */
  readonly without: (table: Table, protocol: string) => Rib;
  /** What one protocol offers to a table, active or not. */
  readonly offers: (table: Table, protocol: string) => readonly RibRoute[];
  /** Connected prefixes on which a protocol runs: redistributing it from IOS takes them along. */
  readonly attached: (table: Table, protocol: string) => readonly PrefixId[];
  /** Follows a next hop through the tables to interfaces. */
  readonly resolve: (table: Table, ip: Ip, options?: ResolveOptions) => Resolution | undefined;
}

/** What became of one candidate for a prefix, told when somebody asks. */
export interface Account {
  readonly outcome: 'best' | 'multipath' | 'lost' | 'unusable' | 'refused' | 'not-sent' | 'no-path';
  /** The neighbour that it came from, or would have; null for what the device itself makes. */
  readonly from: { readonly node: string; readonly peer: string } | null;
  /** Who it came from, or how it was made, and how it ended. */
  readonly text: string;
  /** What happened to it, in order, with the configuration lines behind it. */
  readonly steps: readonly Reason[];
}

export interface ProtocolResult {
  /** Routes by `Table.index`. Tables without an entry get none. Two offers are equal when their lists are, in order. */
  readonly routes: ReadonlyMap<number, readonly RibRoute[]>;
  /** Connected prefixes on which the protocol runs, by `Table.index`. */
  readonly attached?: ReadonlyMap<number, readonly PrefixId[]>;
  readonly adjacencies?: readonly Adjacency[];
  readonly sessions?: readonly Session[];
  /** The BGP tables by `Table.index`, each made when somebody reads it. */
  readonly bgp?: ReadonlyMap<number, () => readonly BgpPath[]>;
  /** What became of a prefix on its way into a table. Works it out when it is called; nothing is kept for it before. */
  readonly explain?: (table: Table, prefix: PrefixId) => readonly Account[];
  /** What helps to compute a similar lab with the same stores; only the protocol itself reads it. */
  readonly memory?: unknown;
  /** Set when the protocol itself found no stable state. */
  readonly oscillation?: {
    readonly rounds: number;
    readonly nodes: readonly string[];
    readonly prefixes: readonly PrefixId[];
  };
}

export interface Protocol {
  /** Name under which its routes are kept: connected, static, ospf, isis, eigrp, rip, bgp. */
  readonly name: string;
  /**
   * Makes the function that is called each round; what it closes over may hold work that does not depend on tables.
   * `earlier` is the memory of the last result of a similar lab: it may save work, and never changes a result.
   */
  readonly prepare: (context: Context, earlier?: unknown) => (ribs: Ribs) => ProtocolResult;
}
