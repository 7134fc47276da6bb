import { parseIp } from '../../config/address.ts';
import type { Table } from '../topology.ts';
import type { Context, Ribs } from './protocol.ts';

/** Lists may name lists; deeper ones are mistakes. */
const MAXIMUM_DEPTH = 8;

/**
 * Whether a probe's echo is answered. Known where the address is not reached at all, where the device of the lab that
 * has it has it on an interface that is down, and where it is on a link of this device; further away filters and the way
 * back count, and nothing is known.
 */
function answers({ topology }: Context, ribs: Ribs, table: Table, target: string): boolean | undefined {
  const ip = parseIp(target);
  const resolution = ip && ribs.resolve(table, ip);
  if (!ip || !resolution || resolution.nextHops.every((hop) => hop.drop)) return false;
  const owners = topology.ownersOf(ip.text);
  if (owners.length === 0) return undefined;
  if (!owners.some((one) => one.up)) return false;
  const near = resolution.nextHops.flatMap((hop) =>
    hop.interface === null ? [] : (topology.interfaceOf(table.node, hop.interface) ?? []),
  );
  const attached = resolution.route.protocol === 'connected' || resolution.route.protocol === 'local';
  const onLink = owners.some((owner) =>
    near.some((one) => one === owner || topology.neighboursOf(one).includes(owner)),
  );
  return attached ? onLink : undefined;
}

/**
 * Whether a tracked object is up: the line of an interface, a route in the table (Cisco, "Enhanced Object Tracking": of
 * exactly that prefix), the answer to an echo, and lists of them by `and` and `or`. Undefined where that is not known.
 */
export function trackState(context: Context, ribs: Ribs, table: Table, id: string, depth = 0): boolean | undefined {
  const { topology, prefixes } = context;
  const track = table.device.tracks.get(id);
  if (!track || depth > MAXIMUM_DEPTH) return undefined;
  if (track.kind === 'interface' && track.target !== undefined)
    return topology.states.get(table.node)?.get(track.target)?.up;
  if (track.kind === 'route' && track.target !== undefined) {
    const prefix = prefixes.internText(track.target);
    const global = topology.tableOf(table.node, 'default') ?? table;
    return prefix === undefined ? undefined : ribs.of(global).get(prefix) !== undefined;
  }
  if (track.kind === 'sla') {
    const echo = table.device.probes.get(track.target ?? '')?.echo;
    return echo && answers(context, ribs, topology.tableOf(table.node, 'default') ?? table, echo.value);
  }
  if (track.kind !== 'list' || !track.members?.length) return undefined;
  const states = track.members.map((member) => {
    const state = trackState(context, ribs, table, member.id, depth + 1);
    return state === undefined ? undefined : state !== member.negated;
  });
  if (track.target === 'boolean and')
    return states.includes(false) ? false : states.includes(undefined) ? undefined : true;
  if (track.target === 'boolean or')
    return states.includes(true) ? true : states.includes(undefined) ? undefined : false;
  return undefined;
}
