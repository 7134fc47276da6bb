import { prefixContains } from '../../config/address.ts';
import { fromRibRoute } from '../policy/route.ts';
import type { RibRoute } from '../rib.ts';
import type { NextHop } from '../state.ts';
import type { Table } from '../topology.ts';
import type { Context, Protocol, Ribs } from './protocol.ts';

type Line = Table['device']['aggregateRoutes'][number];

const DROP: NextHop = { ip: null, interface: null, vrf: null, drop: true };

/**
 * The routes of the table that are inside the aggregate and that its policy takes, without aggregates themselves:
 * what contributes must not depend on what it makes. Junos: "a route can contribute only to the most specific
 * aggregate"; an aggregate inside another one is thereby left out as well.
 */
function contributors(context: Context, ribs: Ribs, table: Table, line: Line): readonly RibRoute[] {
  const { prefixes, attributes, policies } = context;
  const id = prefixes.internText(line.prefix);
  if (id === undefined) return [];
  const outer = prefixes.get(id);
  const rib = ribs.without(table, 'aggregate');
  return [...rib.routes()].filter((route) => {
    const inner = prefixes.get(route.prefix);
    if (inner.length <= outer.length || !prefixContains(outer, inner)) return false;
    if (!line.policy) return true;
    const outcome = policies.evaluate(table, [line.policy], fromRibRoute(attributes, route), {
      routeExists: (prefix) => table.behaviour.routeConditionsOnlyOnExport === true || rib.get(prefix) !== undefined,
    });
    return outcome.verdict !== 'deny';
  });
}

/** "Generated routes": the next hop of the contributing route that is preferred; without a gateway there is none. */
const hopsOf = (line: Line, routes: readonly RibRoute[]): readonly NextHop[] | undefined =>
  line.kind === 'aggregate' ? [DROP] : routes.find(({ nextHops }) => nextHops.some(({ ip }) => ip !== null))?.nextHops;

/** Routes that exist while a longer one does: Junos `aggregate` and `generate`, SR OS `aggregates`. */
export const aggregateRoutes: Protocol = {
  name: 'aggregate',
  prepare: (context) => {
    const { topology, prefixes } = context;
    return (ribs) => {
      const routes = new Map<number, readonly RibRoute[]>();
      for (const table of topology.tables) {
        const offers: RibRoute[] = [];
        for (const line of table.device.aggregateRoutes) {
          const prefix = line.vrf === table.vrf ? prefixes.internText(line.prefix) : undefined;
          const found = prefix === undefined ? [] : contributors(context, ribs, table, line);
          const nextHops = found.length > 0 ? hopsOf(line, found) : undefined;
          if (prefix === undefined || !nextHops) continue;
          offers.push({
            prefix,
            protocol: 'aggregate',
            process: '',
            ad: line.distance ?? table.behaviour.administrativeDistance.aggregate,
            metric: 0,
            nextHops,
            spans: [line.span, ...(found[0]?.spans ?? [])],
          });
        }
        if (offers.length > 0) routes.set(table.index, offers);
      }
      return { routes };
    };
  },
};
