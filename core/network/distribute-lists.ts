import type { Device } from '../config/device/device.ts';
import { fromRibRoute } from './policy/route.ts';
import type { PrefixId } from './prefix-table.ts';
import type { Context } from './protocols/protocol.ts';
import type { RibRoute } from './rib.ts';
import type { Table } from './topology.ts';

export type DistributeListConfig = NonNullable<Device['ospf'][number]['distributeLists']>[number];

/** Whether a distribute list lets a prefix pass; the interface is that by which the route leaves. */
export type RouteFilter = (prefix: PrefixId, interfaceName: string | null, route?: RibRoute) => boolean;

/**
 * The distribute lists of one direction as one filter. Outbound ones may name a source protocol: they hold for routes
 * taken from it alone. A list that is not defined permits or denies as the system does with filters of neighbours.
 */
export function prefixFilter(
  context: Context,
  table: Table,
  lists: readonly DistributeListConfig[],
  direction: 'in' | 'out',
  version: 4 | 6,
  source?: string,
): RouteFilter {
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const undefinedPermits = table.behaviour.undefinedNeighbourFilter === 'permit';
  const filters = lists
    .filter((list) => list.direction === direction && (list.source === undefined || list.source === source))
    .map((list): RouteFilter => {
      const name = list.list.value;
      const applies = (interfaceName: string | null): boolean =>
        list.interface === undefined || list.interface.toLowerCase() === interfaceName?.toLowerCase();
      if (list.kind === 'route-map')
        return (_, interfaceName, route) =>
          !applies(interfaceName) ||
          !route ||
          context.policies.evaluate(table, [list.list], fromRibRoute(context.attributes, route)).verdict === 'permit';
      const permits =
        list.kind === 'prefix-list'
          ? context.policies.prefixList(table, family, name)
          : context.policies.accessList(table, family, name);
      return (prefix, interfaceName) => !applies(interfaceName) || (permits?.(prefix) ?? undefinedPermits);
    });
  return (prefix, interfaceName, route) => filters.every((filter) => filter(prefix, interfaceName, route));
}
