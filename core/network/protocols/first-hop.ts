import { type Ip, makePrefix, parseIp } from '../../config/address.ts';
import type { RibRoute } from '../rib.ts';
import type { L3Interface, Topology } from '../topology.ts';
import type { Protocol } from './protocol.ts';

type Group = L3Interface['config']['firstHop'][number];

/** Priority of VRRP (RFC 5798 section 5.2.4) and HSRP where none is set. */
const DEFAULT_PRIORITY = 100;
/** RFC 5798: the owner of the address always wins. */
const OWNER_PRIORITY = 255;

const owns = (one: L3Interface, ip: Ip): boolean => one.addresses.some((address) => address.ip.text === ip.text);

const primary = (one: L3Interface): number =>
  one.addresses.find(({ ip, secondary }) => ip.version === 4 && !secondary)?.ip.words[0] ?? 0;

type Track = NonNullable<Group['tracks']>[number];

/** Lists may name lists; deeper ones are mistakes. */
const MAXIMUM_DEPTH = 8;

/**
 * Whether what a group depends on is up, as far as interfaces tell; undefined where it hangs on routes or probes, which
 * are not known before there are tables.
 */
function isUp(
  topology: Topology,
  { table }: L3Interface,
  track: Pick<Track, 'kind' | 'target'>,
  depth = 0,
): boolean | undefined {
  const state = (name: string): boolean => topology.states.get(table.node)?.get(name)?.up ?? false;
  if (track.kind === 'interface') return state(track.target);
  const object = track.kind === 'object' ? table.device.tracks.get(track.target) : undefined;
  if (!object || depth > MAXIMUM_DEPTH) return undefined;
  if (object.kind === 'interface' && object.target !== undefined) return state(object.target);
  if (object.kind !== 'list' || !object.members?.length) return undefined;
  const states = object.members.map(({ id, negated }) => {
    const up = isUp(topology, { table } as L3Interface, { kind: 'object', target: id }, depth + 1);
    return up === undefined ? undefined : up !== negated;
  });
  const decides = object.target === 'boolean or';
  if (object.target !== 'boolean and' && !decides) return undefined;
  if (states.includes(decides)) return decides;
  return states.includes(undefined) ? undefined : !decides;
}

/** The priority with what tracked objects take away; undefined where one of them switches the group off. */
function priorityOf(topology: Topology, one: L3Interface, group: Group, ip: Ip): number | undefined {
  if (group.protocol === 'vrrp' && owns(one, ip)) return OWNER_PRIORITY;
  let priority = group.priority?.value ?? DEFAULT_PRIORITY;
  for (const track of group.tracks ?? []) {
    if (isUp(topology, one, track) ?? true) continue;
    if (track.effect === 'shutdown') return undefined;
    priority -= track.effect;
  }
  return Math.max(priority, group.protocol === 'vrrp' ? 1 : 0);
}

/** Whether this member answers for the address: highest priority, then highest address (RFC 5798, RFC 2281). */
export function isActiveMember(topology: Topology, one: L3Interface, group: Group, ip: Ip): boolean {
  const own = priorityOf(topology, one, group, ip);
  if (own === undefined || group.shutdown?.value) return false;
  for (const other of topology.neighboursOf(one)) {
    const rival = other.config.firstHop.find((each) => each.protocol === group.protocol && each.group === group.group);
    if (!rival || rival.shutdown?.value) continue;
    const theirs = priorityOf(topology, other, rival, ip);
    if (theirs === undefined) continue;
    if (theirs > own || (theirs === own && primary(other) > primary(one))) return false;
  }
  return true;
}

/**
 * Host routes of virtual addresses, on systems that list them: on every member of a group, or on the one that answers
 * for the address. An address that the interface owns is listed with its own.
 */
export const firstHop: Protocol = {
  name: 'first-hop',
  prepare: ({ topology, prefixes, caveat }) => {
    for (const table of topology.tables)
      for (const one of topology.interfacesOf(table))
        for (const group of one.config.firstHop)
          for (const track of group.tracks ?? [])
            if (isUp(topology, one, track) === undefined)
              caveat(
                table.node,
                `Group ${group.group} on ${one.name} depends on ${track.target}, which is taken to be up.`,
                track.span,
              );
    const routes = new Map<number, readonly RibRoute[]>();
    for (const table of topology.tables) {
      const shows = table.behaviour.firstHopRoutes;
      if (!shows) continue;
      const found: RibRoute[] = [];
      for (const one of topology.interfacesOf(table)) {
        if (!one.up) continue;
        for (const group of one.config.firstHop) {
          const which = group.protocol === 'varp' ? undefined : shows[group.protocol];
          if (group.shutdown?.value) continue;
          for (const { value, span } of group.addresses) {
            const ip = parseIp(value.split('/')[0] ?? '');
            if (!ip || !which || group.protocol === 'varp' || owns(one, ip)) continue;
            if (which === 'active' && !isActiveMember(topology, one, group, ip)) continue;
            found.push({
              prefix: prefixes.intern(makePrefix(ip, ip.version === 4 ? 32 : 128)),
              protocol: group.protocol,
              process: String(group.group),
              ad: 0,
              metric: 0,
              nextHops: [{ ip: null, interface: one.name, vrf: null }],
              spans: [span, group.span],
            });
          }
        }
      }
      if (found.length > 0) routes.set(table.index, found);
    }
    return () => ({ routes });
  },
};
