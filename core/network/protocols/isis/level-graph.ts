import { type CostGraph, costGraph, type Edge, shortestPaths, UNREACHABLE } from '../../shortest-paths.ts';
import type { Circuit, Instance, Level, Neighbour } from './model.ts';

/** The link states of one level as a graph: routers first, then pseudonodes of multi-access links. */
export interface LevelGraph {
  readonly level: Level;
  readonly routers: readonly Instance[];
  readonly vertexOf: ReadonlyMap<number, number>;
  readonly graph: CostGraph;
  readonly near: readonly Circuit[];
  readonly far: readonly (Circuit | undefined)[];
  readonly rank: Uint8Array;
}

export interface Hop {
  readonly from: Circuit;
  readonly to: Circuit;
}

export interface PathTree {
  readonly level: LevelGraph;
  readonly distances: Uint32Array;
  readonly hops: readonly (readonly Hop[])[];
}

/** Two routers understand each other's links when they have a kind of metric in common. */
const understood = (a: Instance, b: Instance): boolean =>
  (a.style.narrow && b.style.narrow) || (a.style.wide && b.style.wide);

export function levelGraph(level: Level, instances: readonly Instance[], neighbours: readonly Neighbour[]): LevelGraph {
  const routers = instances.filter((instance) => instance.levels.includes(level));
  const vertexOf = new Map(routers.map((router, at) => [router.index, at]));
  const vertex = ({ instance }: Circuit): number => vertexOf.get(instance.index) as number;
  const edges: (Edge & { readonly near: Circuit; readonly far?: Circuit })[] = [];
  const heard = new Map<Circuit, Circuit[]>();
  for (const { from, to, levels } of neighbours) {
    if (!levels.includes(level) || !understood(from.instance, to.instance)) continue;
    if (from.pointToPoint)
      edges.push({ from: vertex(from), to: vertex(to), cost: from.metric[level], near: from, far: to });
    else heard.set(from, [...(heard.get(from) ?? []), to]);
  }
  const lans: Circuit[][] = [];
  const seen = new Set<Circuit>();
  for (const start of heard.keys()) {
    if (seen.has(start)) continue;
    const members: Circuit[] = [];
    const pending = [start];
    seen.add(start);
    for (let one = pending.pop(); one; one = pending.pop()) {
      members.push(one);
      for (const other of heard.get(one) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        pending.push(other);
      }
    }
    lans.push(members.sort((a, b) => a.index - b.index));
  }
  for (const [at, members] of lans.entries()) {
    const pseudonode = routers.length + at;
    for (const member of members) {
      edges.push({ from: vertex(member), to: pseudonode, cost: member.metric[level], near: member });
      edges.push({ from: pseudonode, to: vertex(member), cost: 0, near: member });
    }
  }
  const { order, ...graph } = costGraph(routers.length + lans.length, edges);
  return {
    level,
    routers,
    vertexOf,
    graph,
    near: Array.from(order, (index) => (edges[index] as (typeof edges)[number]).near),
    far: Array.from(order, (index) => edges[index]?.far),
    rank: new Uint8Array(routers.length + lans.length).fill(1, 0, routers.length),
  };
}

/** The graph as others see it: nothing passes through a router that is overloaded (ISO 10589 section 7.2.8.1). */
function withoutTransit(level: LevelGraph, root: number): CostGraph {
  const overloaded = level.routers.flatMap((router, at) => (router.process.overload?.value && at !== root ? [at] : []));
  if (overloaded.length === 0) return level.graph;
  const costs = level.graph.costs.slice();
  for (const vertex of overloaded)
    costs.fill(UNREACHABLE, level.graph.offsets[vertex], level.graph.offsets[vertex + 1]);
  return { ...level.graph, costs };
}

const NO_HOPS: readonly Hop[] = [];

export function pathTree(level: LevelGraph, root: Instance): PathTree {
  const start = level.vertexOf.get(root.index) as number;
  const { near, far, rank } = level;
  /** Circuits of the root towards a pseudonode that it is attached to. */
  const attached = new Map<number, Circuit[]>();
  const hops: (readonly Hop[])[] = Array.from(rank, () => NO_HOPS);
  const known = new Map<string, Hop>();
  const hop = (from: Circuit, to: Circuit): Hop => {
    const key = `${from.index} ${to.index}`;
    const one = known.get(key) ?? { from, to };
    known.set(key, one);
    return one;
  };
  const distances = shortestPaths(withoutTransit(level, start), start, rank, (row, from, to, equal) => {
    const circuit = near[row] as Circuit;
    const other = far[row];
    if (!equal) attached.delete(to);
    let found: readonly Hop[];
    if (from !== start)
      found = [...(hops[from] as readonly Hop[]), ...(attached.get(from) ?? []).map((own) => hop(own, circuit))];
    else if (other) found = [hop(circuit, other)];
    else {
      attached.set(to, [...(attached.get(to) ?? []), circuit]);
      found = NO_HOPS;
    }
    const before = equal ? (hops[to] as readonly Hop[]) : NO_HOPS;
    hops[to] = before.length === 0 ? found : [...new Set([...before, ...found])];
  });
  return { level, distances, hops };
}
