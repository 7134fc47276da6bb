import type { SeededRandom } from './seeded-random.ts';

export type NetworkShape = 'fat-tree' | 'leaf-spine' | 'ring' | 'random';

/** Routers by number, each in a tier and a group, and the links between them in order. */
export interface Graph {
  readonly nodes: readonly {
    readonly tier: 'core' | 'aggregation' | 'edge' | 'plain';
    /** Routers of one group are one AS, or one area. */
    readonly group: number;
  }[];
  readonly links: readonly (readonly [number, number])[];
}

/** The shape with at least that many routers; only a fat-tree, which comes in certain sizes, may have more. */
export function graphOf(shape: NetworkShape, size: number, random: SeededRandom): Graph {
  switch (shape) {
    case 'fat-tree':
      return fatTree(size);
    case 'leaf-spine':
      return leafSpine(size);
    case 'ring':
      return ring(size);
    case 'random':
      return randomGraph(size, random);
  }
}

/** M. Al-Fares et al., SIGCOMM 2008: k pods of k/2 edge and k/2 aggregation switches, (k/2)^2 core switches. */
function fatTree(size: number): Graph {
  let half = 1;
  while (5 * half * half < size) half += 1;
  const pods = 2 * half;
  const cores = half * half;
  const nodes: Graph['nodes'][number][] = [];
  const links: [number, number][] = [];
  for (let core = 0; core < cores; core += 1) nodes.push({ tier: 'core', group: 0 });
  for (let pod = 0; pod < pods; pod += 1) {
    const first = nodes.length;
    for (let one = 0; one < half; one += 1) nodes.push({ tier: 'aggregation', group: pod + 1 });
    for (let one = 0; one < half; one += 1) nodes.push({ tier: 'edge', group: pods + 1 + pod * half + one });
    for (let aggregation = 0; aggregation < half; aggregation += 1) {
      for (let up = 0; up < half; up += 1) links.push([aggregation * half + up, first + aggregation]);
      for (let edge = 0; edge < half; edge += 1) links.push([first + aggregation, first + half + edge]);
    }
  }
  return { nodes, links };
}

/** Two spines, four from sixteen leaves on, and every leaf joined to each. */
function leafSpine(size: number): Graph {
  const spines = size >= 20 ? 4 : 2;
  const nodes: Graph['nodes'][number][] = [];
  const links: [number, number][] = [];
  for (let spine = 0; spine < spines; spine += 1) nodes.push({ tier: 'core', group: 0 });
  for (let leaf = spines; leaf < size; leaf += 1) {
    nodes.push({ tier: 'edge', group: leaf - spines + 1 });
    for (let spine = 0; spine < spines; spine += 1) links.push([spine, leaf]);
  }
  return { nodes, links };
}

function ring(size: number): Graph {
  const nodes = Array.from({ length: size }, (_, at) => ({ tier: 'plain' as const, group: Math.floor(at / 4) }));
  const links = nodes.map((_, at): [number, number] => [at, (at + 1) % size]);
  return { nodes, links: size === 2 ? links.slice(0, 1) : size < 2 ? [] : links };
}

/** A random tree and half as many further links, some between the same two routers; neighbours tend to share a group. */
function randomGraph(size: number, random: SeededRandom): Graph {
  const groups: number[] = [];
  const links: [number, number][] = [];
  let last = 0;
  for (let at = 0; at < size; at += 1) {
    if (at === 0) {
      groups.push(0);
      continue;
    }
    const parent = random.below(at);
    const joins = random.chance(0.55);
    if (!joins) last += 1;
    groups.push(joins ? (groups[parent] as number) : last);
    links.push([parent, at]);
  }
  for (let more = Math.floor(size / 2); more > 0 && size > 1; more -= 1) {
    const [a, b] = [random.below(size), random.below(size)];
    if (a !== b) links.push([a, b]);
  }
  return { nodes: groups.map((group) => ({ tier: 'plain', group })), links };
}
