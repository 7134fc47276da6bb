import type { Device } from '../config/device/device.ts';
import type { PrefixId } from './prefix-table.ts';
import { sameName } from './protocols/passive.ts';
import type { Context } from './protocols/protocol.ts';
import type { Table } from './topology.ts';

type OffsetLists = Device['rip'][number]['offsetLists'];

/** What offset lists add to the metric of a prefix in a direction, on one interface. */
export function offsetsOn(
  context: Context,
  table: Table,
  { offsetLists = [] }: { readonly offsetLists?: OffsetLists },
  name: string,
): (direction: 'in' | 'out', prefix: PrefixId) => number {
  const lists = offsetLists.filter((one) => one.interface === undefined || sameName(one.interface, name));
  return (direction, prefix) => {
    // One list counts: that of the interface before that of all of them (Cisco command reference, "offset-list").
    const matching = lists
      .filter((one) => one.direction === direction)
      .sort((a, b) => Number(a.interface === undefined) - Number(b.interface === undefined))
      .find(({ list }) => list === undefined || context.policies.accessList(table, 'ipv4', list.value)?.(prefix));
    return matching?.offset ?? 0;
  };
}
