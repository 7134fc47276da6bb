import type { Device } from '../../config/device/device.ts';
import { fromRibRoute } from '../policy/route.ts';
import type { RibRoute } from '../rib.ts';
import type { NextHop } from '../state.ts';
import type { Table } from '../topology.ts';
import type { Context, Protocol, Ribs } from './protocol.ts';

type Leak = NonNullable<Device['tableLeaks']>[number];

/** Routes of a table that a leak may take: those of one protocol whether they are in use or not, or all in use. */
function candidates(ribs: Ribs, from: Table, { protocol }: Leak): readonly RibRoute[] {
  if (protocol !== undefined) return ribs.offers(from, protocol);
  // What was leaked here itself is not handed on.
  return [...ribs.without(from, 'leaked').routes()];
}

/** The next hops as another table has them: an attached one keeps its interface, another is looked up where it came from. */
const hopsFrom = (from: Table, hops: readonly NextHop[]): readonly NextHop[] =>
  hops.map((hop) => (hop.drop ? hop : { ...hop, vrf: hop.vrf ?? from.vrf }));

/** The routes that one leak brings into a table. "rib-groups": a copy keeps protocol and preference, unless a policy changes them. */
function taken(
  { prefixes, policies, attributes }: Context,
  ribs: Ribs,
  from: Table,
  to: Table,
  leak: Leak,
): RibRoute[] {
  const routes: RibRoute[] = [];
  for (const route of candidates(ribs, from, leak)) {
    const { version } = prefixes.get(route.prefix);
    if (version !== (leak.family === 'ipv4' ? 4 : 6)) continue;
    const shown = fromRibRoute(attributes, route, from.vrf);
    if (leak.policies.length > 0) {
      const { verdict } = policies.evaluate(to, leak.policies, shown);
      // An import policy of a group takes what it does not refuse; `instance-import` only what it accepts.
      if (verdict === 'deny' || (leak.from === undefined && verdict !== 'permit')) continue;
    }
    routes.push({
      ...route,
      ad: shown.distance ?? route.ad,
      metric: shown.metric ?? route.metric,
      ...(shown.tag !== undefined && { tag: shown.tag }),
      nextHops: hopsFrom(from, route.nextHops),
      spans: [leak.span, ...route.spans],
    });
  }
  return routes;
}

/** Routes that tables of a device have from each other by rib-groups and `instance-import` (Junos). */
export const leaks: Protocol = {
  name: 'leaked',
  prepare: (context) => {
    const { topology } = context;
    const lines = topology.tables.flatMap((to) =>
      (to.device.tableLeaks ?? [])
        .filter((leak) => leak.to === to.vrf)
        .flatMap((leak) =>
          topology.tables
            .filter(
              (from) => from.node === to.node && from !== to && (leak.from === undefined || leak.from === from.vrf),
            )
            .map((from) => ({ from, to, leak })),
        ),
    );
    return (ribs) => {
      const routes = new Map<number, RibRoute[]>();
      for (const { from, to, leak } of lines)
        routes.set(to.index, [...(routes.get(to.index) ?? []), ...taken(context, ribs, from, to, leak)]);
      return { routes };
    };
  },
};
