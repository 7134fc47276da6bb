import type { NetworkState, NextHop, VrfState } from './state.ts';

const hopJson = (hop: NextHop) => ({
  ip: hop.ip,
  interface: hop.interface,
  vrf: hop.vrf,
  ...(hop.drop && { drop: true as const }),
});

function vrfJson({ routes, bgp }: VrfState) {
  return {
    routes: routes.map(({ prefix, protocol, ad, metric, nextHops }) => ({
      prefix,
      protocol,
      ad,
      metric,
      nextHops: nextHops.map(hopJson),
    })),
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
 * and per node the lines that were not modelled. Next hops that are no address (a name) never occur; a drop has
 * neither address nor interface.
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
