import type { NetworkState, NextHop, Route, VrfState } from './state.ts';

const hopJson = (hop: NextHop) => ({
  ip: hop.ip,
  interface: hop.interface,
  vrf: hop.vrf,
  ...(hop.drop && { drop: true as const }),
});

const routeJson = ({ prefix, protocol, ad, metric, nextHops }: Route) => ({
  prefix,
  protocol,
  ad,
  metric,
  nextHops: nextHops.map(hopJson),
});

const isIpv6 = ({ prefix }: Route): boolean => prefix.includes(':');

function vrfJson({ routes, bgp }: VrfState) {
  const ipv6 = routes.filter(isIpv6);
  return {
    routes: routes.filter((route) => !isIpv6(route)).map(routeJson),
    ...(ipv6.length > 0 && { routes6: ipv6.map(routeJson) }),
    ...(bgp && {
      bgp: bgp.map(({ prefix, nextHop, asPath, localPref, med, origin, communities, weight, best }) => {
        // Plain AS numbers are numbers; a set ({65001,65002}) or a confederation part stays as text.
        const path = asPath.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
        return { prefix, nextHop, asPath: path, localPref, med, origin, communities, weight, best };
      }),
    }),
  };
}

/**
 * The state as `aegis simulate --json` prints it: routes and BGP paths per node and VRF (`default` is the global one),
 * and per node the lines that were not modelled. `routes` is the IPv4 table and `routes6` the IPv6 one, as devices
 * print two tables; `bgp` has the paths of both. A next hop has an address, an interface, or is a drop.
 */
export function toSimulateJson(state: NetworkState) {
  return {
    nodes: Object.fromEntries(
      [...state.nodes].map(([node, vrfs]) => [
        node,
        Object.fromEntries([...vrfs].map(([vrf, table]) => [vrf, vrfJson(table)])),
      ]),
    ),
    notModelled: Object.fromEntries(
      [...state.notModelled].map(([node, lines]) => [
        node,
        lines.map(({ span, text }) => ({ line: span.line + 1, text })),
      ]),
    ),
  };
}

export type SimulateJson = ReturnType<typeof toSimulateJson>;
