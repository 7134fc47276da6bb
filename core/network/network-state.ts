import { parseIp } from '../config/address.ts';
import { addressOfOutside, isOutsideNode } from './outside.ts';
import type { PrefixId } from './prefix-table.ts';
import type { Context, Protocol, ProtocolResult, Ribs } from './protocols/protocol.ts';
import { distinctHops } from './resolve.ts';
import type { Rib, RibRoute } from './rib.ts';
import type { BgpPath, NetworkState, NextHop, Oscillation, OutsideView, Route, Session, VrfState } from './state.ts';
import { GLOBAL_VRF, type Table, type Topology } from './topology.ts';

export interface Computed {
  readonly context: Context;
  readonly protocols: readonly Protocol[];
  readonly results: ReadonlyMap<string, ProtocolResult>;
  readonly ribOf: (table: Table) => Rib;
  readonly ribs: Ribs;
  readonly caveats: NetworkState['caveats'];
  readonly round: number;
  readonly moving: Oscillation | undefined;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byKeys =
  <T>(keys: (one: T) => readonly string[]) =>
  (a: T, b: T): number => {
    const [x, y] = [keys(a), keys(b)];
    for (const [at, key] of x.entries()) {
      const order = compareText(key, y[at] ?? '');
      if (order !== 0) return order;
    }
    return 0;
  };

/** The next hops as the system lists them: as learned, or where they lead. */
function shownHops({ topology }: Context, ribs: Ribs, table: Table, route: RibRoute): readonly NextHop[] {
  const { showsResolvedNextHops, showsResolvedTunnels } = table.behaviour;
  const recursive = ({ ip, interface: leaves, vrf, drop }: NextHop): boolean =>
    ip !== null && leaves === null && !drop && (vrf === null || showsResolvedTunnels === true);
  if (!showsResolvedNextHops || !route.nextHops.some(recursive)) return route.nextHops;
  const shown = route.nextHops.flatMap((hop): readonly NextHop[] => {
    const ip = recursive(hop) ? parseIp(hop.ip as string) : undefined;
    // The next hop of a VPN route lies in another table: that of the tunnels.
    const other = hop.vrf === null ? table : topology.tableOf(table.node, hop.vrf);
    if (!ip || !other) return [hop];
    const led = ribs.resolve(other, ip, other === table ? { self: route.prefix } : {})?.nextHops;
    return led?.map((each) => (hop.vrf === null || each.drop ? each : { ...each, vrf: each.vrf ?? hop.vrf })) ?? [hop];
  });
  return distinctHops(shown);
}

/** Interfaces by the names that the system prints, which are unique per instance only on some (SR OS). */
const printed = (topology: Topology, node: string, hops: readonly NextHop[]): readonly NextHop[] =>
  hops.some((hop) => hop.interface?.includes('@'))
    ? hops.map((hop) => {
        const name = hop.interface === null ? undefined : topology.states.get(node)?.get(hop.interface)?.config.name;
        return name === undefined || name === hop.interface ? hop : { ...hop, interface: name };
      })
    : hops;

/** A table whose BGP paths are put into words when somebody reads them: there are many, and most readers want routes. */
function withPaths(routes: readonly Route[], make: () => readonly BgpPath[]): VrfState {
  let made: readonly BgpPath[] | undefined;
  return {
    routes,
    get bgp() {
      made ??= make();
      return made;
    },
  };
}

/** A session without the node that stands for a neighbour outside of the lab, and without that node's lines. */
const asSeenInside = (session: Session): Session => ({
  ...session,
  peerNode: session.peerNode !== null && isOutsideNode(session.peerNode) ? null : session.peerNode,
  ...(session.reason && {
    reason: { ...session.reason, spans: session.reason.spans.filter(({ node }) => !isOutsideNode(node)) },
  }),
});

/** The result of a computation in the form that everyone reads: sorted, with texts in place of numbers. */
export function networkState(computed: Computed): NetworkState {
  const { context, protocols, results, ribOf, ribs, caveats, round, moving } = computed;
  const { topology, prefixes } = context;
  const ranks = prefixes.ranks();
  const byRank = (a: { readonly prefix: PrefixId }, b: { readonly prefix: PrefixId }): number =>
    (ranks[a.prefix] as number) - (ranks[b.prefix] as number);

  const ordered = protocols.flatMap((protocol) => results.get(protocol.name) ?? []);
  const bgp = new Map<number, () => readonly BgpPath[]>();
  for (const result of ordered) for (const [index, paths] of result.bgp ?? []) bgp.set(index, paths);

  const nodes = new Map<string, Map<string, VrfState>>();
  const outside: OutsideView[] = [];
  for (const table of topology.tables) {
    if (isOutsideNode(table.node)) {
      const heard = (bgp.get(table.index)?.() ?? []).filter(({ from }) => from !== null);
      if (table.vrf === GLOBAL_VRF) outside.push({ peer: addressOfOutside(table.node), received: heard });
      continue;
    }
    const routes = [...ribOf(table).routes()].sort(byRank).map((route): Route => {
      const { ad, metric, protocol, tag, spans } = route;
      const nextHops = printed(topology, table.node, shownHops(context, ribs, table, route));
      return {
        prefix: prefixes.text(route.prefix),
        protocol,
        ad,
        metric,
        nextHops,
        ...(tag !== undefined && { tag }),
        spans,
      };
    });
    const paths = bgp.get(table.index);
    const vrfs = nodes.get(table.node) ?? new Map<string, VrfState>();
    vrfs.set(table.vrf, paths ? withPaths(routes, paths) : { routes });
    nodes.set(table.node, vrfs);
  }

  const inner = ordered.flatMap((result) => result.oscillation ?? []);
  const oscillation: Oscillation | undefined =
    moving ??
    (inner.length === 0
      ? undefined
      : {
          rounds: Math.max(...inner.map((one) => one.rounds)),
          nodes: [...new Set(inner.flatMap((one) => one.nodes))].sort(),
          prefixes: [...new Set(inner.flatMap((one) => one.prefixes))]
            .sort((a, b) => prefixes.compare(a, b))
            .map((id) => prefixes.text(id)),
        });

  return {
    nodes,
    sessions: ordered
      .flatMap((result) => result.sessions ?? [])
      .filter(({ node }) => !isOutsideNode(node))
      .map(asSeenInside)
      .sort(byKeys((one) => [one.node, one.vrf, one.peer])),
    adjacencies: ordered
      .flatMap((result) => result.adjacencies ?? [])
      .filter(({ node, peerNode }) => !isOutsideNode(node) && !isOutsideNode(peerNode))
      .sort(byKeys((one) => [one.node, one.vrf, one.protocol, one.interface, one.peerNode, one.peerInterface])),
    converged: oscillation === undefined,
    rounds: round,
    ...(oscillation && { oscillation }),
    notModelled: new Map(
      [...topology.snapshot.nodes.values()]
        .filter(({ name }) => !isOutsideNode(name))
        .sort((a, b) => compareText(a.name, b.name))
        .map((node) => [node.name, node.config.device.notModelled]),
    ),
    caveats: caveats.filter(({ node }) => !isOutsideNode(node)).sort(byKeys((one) => [one.node, one.text])),
    ...(outside.length > 0 && { outside }),
  };
}
