import type { Ip } from '../../config/address.ts';
import type { Table } from '../topology.ts';
import type { Filter, ReachabilityGraph } from './graph.ts';
import { type Fate, type Outcome, sortOutcomes } from './levels.ts';

/** The fate of traffic where no filter stops it, and the filters that stand on its way. */
export interface BareFate extends Fate {
  readonly filters: ReadonlySet<Filter>;
}

/** Ways as short texts: a way that is made of known ones is a number, so that it does not grow with its length. */
export class Paths {
  readonly #numbers = new Map<string, string>();

  through({ node, vrf }: Table, further: readonly string[]): string {
    const text = `${node} ${vrf}>${[...new Set(further)].sort().join('|')}`;
    const known = this.#numbers.get(text) ?? `#${this.#numbers.size}`;
    this.#numbers.set(text, known);
    return known;
  }
}

const NO_FILTERS: ReadonlySet<Filter> = new Set();

/**
 * What becomes of traffic for one address from every table of a lab: one search over the graph of tables, in which each
 * table is visited once. A table that is met again on the way to itself is a loop.
 */
export class Fates {
  readonly #graph: ReachabilityGraph;
  readonly #paths: Paths;
  readonly #ip: Ip;
  readonly #known = new Map<number, BareFate>();
  readonly #pending = new Set<number>();

  constructor(graph: ReachabilityGraph, paths: Paths, ip: Ip) {
    this.#graph = graph;
    this.#paths = paths;
    this.#ip = ip;
  }

  of(table: Table): BareFate {
    const known = this.#known.get(table.index);
    if (known) return known;
    if (this.#pending.has(table.index))
      return { outcomes: [{ disposition: 'loop', at: table.node }], path: `loop ${table.node}`, filters: NO_FILTERS };
    this.#pending.add(table.index);
    const outcomes: Outcome[] = [];
    const paths: string[] = [];
    const filters = new Set<Filter>();
    for (const edge of this.#graph.edgesOf(table, this.#ip).edges) {
      if ('end' in edge) {
        outcomes.push({ disposition: edge.end, at: edge.at });
        paths.push(edge.end);
        for (const filter of edge.filters) filters.add(filter);
        continue;
      }
      const further = this.of(edge.next);
      outcomes.push(...further.outcomes);
      paths.push(further.path);
      for (const filter of [...edge.filters, ...further.filters]) filters.add(filter);
    }
    this.#pending.delete(table.index);
    const fate: BareFate = {
      outcomes: sortOutcomes(outcomes),
      path: this.#paths.through(table, paths),
      filters: filters.size === 0 ? NO_FILTERS : filters,
    };
    this.#known.set(table.index, fate);
    return fate;
  }
}
