import { makePrefix } from '../../config/address.ts';
import type { PrefixId } from '../prefix-table.ts';
import type { RibRoute } from '../rib.ts';
import type { NextHop } from '../state.ts';
import type { L3Interface, Table, Topology } from '../topology.ts';
import type { Protocol } from './protocol.ts';

const hostLength = (version: 4 | 6): number => (version === 4 ? 32 : 128);

/** An address that a loopback shares with unnumbered links is the loopback's (zebra's rib_choose_best, and by intent). */
function preferLoopback(topology: Topology, table: Table, route: RibRoute): RibRoute {
  if (route.nextHops.length < 2) return route;
  const at = route.nextHops.findIndex(
    (hop) => topology.interfaceOf(table.node, hop.interface ?? '')?.config.kind === 'loopback',
  );
  return at < 0
    ? route
    : { ...route, nextHops: route.nextHops.slice(at, at + 1), spans: route.spans.slice(at, at + 1) };
}

/**
 * Connected networks of the interfaces that are up, and the host routes of the devices' own addresses where the system
 * lists them. A host address (a loopback's /32) is its own network and is listed once.
 */
export const connected: Protocol = {
  name: 'connected',
  prepare: ({ topology, prefixes, caveat }) => {
    const routes = new Map<number, readonly RibRoute[]>();
    for (const table of topology.tables) {
      const networks = new Map<PrefixId, RibRoute>();
      const hosts = new Map<PrefixId, RibRoute>();
      const ad = table.behaviour.administrativeDistance.connected;

      const offer = (
        to: Map<PrefixId, RibRoute>,
        prefix: PrefixId,
        one: L3Interface,
        protocol: 'connected' | 'local',
        at: number,
      ) => {
        const span = one.addresses[at]?.span ?? one.config.span;
        const hop: NextHop = { ip: null, interface: one.name, vrf: null };
        const known = to.get(prefix);
        const nextHops = known ? [...known.nextHops, hop] : [hop];
        to.set(prefix, {
          prefix,
          protocol,
          process: '',
          ad,
          metric: 0,
          nextHops,
          spans: [...(known?.spans ?? []), span],
        });
      };

      for (const one of topology.interfacesOf(table)) {
        if (one.config.dhcp?.value)
          caveat(table.node, `The address of ${one.name} comes from DHCP and is not known.`, one.config.dhcp.span);
        if (!one.up) continue;
        for (const [at, { ip, length, linkLocal }] of one.addresses.entries()) {
          if (linkLocal) continue;
          offer(networks, prefixes.intern(makePrefix(ip, length)), one, 'connected', at);
          const host = hostLength(ip.version);
          if (table.behaviour.showsLocalRoutes && length < host)
            offer(hosts, prefixes.intern(makePrefix(ip, host)), one, 'local', at);
        }
      }
      for (const prefix of networks.keys()) hosts.delete(prefix);
      for (const [prefix, route] of networks) networks.set(prefix, preferLoopback(topology, table, route));
      routes.set(table.index, [...networks.values(), ...hosts.values()]);
    }
    return () => ({ routes });
  },
};
