import type { Ip } from '../config/address.ts';
import type { Span } from '../config/span.ts';
import { type PathAttributes, sameAttributes } from './path-attributes.ts';
import type { PrefixId, PrefixTable } from './prefix-table.ts';
import type { NextHop, RouteProtocol } from './state.ts';

/** A route that a protocol offers to a table. Equal-cost paths are one route with several next hops. */
export interface RibRoute {
  readonly prefix: PrefixId;
  readonly protocol: RouteProtocol;
  /** Process of the protocol (OSPF process id, EIGRP AS number); empty where there is only one. */
  readonly process: string;
  readonly ad: number;
  readonly metric: number;
  /** As the protocol has them. One with an address and no interface is resolved through the table (recursive). */
  readonly nextHops: readonly NextHop[];
  readonly tag?: number;
  /** Configuration lines on this device that made it, nearest cause first. */
  readonly spans: readonly Span[];
  /** BGP attributes, for policies of protocols that redistribute it. */
  readonly attributes?: PathAttributes;
  /** It came by EVPN, where policies tell that from BGP (Junos). */
  readonly evpn?: true;
  /** Kept out of redistribution by configuration (Junos `no-readvertise`). */
  readonly noReadvertise?: boolean;
}

/** When distances are equal the table needs some order: that of the protocols' usual preference. */
const PROTOCOL_ORDER: Readonly<Record<RouteProtocol, number>> = {
  local: 0,
  connected: 1,
  hsrp: 2,
  vrrp: 2,
  static: 3,
  aggregate: 4,
  ebgp: 5,
  bgp: 5,
  'bgp-aggregate': 5,
  eigrp: 6,
  ospf: 7,
  'ospf-ia': 8,
  'ospf-e1': 9,
  'ospf-n1': 9,
  'ospf-e2': 10,
  'ospf-n2': 10,
  'isis-l1': 11,
  'isis-l2': 12,
  rip: 13,
  'eigrp-ext': 14,
  ibgp: 15,
};

/** Negative when `a` is preferred: administrative distance, then metric, then a fixed order. */
export function compareRoutes(a: RibRoute, b: RibRoute): number {
  return (
    a.ad - b.ad ||
    (a.protocol === b.protocol ? a.metric - b.metric : PROTOCOL_ORDER[a.protocol] - PROTOCOL_ORDER[b.protocol]) ||
    (a.process < b.process ? -1 : a.process > b.process ? 1 : 0)
  );
}

/** A routing table at one moment: the preferred route of each prefix, and longest-prefix lookup. Immutable. */
export class Rib {
  readonly #prefixes: PrefixTable;
  readonly #active = new Map<PrefixId, RibRoute>();
  readonly #lengths: Readonly<Record<4 | 6, number[]>>;

  constructor(prefixes: PrefixTable, offers: Iterable<readonly RibRoute[]>) {
    this.#prefixes = prefixes;
    const lengths = { 4: new Set<number>(), 6: new Set<number>() };
    for (const routes of offers) {
      for (const route of routes) {
        const known = this.#active.get(route.prefix);
        if (known !== undefined && compareRoutes(known, route) <= 0) continue;
        this.#active.set(route.prefix, route);
        if (known === undefined) {
          const { version, length } = prefixes.get(route.prefix);
          lengths[version].add(length);
        }
      }
    }
    const longestFirst = (set: Set<number>) => [...set].sort((a, b) => b - a);
    this.#lengths = { 4: longestFirst(lengths[4]), 6: longestFirst(lengths[6]) };
  }

  get size(): number {
    return this.#active.size;
  }

  /** The active route of exactly this prefix. */
  get(prefix: PrefixId): RibRoute | undefined {
    return this.#active.get(prefix);
  }

  routes(): IterableIterator<RibRoute> {
    return this.#active.values();
  }

  /** Routes that hold the address, longest prefix first. */
  *covering(ip: Ip): Generator<RibRoute> {
    for (const length of this.#lengths[ip.version]) {
      const prefix = this.#prefixes.findNetwork(ip, length);
      const route = prefix === undefined ? undefined : this.#active.get(prefix);
      if (route) yield route;
    }
  }

  /** The active route with the longest prefix that holds the address. */
  lookup(ip: Ip): RibRoute | undefined {
    return this.covering(ip).next().value ?? undefined;
  }
}

const sameHops = (a: readonly NextHop[], b: readonly NextHop[]): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every((hop, at) => {
      const other = b[at] as NextHop;
      return (
        hop.ip === other.ip && hop.interface === other.interface && hop.vrf === other.vrf && hop.drop === other.drop
      );
    }));

/** Whether two routes do the same; the lines behind them may differ. */
export const sameRoute = (a: RibRoute, b: RibRoute): boolean =>
  a === b ||
  (a.prefix === b.prefix &&
    a.protocol === b.protocol &&
    a.process === b.process &&
    a.ad === b.ad &&
    a.metric === b.metric &&
    a.tag === b.tag &&
    sameAttributes(a.attributes, b.attributes) &&
    sameHops(a.nextHops, b.nextHops));

/** Whether two offers say the same about every route, in the same order. */
export const sameRoutes = (a: readonly RibRoute[], b: readonly RibRoute[]): boolean =>
  a === b || (a.length === b.length && a.every((route, at) => sameRoute(route, b[at] as RibRoute)));

/** Prefixes about which two offers of one protocol differ. */
export function changedPrefixes(before: readonly RibRoute[], after: readonly RibRoute[]): readonly PrefixId[] {
  const old = new Map(before.map((route) => [route.prefix, route]));
  const now = new Map(after.map((route) => [route.prefix, route]));
  return [...new Set([...old.keys(), ...now.keys()])].filter((prefix) => {
    const [a, b] = [old.get(prefix), now.get(prefix)];
    return !a || !b || !sameRoute(a, b);
  });
}
