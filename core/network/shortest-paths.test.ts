import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costGraph, type Edge, shortestPaths, UNREACHABLE } from './shortest-paths.ts';

const VERTICES = 9;

/** Bellman and Ford: as many rounds as there are vertices. */
function reference(edges: readonly Edge[], root: number): number[] {
  const distances = Array<number>(VERTICES).fill(Number.POSITIVE_INFINITY);
  distances[root] = 0;
  for (let round = 0; round < VERTICES; round += 1)
    for (const { from, to, cost } of edges)
      distances[to] = Math.min(distances[to] as number, (distances[from] as number) + cost);
  return distances.map((distance) => (distance === Number.POSITIVE_INFINITY ? UNREACHABLE : distance));
}

const vertex = fc.nat({ max: VERTICES - 1 });
const graphs = fc.array(fc.record({ from: vertex, to: vertex, cost: fc.integer({ min: 1, max: 20 }) }), {
  maxLength: 40,
});

describe('shortest paths', () => {
  it('have the distances of a simple reference, and tell every edge that lies on one', () => {
    fc.assert(
      fc.property(graphs, vertex, (edges, root) => {
        const graph = costGraph(VERTICES, edges);
        const parents = new Map<number, Set<number>>();
        const distances = shortestPaths(graph, root, new Uint8Array(VERTICES), (_, from, to, equal) => {
          if (!equal) parents.set(to, new Set());
          parents.get(to)?.add(from);
        });
        const wanted = reference(edges, root);
        expect([...distances]).toEqual(wanted);
        for (let to = 0; to < VERTICES; to += 1) {
          if (to === root || wanted[to] === UNREACHABLE) continue;
          const best = edges.filter(
            (edge) => edge.to === to && (wanted[edge.from] as number) + edge.cost === wanted[to],
          );
          expect([...(parents.get(to) ?? [])].sort()).toEqual([...new Set(best.map((edge) => edge.from))].sort());
        }
      }),
    );
  });

  it('settle a vertex of lower rank first at equal distance', () => {
    const graph = costGraph(3, [
      { from: 0, to: 1, cost: 4 },
      { from: 0, to: 2, cost: 4 },
      { from: 2, to: 1, cost: 0 },
    ]);
    const seen: string[] = [];
    shortestPaths(graph, 0, Uint8Array.of(1, 1, 0), (_, from, to) => seen.push(`${from}-${to}`));
    expect(seen).toEqual(['0-1', '0-2', '2-1']);
  });
});
