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

const priorityOf = (one: L3Interface, group: Group, ip: Ip): number =>
  group.protocol === 'vrrp' && owns(one, ip) ? OWNER_PRIORITY : (group.priority?.value ?? DEFAULT_PRIORITY);

/** Whether this member answers for the address: highest priority, then highest address (RFC 5798, RFC 2281). */
export function isActiveMember(topology: Topology, one: L3Interface, group: Group, ip: Ip): boolean {
  const own = priorityOf(one, group, ip);
  for (const other of topology.neighboursOf(one)) {
    const rival = other.config.firstHop.find((each) => each.protocol === group.protocol && each.group === group.group);
    if (!rival) continue;
    const theirs = priorityOf(other, rival, ip);
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
  prepare: ({ topology, prefixes }) => {
    const routes = new Map<number, readonly RibRoute[]>();
    for (const table of topology.tables) {
      const shows = table.behaviour.firstHopRoutes;
      if (!shows) continue;
      const found: RibRoute[] = [];
      for (const one of topology.interfacesOf(table)) {
        if (!one.up) continue;
        for (const group of one.config.firstHop) {
          const which = group.protocol === 'varp' ? undefined : shows[group.protocol];
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
