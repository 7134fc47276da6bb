/** A directed graph with edge costs in rows of adjacency: edges of vertex v are `offsets[v] .. offsets[v + 1]`. */
export interface CostGraph {
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  readonly costs: Uint32Array;
}

export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly cost: number;
}

/** The rows of a list of edges; edges of a vertex keep their order, and `order[i]` is the place of row i in the list. */
export function costGraph(vertices: number, edges: readonly Edge[]): CostGraph & { readonly order: Uint32Array } {
  const offsets = new Uint32Array(vertices + 1);
  for (const { from } of edges) offsets[from + 1] = (offsets[from + 1] as number) + 1;
  for (let at = 0; at < vertices; at += 1) offsets[at + 1] = (offsets[at + 1] as number) + (offsets[at] as number);
  const next = offsets.slice();
  const [targets, costs] = [new Uint32Array(edges.length), new Uint32Array(edges.length)];
  const order = new Uint32Array(edges.length);
  for (const [index, { from, to, cost }] of edges.entries()) {
    const row = next[from] as number;
    next[from] = row + 1;
    targets[row] = to;
    costs[row] = cost;
    order[row] = index;
  }
  return { offsets, targets, costs, order };
}

export const UNREACHABLE = 0xffffffff;

/** What the search tells of each edge that lies on a shortest path: `equal` = as good as what was known. */
export type Relax = (row: number, from: number, to: number, equal: boolean) => void;

/**
 * Distances from a root (Dijkstra with a binary heap). Vertices at equal distance are settled in order of `rank`, so
 * that a vertex reached at no cost from another of its distance comes after it. `relax` is called for every edge that
 * shortens a distance or equals the shortest known one, when its near end is settled.
 */
export function shortestPaths(graph: CostGraph, root: number, rank: Uint8Array, relax: Relax): Uint32Array {
  const { offsets, targets, costs } = graph;
  const vertices = offsets.length - 1;
  const distances = new Uint32Array(vertices).fill(UNREACHABLE);
  const settled = new Uint8Array(vertices);
  // Heap of (key, vertex): stale entries are left in and skipped. Keys stay below 2^53.
  const keys: number[] = [];
  const heap: number[] = [];
  const push = (key: number, vertex: number): void => {
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((keys[parent] as number) <= key) break;
      keys[at] = keys[parent] as number;
      heap[at] = heap[parent] as number;
      at = parent;
    }
    keys[at] = key;
    heap[at] = vertex;
  };
  const pop = (): number => {
    const top = heap[0] as number;
    const [key, vertex] = [keys.pop() as number, heap.pop() as number];
    const size = heap.length;
    if (size > 0) {
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= size) break;
        if (child + 1 < size && (keys[child + 1] as number) < (keys[child] as number)) child += 1;
        if ((keys[child] as number) >= key) break;
        keys[at] = keys[child] as number;
        heap[at] = heap[child] as number;
        at = child;
      }
      keys[at] = key;
      heap[at] = vertex;
    }
    return top;
  };
  /** Distance first, then rank, then the vertex's number. */
  const keyOf = (distance: number, vertex: number): number =>
    (distance * 2 + (rank[vertex] as number)) * vertices + vertex;

  distances[root] = 0;
  push(keyOf(0, root), root);
  while (heap.length > 0) {
    const from = pop();
    if (settled[from]) continue;
    settled[from] = 1;
    const distance = distances[from] as number;
    const end = offsets[from + 1] as number;
    for (let row = offsets[from] as number; row < end; row += 1) {
      const to = targets[row] as number;
      if (settled[to]) continue;
      const through = distance + (costs[row] as number);
      const known = distances[to] as number;
      if (through > known) continue;
      relax(row, from, to, through === known);
      if (through === known) continue;
      distances[to] = through;
      push(keyOf(through, to), to);
    }
  }
  return distances;
}
