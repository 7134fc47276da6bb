import type { Ip } from '../config/address.ts';
import { parseIp } from '../config/address.ts';
import type { PrefixId, PrefixTable } from './prefix-table.ts';
import type { Rib, RibRoute } from './rib.ts';
import type { NextHop } from './state.ts';
import { GLOBAL_VRF, type Table, type Topology } from './topology.ts';

export interface ResolveOptions {
  /** Prefix of the route whose next hop this is: a route is never resolved by itself. */
  readonly self?: PrefixId;
  /** Whether a default route may resolve it. */
  readonly viaDefault?: boolean;
  /** Whether a route may resolve it at all (Junos `resolution import`). */
  readonly admits?: (route: RibRoute) => boolean;
  /** Only a connected route may resolve it (no recursion). */
  readonly connectedOnly?: boolean;
}

/** Where a next hop leads: the route that resolves it and the interfaces by which packets leave. */
export interface Resolution {
  readonly route: RibRoute;
  /** With an interface each, or a drop. */
  readonly nextHops: readonly NextHop[];
  /** Metric of the resolving route: the "IGP metric" of a BGP next hop. Zero for a connected one. */
  readonly metric: number;
}

/** Deeper recursion than any network has on purpose; a cycle of recursive routes ends here. */
const MAXIMUM_DEPTH = 16;

const isAttached = (route: RibRoute): boolean => route.protocol === 'connected' || route.protocol === 'local';

export const hopKey = (hop: NextHop): string =>
  `${hop.drop ? 'drop' : ''}|${hop.interface ?? ''}|${hop.ip ?? ''}|${hop.vrf ?? ''}`;

/** Next hops without repetition, in one order: interface, then address. */
export function distinctHops(hops: readonly NextHop[]): readonly NextHop[] {
  if (hops.length < 2) return hops;
  const byKey = new Map(hops.map((hop) => [hopKey(hop), hop]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, hop]) => hop);
}

/** The address itself when it is our own in that table: a next hop that is ourselves leads nowhere. */
const isOwn = (topology: Topology, table: Table, ip: Ip): boolean =>
  topology.ownersOf(ip.text).some((owner) => owner.table === table && owner.up);

export function resolveNextHop(
  topology: Topology,
  prefixes: PrefixTable,
  ribOf: (table: Table) => Rib,
  table: Table,
  ip: Ip,
  options: ResolveOptions = {},
  depth = 0,
): Resolution | undefined {
  if (depth >= MAXIMUM_DEPTH || isOwn(topology, table, ip)) return undefined;
  for (const route of ribOf(table).covering(ip)) {
    if (route.prefix === options.self) return undefined;
    if (options.viaDefault === false && prefixes.get(route.prefix).length === 0) return undefined;
    if (options.admits && !options.admits(route)) continue;
    if (isAttached(route)) {
      // A host route of an interface whose subnet is known elsewhere (a /32 of our own) was excluded by isOwn.
      const nextHops = route.nextHops.map((hop): NextHop => ({ ...hop, ip: ip.text }));
      return { route, nextHops, metric: 0 };
    }
    if (options.connectedOnly) return undefined;
    const nextHops: NextHop[] = [];
    if (table.behaviour.resolvesOnlyThroughGateways && route.nextHops.every((hop) => hop.ip === null)) return undefined;
    const { admits: _, ...further } = options;
    const inside: ResolveOptions = { ...further, self: route.prefix };
    for (const hop of route.nextHops) {
      const via = hop.ip === null ? undefined : parseIp(hop.ip);
      if (hop.drop) nextHops.push(hop);
      else if (hop.interface !== null) nextHops.push(hop.ip === null ? { ...hop, ip: ip.text } : hop);
      else if (via) {
        const other =
          hop.vrf === null || hop.vrf === table.vrf ? table : topology.tableOf(table.node, hop.vrf ?? GLOBAL_VRF);
        const inner = other && resolveNextHop(topology, prefixes, ribOf, other, via, inside, depth + 1);
        if (inner) nextHops.push(...inner.nextHops);
      }
    }
    return nextHops.length === 0 ? undefined : { route, nextHops: distinctHops(nextHops), metric: route.metric };
  }
  return undefined;
}
