import type { PrefixId } from '../../prefix-table.ts';
import { type CostGraph, costGraph, type Edge, shortestPaths } from '../../shortest-paths.ts';
import { type Circuit, type Instance, MAXIMUM_LINK_COST, type Neighbour, type Stub } from './model.ts';

/** One area's link-state database as a graph: routers first, then networks with a designated router. */
export interface AreaGraph {
  readonly area: string;
  readonly routers: readonly Instance[];
  /** Vertex of a router, by `Instance.index`. */
  readonly vertexOf: ReadonlyMap<number, number>;
  readonly graph: CostGraph;
  /** Circuit by which an edge leaves a router; of one from a network, where it arrives; none for a virtual link. */
  readonly near: readonly (Circuit | undefined)[];
  /** Circuit at which an edge between two routers arrives; undefined for an edge to or from a network. */
  readonly far: readonly (Circuit | undefined)[];
  /** First steps of an edge that is a virtual link: those of the path that it stands for. */
  readonly virtual: readonly (readonly Hop[] | undefined)[];
  /** 0 for networks, 1 for routers: networks are settled first (RFC 2328 section 16.1). */
  readonly rank: Uint8Array;
  /** What each vertex announces as attached. */
  readonly stubs: readonly (readonly Stub[])[];
}

interface TransitNetwork {
  readonly members: readonly Circuit[];
  readonly designated: Circuit;
}

/** Priority, then router id (RFC 2328 section 9.4, without the order of events: it does not change the routes). */
const elected = (members: readonly Circuit[]): Circuit | undefined =>
  members
    .filter(({ priority }) => priority > 0)
    .reduce<Circuit | undefined>(
      (best, one) =>
        best &&
        (best.priority > one.priority ||
          (best.priority === one.priority && best.instance.routerIdValue >= one.instance.routerIdValue))
          ? best
          : one,
      undefined,
    );

/** Networks of neighbours that hear each other, each with the members that are adjacent to the designated router. */
function transitNetworks(circuits: readonly Circuit[], heard: ReadonlyMap<Circuit, readonly Circuit[]>) {
  const networks: TransitNetwork[] = [];
  const seen = new Set<Circuit>();
  for (const start of circuits) {
    if (seen.has(start) || !heard.has(start)) continue;
    const component: Circuit[] = [];
    const pending = [start];
    seen.add(start);
    for (let one = pending.pop(); one; one = pending.pop()) {
      component.push(one);
      for (const other of heard.get(one) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        pending.push(other);
      }
    }
    const designated = elected(component);
    if (!designated) continue;
    const members = [designated, ...(heard.get(designated) ?? [])].sort((a, b) => a.index - b.index);
    networks.push({ members, designated });
  }
  return networks;
}

/** What a router announces for a circuit that is not part of a transit network; secondary networks of one that is. */
function stubsOf(circuit: Circuit, transit: TransitNetwork | undefined): readonly Stub[] {
  const { type, cost, networks, hosts } = circuit;
  if (type === 'loopback') return hosts.map((prefix) => ({ prefix, cost }));
  // RFC 2328 section 12.4.1.4: its own address at no cost.
  if (type === 'point-to-multipoint') return hosts.map((prefix) => ({ prefix, cost: 0 }));
  const announced = transit && circuit.instance.process.version === 2 ? transit.designated.networks.slice(0, 1) : [];
  // Version 3: the designated router announces the prefixes of all routers on the link (RFC 5340 section 4.4.3.9).
  if (transit && circuit.instance.process.version === 3) return [];
  if (isSuppressed(circuit)) return [];
  return networks.filter((prefix) => !announced.includes(prefix)).map((prefix) => ({ prefix, cost }));
}

/** RFC 6860: the network of a link is not announced, nor (section 2.2) by the designated router of a broadcast one. */
const isSuppressed = ({ config, instance, passive }: Circuit): boolean =>
  passive === undefined && (config.prefixSuppression ?? instance.process.prefixSuppression)?.value === true;

const prefixesOf = ({ designated, members }: TransitNetwork): readonly PrefixId[] =>
  designated.instance.process.version === 2
    ? isSuppressed(designated)
      ? []
      : designated.networks.slice(0, 1)
    : [...new Set(members.flatMap((member) => (isSuppressed(member) ? [] : member.networks)))];

/** A virtual link as an edge of the backbone: as long as the path that it stands for. */
export interface VirtualEdge {
  readonly from: Instance;
  readonly to: Instance;
  readonly cost: number;
  readonly hops: readonly Hop[];
}

/** The graph of one area, of the processes of one version. */
export function areaGraph(
  area: string,
  instances: readonly Instance[],
  neighbours: readonly Neighbour[],
  virtualEdges: readonly VirtualEdge[] = [],
): AreaGraph {
  const routers = instances.filter((instance) => instance.areas.includes(area));
  const vertexOf = new Map(routers.map((router, at) => [router.index, at]));
  const circuits = routers.flatMap((router) => router.circuits.filter((circuit) => circuit.area === area));
  const links: Neighbour[] = [];
  const heard = new Map<Circuit, Circuit[]>();
  for (const neighbour of neighbours) {
    const { from, to } = neighbour;
    if (from.area !== area || !vertexOf.has(from.instance.index)) continue;
    if (from.type === 'broadcast' || from.type === 'non-broadcast') heard.set(from, [...(heard.get(from) ?? []), to]);
    else links.push(neighbour);
  }
  const networks = transitNetworks(circuits, heard);
  const networkOf = new Map(networks.flatMap((network) => network.members.map((member) => [member, network] as const)));

  const edges: (Edge & {
    readonly near?: Circuit;
    readonly far?: Circuit;
    readonly virtual?: readonly Hop[];
  })[] = [];
  for (const { from, to, cost, hops } of virtualEdges)
    edges.push({
      from: vertexOf.get(from.index) as number,
      to: vertexOf.get(to.index) as number,
      cost,
      virtual: hops,
    });
  const vertex = (circuit: Circuit): number => vertexOf.get(circuit.instance.index) as number;
  const transitCost = ({ instance, cost }: Circuit): number =>
    instance.process.maxMetricRouterLsa?.value ? MAXIMUM_LINK_COST : cost;
  for (const { from, to } of links)
    edges.push({ from: vertex(from), to: vertex(to), cost: transitCost(from), near: from, far: to });
  for (const [at, { members }] of networks.entries()) {
    const network = routers.length + at;
    for (const member of members) {
      edges.push({ from: vertex(member), to: network, cost: transitCost(member), near: member });
      edges.push({ from: network, to: vertex(member), cost: 0, near: member });
    }
  }
  const vertices = routers.length + networks.length;
  const { order, ...graph } = costGraph(vertices, edges);
  const rank = new Uint8Array(vertices).fill(1, 0, routers.length);
  return {
    area,
    routers,
    vertexOf,
    graph,
    near: Array.from(order, (index) => edges[index]?.near),
    virtual: Array.from(order, (index) => edges[index]?.virtual),
    far: Array.from(order, (index) => edges[index]?.far),
    rank,
    stubs: [
      ...routers.map((router) =>
        router.circuits
          .filter((circuit) => circuit.area === area)
          .flatMap((circuit) => stubsOf(circuit, networkOf.get(circuit))),
      ),
      ...networks.map((network) => prefixesOf(network).map((prefix) => ({ prefix, cost: 0 }))),
    ],
  };
}

/** A first step from the root: the circuit, and the neighbour's address; none towards an attached network. */
export interface Hop {
  readonly circuit: Circuit;
  /** Undefined for a network that the root is attached to. */
  readonly to: Circuit | undefined;
}

export interface PathTree {
  readonly area: AreaGraph;
  readonly distances: Uint32Array;
  /** First steps towards each vertex; empty for the root and what it does not reach. */
  readonly hops: readonly (readonly Hop[])[];
}

const NO_HOPS: readonly Hop[] = [];

/** Shortest paths from a router with all equal first steps (RFC 2328 section 16.1). */
export function pathTree(area: AreaGraph, root: Instance): PathTree {
  const start = area.vertexOf.get(root.index) as number;
  const { graph, near, far, rank, virtual } = area;
  const hops: (readonly Hop[])[] = Array.from(rank, () => NO_HOPS);
  const known = new Map<string, Hop>();
  const hop = (circuit: Circuit, to: Circuit | undefined): Hop => {
    const key = `${circuit.index} ${to?.index ?? ''}`;
    const one = known.get(key) ?? { circuit, to };
    known.set(key, one);
    return one;
  };
  const distances = shortestPaths(graph, start, rank, (row, from, to, equal) => {
    const first = near[row];
    const parents = hops[from] as readonly Hop[];
    let found: readonly Hop[];
    if (!first) found = from === start ? (virtual[row] ?? NO_HOPS) : parents;
    else if (from === start) found = [hop(first, far[row])];
    // Behind an attached network the neighbour's address is that of the router on it.
    else found = parents.map((parent) => (parent.to === undefined ? hop(parent.circuit, first) : parent));
    const before = equal ? (hops[to] as readonly Hop[]) : NO_HOPS;
    hops[to] = before.length === 0 ? found : [...new Set([...before, ...found])];
  });
  return { area, distances, hops };
}
