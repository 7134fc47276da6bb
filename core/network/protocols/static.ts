import { parseIp } from '../../config/address.ts';
import type { Device } from '../../config/device/device.ts';
import type { PrefixId } from '../prefix-table.ts';
import { distinctHops } from '../resolve.ts';
import type { RibRoute } from '../rib.ts';
import type { NextHop } from '../state.ts';
import type { Table } from '../topology.ts';
import type { Context, Protocol, Ribs } from './protocol.ts';
import { trackState } from './track.ts';

type Static = Device['staticRoutes'][number];

/** A route's next hop as it would be installed; undefined while it cannot be. */
function nextHopOf(context: Context, ribs: Ribs, table: Table, prefix: PrefixId, route: Static): NextHop | undefined {
  const { topology } = context;
  const { ip, interface: name, vrf, drop } = route.nextHop;
  if (drop) return { ip: null, interface: null, vrf: null, drop: true };
  const target = vrf === undefined ? table : topology.tableOf(table.node, vrf);
  if (!target) return undefined;
  const otherVrf = target === table ? null : target.vrf;
  if (name !== undefined) {
    const state = topology.states.get(table.node)?.get(name);
    if (!state?.up && !route.permanent) return undefined;
    return { ip: ip ?? null, interface: name, vrf: otherVrf };
  }
  const address = ip === undefined ? undefined : parseIp(ip);
  if (!address) return undefined;
  const resolution = ribs.resolve(target, address, {
    ...(target === table && { self: prefix }),
    connectedOnly: route.recursive === false,
    viaDefault: table.behaviour.staticResolvesViaDefault ?? true,
  });
  if (!resolution) return undefined;
  // Directly attached: the interface is known. Otherwise the route stays recursive and follows the table.
  const attached = resolution.route.protocol === 'connected';
  const direct = attached ? (resolution.nextHops[0]?.interface ?? null) : null;
  return { ip: address.text, interface: direct, vrf: otherVrf };
}

/** Whether what the route depends on holds. What cannot be known is taken to hold, and said so. */
function holds(context: Context, ribs: Ribs, table: Table, route: Static): boolean {
  if (route.bfd)
    context.caveat(
      table.node,
      `Static route ${route.prefix} depends on a BFD session with its gateway, which is taken to be up.`,
      route.span,
    );
  if (route.track === undefined) return true;
  const state = trackState(context, ribs, table, route.track);
  if (state !== undefined) return state;
  context.caveat(
    table.node,
    `Static route ${route.prefix} depends on track ${route.track}, which is taken to be up.`,
    route.span,
  );
  return true;
}

/**
 * Static routes whose next hop can be followed through the tables as they are. Of several lines for one prefix those
 * with the lowest distance that can be installed count; equal ones share the load.
 */
export const staticRoutes: Protocol = {
  name: 'static',
  prepare: (context) => {
    const { topology, prefixes } = context;
    const lines = topology.tables.map((table) =>
      table.device.staticRoutes.flatMap((route) => {
        const prefix = route.vrf === table.vrf ? prefixes.internText(route.prefix) : undefined;
        return prefix === undefined ? [] : [{ route, prefix }];
      }),
    );
    return (ribs) => {
      const routes = new Map<number, readonly RibRoute[]>();
      for (const table of topology.tables) {
        const best = new Map<PrefixId, RibRoute>();
        for (const { route, prefix } of lines[table.index] ?? []) {
          const hop = holds(context, ribs, table, route) ? nextHopOf(context, ribs, table, prefix, route) : undefined;
          if (!hop) continue;
          const ad = route.distance ?? table.behaviour.administrativeDistance.static;
          const metric = route.metric ?? 0;
          const known = best.get(prefix);
          const order = known ? ad - known.ad || metric - known.metric : -1;
          if (order > 0) continue;
          const shared = known && order === 0;
          best.set(prefix, {
            prefix,
            protocol: 'static',
            process: '',
            ad,
            metric,
            nextHops: distinctHops(shared ? [...known.nextHops, hop] : [hop]),
            ...(route.tag !== undefined && { tag: route.tag }),
            spans: shared ? [...known.spans, route.span] : [route.span],
            ...(route.noReadvertise && { noReadvertise: true }),
          });
        }
        if (best.size > 0) routes.set(table.index, [...best.values()]);
      }
      return { routes };
    };
  },
};
