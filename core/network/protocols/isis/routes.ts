import { fromRibRoute } from '../../policy/route.ts';
import type { PrefixId } from '../../prefix-table.ts';
import { UNREACHABLE } from '../../shortest-paths.ts';
import type { Context } from '../protocol.ts';
import { type Announcement, type Candidate, summarised } from './announcements.ts';
import { type Hop, levelGraph, type PathTree, pathTree } from './level-graph.ts';
import type { Instance, Level, Neighbour } from './model.ts';

export interface IsisRoute {
  readonly prefix: PrefixId;
  readonly level: Level;
  readonly cost: number;
  readonly external: boolean;
  /** Order of preference of RFC 5302 section 3.2: level 1, level 2, leaked into level 1, the attached default. */
  readonly preference: number;
  readonly tag: number | undefined;
  readonly hops: readonly Hop[];
}

type RouteMap = Map<PrefixId, IsisRoute>;

const order = (a: IsisRoute, b: IsisRoute): number =>
  a.preference - b.preference || Number(a.external) - Number(b.external) || a.cost - b.cost;

function take(routes: RouteMap, found: IsisRoute): void {
  const known = routes.get(found.prefix);
  const rank = known ? order(found, known) : -1;
  if (rank > 0) return;
  if (known && rank === 0) routes.set(found.prefix, { ...known, hops: [...new Set([...known.hops, ...found.hops])] });
  else routes.set(found.prefix, found);
}

/** The link states of all routers that do not depend on other protocols, and the routes that follow from them. */
export class IsisDomain {
  readonly #context: Context;
  readonly #instances: readonly Instance[];
  readonly #trees: Readonly<Record<Level, ReadonlyMap<number, PathTree>>>;

  constructor(context: Context, instances: readonly Instance[], neighbours: readonly Neighbour[]) {
    this.#context = context;
    this.#instances = instances;
    const treesOf = (level: Level): ReadonlyMap<number, PathTree> => {
      const graph = levelGraph(level, instances, neighbours);
      return new Map(
        graph.routers.map((router) => {
          context.checkCancelled();
          return [router.index, pathTree(graph, router)] as const;
        }),
      );
    };
    this.#trees = { 1: treesOf(1), 2: treesOf(2) };
  }

  /** Routes by `Instance.index`, with these redistributed routes. */
  routes(candidates: readonly Candidate[]): readonly RouteMap[] {
    const outside: Record<Level, Map<number, Announcement[]>> = { 1: new Map(), 2: new Map() };
    for (const { instance, levels, announcement } of candidates)
      for (const level of levels) {
        const list = outside[level].get(instance.index) ?? [];
        list.push(announcement);
        outside[level].set(instance.index, list);
      }
    const own = (instance: Instance, level: Level): Announcement[] =>
      instance.circuits
        .filter((circuit) => circuit.levels.includes(level))
        .flatMap((circuit) =>
          circuit.networks.map((prefix) => ({
            prefix,
            metric: circuit.metric[level],
            external: false,
            down: false,
            spans: [circuit.span],
          })),
        );
    const fold = (instance: Instance, level: Level, list: readonly Announcement[]) =>
      summarised(this.#context, instance, level, list);

    const one = new Map<number, readonly Announcement[]>();
    for (const instance of this.#instances)
      one.set(instance.index, [...own(instance, 1), ...fold(instance, 1, outside[1].get(instance.index) ?? [])]);
    const firstLevel = this.#instances.map((instance) => this.#ofLevel(instance, 1, one));

    // ISO 10589 section 7.2.9.2: a router of both levels announces into level 2 what level 1 reaches.
    const two = new Map<number, readonly Announcement[]>();
    for (const instance of this.#instances) {
      const passesUp = instance.levels.includes(1) && (instance.table.behaviour.isis.announcesLevel1 ?? true);
      const below = passesUp ? [...own(instance, 1), ...this.#up(firstLevel[instance.index])] : [];
      two.set(instance.index, [
        ...own(instance, 2),
        ...fold(instance, 2, [...below, ...(outside[2].get(instance.index) ?? [])]),
      ]);
    }
    const secondLevel = this.#instances.map((instance) => this.#ofLevel(instance, 2, two));

    const leaked = new Map<number, readonly Announcement[]>();
    for (const instance of this.#instances)
      leaked.set(instance.index, fold(instance, 1, this.#down(instance, secondLevel[instance.index] as RouteMap)));
    return this.#instances.map((instance) => {
      const routes: RouteMap = new Map(secondLevel[instance.index]);
      for (const route of firstLevel[instance.index]?.values() ?? []) take(routes, route);
      for (const route of this.#ofLevel(instance, 1, leaked).values()) take(routes, route);
      this.#attachedDefault(instance, routes);
      return routes;
    });
  }

  #ofLevel(instance: Instance, level: Level, announced: ReadonlyMap<number, readonly Announcement[]>): RouteMap {
    const routes: RouteMap = new Map();
    const tree = this.#trees[level].get(instance.index);
    if (!tree) return routes;
    for (const [vertex, router] of tree.level.routers.entries()) {
      const distance = tree.distances[vertex] as number;
      if (router === instance || distance === UNREACHABLE) continue;
      const hops = tree.hops[vertex] as readonly Hop[];
      for (const { prefix, metric, external, down, tag } of announced.get(router.index) ?? []) {
        const preference = level === 2 ? 1 : down ? 2 : 0;
        const usable = this.#forFamily(hops, prefix);
        if (usable.length === 0) continue;
        take(routes, { prefix, level, cost: distance + metric, external, preference, tag, hops: usable });
      }
    }
    return routes;
  }

  /** First steps over circuits on which both ends speak the prefix's family. */
  #forFamily(hops: readonly Hop[], prefix: PrefixId): readonly Hop[] {
    const four = this.#context.prefixes.get(prefix).version === 4;
    return hops.filter(({ from, to }) => (four ? from.ipv4 && to.ipv4 : from.ipv6 && to.ipv6));
  }

  #up(routes: RouteMap | undefined): Announcement[] {
    return [...(routes?.values() ?? [])].map(({ prefix, cost, external, tag }) => ({
      prefix,
      metric: cost,
      external,
      down: false,
      ...(tag !== undefined && { tag }),
      spans: [],
    }));
  }

  /** What a router of both levels leaks from level 2 into level 1 (RFC 5302). */
  #down(instance: Instance, routes: RouteMap): Announcement[] {
    const { table, process } = instance;
    const lines = process.leak?.filter((leak) => leak.from === '2' && leak.to === '1') ?? [];
    if (lines.length === 0 || instance.levels.length < 2) return [];
    const { policies, attributes, prefixes } = this.#context;
    const announcements: Announcement[] = [];
    for (const { prefix, cost, external, tag } of routes.values()) {
      if (prefixes.get(prefix).length === 0) continue;
      const shown = fromRibRoute(attributes, {
        prefix,
        protocol: 'isis-l2',
        process: process.id,
        ad: 0,
        metric: cost,
        nextHops: [],
        ...(tag !== undefined && { tag }),
        spans: [],
      });
      const line = lines.find(({ policy, span }) => {
        if (policy === undefined) return true;
        return policies.evaluate(table, [{ value: policy, span }], { ...shown }).verdict === 'permit';
      });
      if (line) announcements.push({ prefix, metric: cost, external, down: true, spans: [line.span] });
    }
    return announcements;
  }

  /** Whether a router of both levels reaches another area by level 2: it then sets the attached bit. */
  #isAttached(instance: Instance): boolean {
    if (instance.process.suppressesAttached?.value) return false;
    const tree = this.#trees[2].get(instance.index);
    return (
      tree?.level.routers.some(
        (router, vertex) => router.area !== instance.area && tree.distances[vertex] !== UNREACHABLE,
      ) ?? false
    );
  }

  /** ISO 10589 section 7.2.9.1: level 1 sends what it does not know to the nearest router with the attached bit. */
  #attachedDefault(instance: Instance, routes: RouteMap): void {
    const tree = this.#trees[1].get(instance.index);
    if (!tree || instance.process.ignoresAttached?.value) return;
    if (instance.levels.includes(2) && this.#isAttached(instance)) return;
    for (const [vertex, router] of tree.level.routers.entries()) {
      const cost = tree.distances[vertex] as number;
      if (router === instance || cost === UNREACHABLE || !router.levels.includes(2) || !this.#isAttached(router))
        continue;
      for (const text of ['0.0.0.0/0', '::/0']) {
        const prefix = this.#context.prefixes.internText(text) as PrefixId;
        const hops = this.#forFamily(tree.hops[vertex] as readonly Hop[], prefix);
        if (hops.length === 0) continue;
        take(routes, { prefix, level: 1, cost, external: false, preference: 3, tag: undefined, hops });
      }
    }
  }
}
