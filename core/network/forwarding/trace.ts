import { type Ip, makePrefix, parseIp, prefixContains } from '../../config/address.ts';
import type { Reason, Route } from '../state.ts';
import { GLOBAL_VRF, type L3Interface, type Table, type Topology } from '../topology.ts';
import type { Flow } from './flow.ts';
import type { Branch, Disposition, Forwarding, Place } from './forwarding.ts';

/** What one device did with the packet. */
export interface TraceHop {
  readonly node: string;
  readonly vrf: string;
  /** Interface that it came in by; null where it is made, looked up again, or comes out of a tunnel. */
  readonly arrivedBy: string | null;
  readonly route: Route | null;
  readonly leavesBy: string | null;
  readonly nextHop: string | null;
  readonly reasons: readonly Reason[];
}

export interface TracePath {
  readonly hops: readonly TraceHop[];
  readonly disposition: Disposition;
}

export interface Trace {
  readonly flow: Flow;
  /** One per combination of equal-cost branches, in the order of tables. */
  readonly paths: readonly TracePath[];
  /** There are more paths than are listed; the listed ones do not stand for all. */
  readonly truncated: boolean;
}

export const MOST_PATHS = 256;

/** Follows a flow from a place along every equal-cost branch. */
export function trace(forwarding: Forwarding, start: Place, flow: Flow, most = MOST_PATHS): Trace {
  const paths: TracePath[] = [];
  let truncated = false;
  const walk = (place: Place, hops: readonly TraceHop[], seen: ReadonlySet<number>): void => {
    if (paths.length >= most) {
      truncated = true;
      return;
    }
    for (const branch of forwarding.step(place, flow)) {
      const all = [...hops, hopOf(place, branch)];
      if (!branch.next) paths.push({ hops: all, disposition: branch.end ?? 'unknown' });
      else if (seen.has(branch.next.table.index)) {
        const { node } = branch.next.table;
        const last = all.at(-1) as TraceHop;
        const looped = {
          ...last,
          reasons: [...last.reasons, { text: `it has been at ${node} before: it loops`, node }],
        };
        paths.push({ hops: [...hops, looped], disposition: 'loop' });
      } else walk(branch.next, all, new Set([...seen, branch.next.table.index]));
    }
  };
  walk(start, [], new Set([start.table.index]));
  return { flow, paths: paths.slice(0, most), truncated: truncated || paths.length > most };
}

const hopOf = ({ table, arrivedBy }: Place, { route, leaves, nextHop, reasons }: Branch): TraceHop => ({
  node: table.node,
  vrf: table.vrf,
  arrivedBy: arrivedBy?.name ?? null,
  route: route ?? null,
  leavesBy: leaves?.name ?? null,
  nextHop: nextHop ?? null,
  reasons,
});

/** Where a flow begins, or why nothing can begin there. */
export type Start = { readonly place: Place; readonly source: Ip | undefined } | { readonly problem: string };

const isHostLength = ({ ip, length }: L3Interface['addresses'][number]): boolean =>
  length === (ip.version === 4 ? 32 : 128);

/** The address that a device gives packets of its own: a loopback's before any other, of the family that is asked for. */
export function sourceOf(topology: Topology, table: Table, version: 4 | 6): Ip | undefined {
  const up = topology.interfacesOf(table).filter((one) => one.up);
  const ordered = [...up.filter((one) => one.config.kind === 'loopback'), ...up];
  for (const one of ordered)
    for (const { ip, linkLocal } of one.addresses) if (ip.version === version && !linkLocal) return ip;
  return undefined;
}

/**
 * Finds where a flow begins. `from` is a device, an address of a device (the packet is made there), or an address of a
 * subnet that is attached to one (the packet comes in by that interface and passes its filters).
 */
export function startOf(forwarding: Forwarding, from: string, vrf: string | undefined, version: 4 | 6): Start {
  const { topology } = forwarding;
  if (topology.snapshot.nodes.has(from)) {
    const table = topology.tableOf(from, vrf ?? GLOBAL_VRF);
    if (!table) return { problem: `${from} has no VRF ${vrf}` };
    return { place: { table, arrivedBy: null }, source: sourceOf(topology, table, version) };
  }
  const ip = parseIp(from);
  if (!ip) return { problem: `"${from}" is neither a device of the lab nor an IP address` };
  const tables = topology.tables.filter((table) => vrf === undefined || table.vrf === vrf);
  const owner = tables.find((table) => forwarding.ownerIn(table, ip));
  if (owner) return { place: { table: owner, arrivedBy: null }, source: ip };
  const attached = tables
    .flatMap((table) => topology.interfacesOf(table))
    .filter((one) => one.up)
    .flatMap((one) =>
      one.addresses
        .filter((at) => !isHostLength(at) && prefixContains(makePrefix(at.ip, at.length), ip))
        .map((at) => ({ one, length: at.length })),
    )
    .sort((a, b) => b.length - a.length)[0];
  if (!attached) return { problem: `${from} is on no subnet that is attached to a device of the lab` };
  return { place: { table: attached.one.table, arrivedBy: attached.one }, source: ip };
}

/** An address to send to: the address itself, one of a device, or undefined when the device has none of that family. */
export function destinationOf(
  forwarding: Forwarding,
  to: string,
  vrf: string | undefined,
  version: 4 | 6 | undefined,
): Ip | undefined {
  const ip = parseIp(to);
  if (ip) return ip;
  const { topology } = forwarding;
  const table = topology.tableOf(to, vrf ?? GLOBAL_VRF);
  if (!table) return undefined;
  return version ? sourceOf(topology, table, version) : (sourceOf(topology, table, 4) ?? sourceOf(topology, table, 6));
}
