import { prefixContains } from '../../../config/address.ts';
import type { Span } from '../../../config/span.ts';
import type { PrefixId } from '../../prefix-table.ts';
import { UNREACHABLE } from '../../shortest-paths.ts';
import type { Context } from '../protocol.ts';
import { type AreaGraph, areaGraph, type Hop, type PathTree, pathTree, type VirtualEdge } from './area-graph.ts';
import { type AreaConfig, BACKBONE, type Instance, LS_INFINITY, type Neighbour, type VirtualLink } from './model.ts';

/** A route inside of the OSPF domain, as one router has it. */
export interface InternalRoute {
  readonly prefix: PrefixId;
  readonly kind: 'intra' | 'inter';
  readonly area: string;
  readonly cost: number;
  readonly hops: readonly Hop[];
  /** The router itself is attached to it: it is not put into the table. */
  readonly attached: boolean;
}

/** What a border router announces into an area of the others. */
export interface Summary {
  readonly prefix: PrefixId;
  readonly cost: number;
}

export interface Range {
  readonly prefix: PrefixId;
  readonly cost: number;
  readonly span: Span;
}

/** The internal routes of every router of one OSPF version, and what is needed to find paths to routers. */
export interface Internals {
  readonly instances: readonly Instance[];
  /** Routes by `Instance.index`. */
  readonly routes: readonly ReadonlyMap<PrefixId, InternalRoute>[];
  /** Trees of the areas of a router, by `Instance.index`. */
  readonly trees: readonly ReadonlyMap<string, PathTree>[];
  /** RFC 3509: attached to the backbone and to another area. */
  readonly isBorder: (instance: Instance) => boolean;
  /** Areas whose summaries a router looks at. */
  readonly summaryAreas: (instance: Instance) => readonly string[];
  /** Border routers of an area, in order. */
  readonly bordersOf: (area: string) => readonly Instance[];
  /** Ranges with a member, for discard routes, by `Instance.index`. */
  readonly ranges: readonly (readonly Range[])[];
}

export const areaOf = (instance: Instance, area: string): AreaConfig | undefined => instance.process.areas.get(area);

/** The shorter path, or both where they are equally long. */
function better(known: InternalRoute | undefined, found: InternalRoute): InternalRoute {
  if (!known || found.cost < known.cost) return found;
  if (found.cost > known.cost || known.attached) return known;
  if (found.attached) return found;
  return { ...known, hops: [...new Set([...known.hops, ...found.hops])] };
}

/** RFC 2328 section 16.1: what the routers and networks of each area announce as attached. */
function intraRoutes(trees: ReadonlyMap<string, PathTree>, instance: Instance): Map<PrefixId, InternalRoute> {
  const routes = new Map<PrefixId, InternalRoute>();
  for (const [area, { area: graph, distances, hops }] of trees) {
    const root = graph.vertexOf.get(instance.index);
    for (const [vertex, stubs] of graph.stubs.entries()) {
      const distance = distances[vertex] as number;
      if (distance === UNREACHABLE) continue;
      const first = hops[vertex] as readonly Hop[];
      const attached = vertex === root || first.some((hop) => hop.to === undefined);
      for (const { prefix, cost } of stubs) {
        const route: InternalRoute = { prefix, kind: 'intra', area, cost: distance + cost, hops: first, attached };
        routes.set(prefix, better(routes.get(prefix), route));
      }
    }
  }
  return routes;
}

/** Which prefixes a border router may take into or out of an area. */
function filterOf(
  context: Context,
  border: Instance,
  area: string,
  direction: 'in' | 'out',
): (prefix: PrefixId) => boolean {
  const { policies } = context;
  const { table } = border;
  const family = border.process.version === 2 ? 'ipv4' : 'ipv6';
  const config = areaOf(border, area);
  const list = direction === 'in' ? config?.filterIn : config?.filterOut;
  const access = direction === 'in' ? config?.importList : config?.exportList;
  const undefinedPermits = table.behaviour.undefinedNeighbourFilter === 'permit';
  const byList = list && (policies.prefixList(table, family, list.value) ?? (() => undefinedPermits));
  const byAccess = access && (policies.accessList(table, family, access.value) ?? (() => undefinedPermits));
  return (prefix) => (byList?.(prefix) ?? true) && (byAccess?.(prefix) ?? true);
}

/**
 * What a border router announces into one area (RFC 2328 section 12.4.3): networks of its other areas, folded into
 * ranges, and in areas other than the backbone also what it knows from there; into a stub area a default route.
 */
function summariesOf(
  context: Context,
  border: Instance,
  area: string,
  routes: ReadonlyMap<PrefixId, InternalRoute>,
): readonly Summary[] {
  const { prefixes } = context;
  const into = areaOf(border, area);
  const type = into?.type?.value ?? 'normal';
  const summaries = new Map<PrefixId, number>();
  const isDefault = (prefix: PrefixId): boolean => prefixes.get(prefix).length === 0;
  const allowedIn = filterOf(context, border, area, 'in');
  const out = new Map<string, (prefix: PrefixId) => boolean>();
  const allowedOut = (from: string): ((prefix: PrefixId) => boolean) => {
    const known = out.get(from) ?? filterOf(context, border, from, 'out');
    out.set(from, known);
    return known;
  };
  // A range's cost is that of its farthest member, or of its nearest one where RFC 1583 counts (RFC 2328 appendix G.2).
  const nearest = border.process.rfc1583Compatible?.value ?? border.table.behaviour.ospf.rfc1583Compatible ?? false;
  if (!into?.noSummary?.value || type === 'normal') {
    for (const route of routes.values()) {
      if (route.area === area || route.cost >= LS_INFINITY) continue;
      if (route.kind === 'inter' && (area === BACKBONE || route.area !== BACKBONE)) continue;
      if (isDefault(route.prefix) && type !== 'normal') continue;
      if (!allowedOut(route.area)(route.prefix)) continue;
      const range = route.kind === 'intra' ? rangeOf(context, border, route.area, route.prefix) : undefined;
      if (range && !range.config.advertise) continue;
      const prefix = range?.prefix ?? route.prefix;
      if (!allowedIn(prefix)) continue;
      const known = range ? summaries.get(prefix) : undefined;
      const folded =
        known === undefined ? route.cost : nearest ? Math.min(known, route.cost) : Math.max(known, route.cost);
      summaries.set(prefix, range?.config.cost ?? folded);
    }
  }
  const withCost = into?.defaultCost !== undefined || !border.table.behaviour.ospf.stubDefaultNeedsCost;
  const openStub = type === 'stub' && withCost;
  if (openStub || (type === 'nssa' && (into?.noSummary?.value || border.table.behaviour.ospf.defaultIntoNssa))) {
    const everything = prefixes.internText(border.process.version === 2 ? '0.0.0.0/0' : '::/0') as PrefixId;
    summaries.set(everything, into?.defaultCost?.value ?? 1);
  }
  const { maxMetricSummaryCost } = border.table.behaviour.ospf;
  const avoided = border.process.maxMetricRouterLsa?.value ? maxMetricSummaryCost : undefined;
  return [...summaries].map(([prefix, cost]) => ({ prefix, cost: avoided ?? cost }));
}

/** The narrowest range of an area that holds the prefix. */
function rangeOf({ prefixes }: Context, border: Instance, area: string, member: PrefixId) {
  const inner = prefixes.get(member);
  let best: { readonly prefix: PrefixId; readonly config: AreaConfig['ranges'][number] } | undefined;
  for (const config of areaOf(border, area)?.ranges ?? []) {
    const prefix = prefixes.internText(config.prefix);
    if (prefix === undefined || !prefixContains(prefixes.get(prefix), inner)) continue;
    if (!best || prefixes.get(prefix).length > prefixes.get(best.prefix).length) best = { prefix, config };
  }
  return best;
}

/** Virtual links that both ends configure, and whose ends reach each other through the area (RFC 2328 section 15). */
function virtualEdges(
  context: Context,
  instances: readonly Instance[],
  trees: readonly ReadonlyMap<string, PathTree>[],
): readonly (VirtualEdge & VirtualLink)[] {
  const edges: (VirtualEdge & VirtualLink)[] = [];
  const configures = (one: Instance, area: string, other: Instance): boolean =>
    areaOf(one, area)?.virtualLinks.some(({ value }) => value === other.routerId) ?? false;
  for (const from of instances) {
    for (const { id: area, virtualLinks } of from.process.areas.values()) {
      for (const link of virtualLinks) {
        const tree = trees[from.index]?.get(area);
        const to = tree?.area.routers.find((router) => router.routerId === link.value && router !== from);
        const vertex = to && tree?.area.vertexOf.get(to.index);
        const cost = vertex === undefined ? UNREACHABLE : (tree?.distances[vertex] ?? UNREACHABLE);
        if (!to || cost === UNREACHABLE || !configures(to, area, from)) {
          const why = to
            ? cost === UNREACHABLE
              ? 'it is not reached'
              : 'it does not name this router'
            : 'no such router is there';
          context.caveat(
            from.table.node,
            `The virtual link to ${link.value} through area ${area} is down: ${why}.`,
            link.span,
          );
          continue;
        }
        edges.push({ from, to, area, cost, hops: tree?.hops[vertex as number] ?? [] });
      }
    }
  }
  return edges;
}

/** Computes the internal routes of all routers of one version. */
export function internalRoutes(
  context: Context,
  instances: readonly Instance[],
  neighbours: readonly Neighbour[],
): Internals {
  const areas = [...new Set(instances.flatMap((instance) => instance.areas))].sort();
  const graphs = new Map<string, AreaGraph>();
  const count = Math.max(0, ...instances.map((instance) => instance.index + 1));
  const trees: Map<string, PathTree>[] = Array.from({ length: count }, () => new Map());
  const routes: Map<PrefixId, InternalRoute>[] = Array.from({ length: count }, () => new Map());
  // The backbone last: virtual links are as long as the paths through the areas that they cross.
  const links: VirtualLink[] = [];
  for (const area of [...areas.filter((one) => one !== BACKBONE), ...areas.filter((one) => one === BACKBONE)]) {
    const virtual = area === BACKBONE ? virtualEdges(context, instances, trees) : [];
    links.push(...virtual);
    const graph = areaGraph(area, instances, neighbours, virtual);
    graphs.set(area, graph);
    for (const router of graph.routers) {
      context.checkCancelled();
      trees[router.index]?.set(area, pathTree(graph, router));
    }
  }
  for (const instance of instances) {
    routes[instance.index] = intraRoutes(trees[instance.index] as Map<string, PathTree>, instance);
  }

  const inBackbone = new Set([
    ...neighbours.filter(({ from }) => from.area === BACKBONE).map(({ from }) => from.instance),
    ...links.map(({ from }) => from),
  ]);
  const isBorder = (instance: Instance): boolean => instance.areas.length > 1 && instance.areas.includes(BACKBONE);
  const summaryAreas = (instance: Instance): readonly string[] =>
    isBorder(instance) && inBackbone.has(instance) ? [BACKBONE] : instance.areas;
  const borders = new Map(
    areas.map((area) => [area, (graphs.get(area) as AreaGraph).routers.filter((router) => isBorder(router))] as const),
  );

  const ranges: Range[][] = Array.from({ length: count }, () => []);
  for (const border of instances.filter(isBorder)) {
    for (const route of routes[border.index]?.values() ?? []) {
      const range = rangeOf(context, border, route.area, route.prefix);
      const list = ranges[border.index] as Range[];
      const known = list.findIndex((one) => one.prefix === range?.prefix);
      if (!range?.config.advertise) continue;
      const cost = Math.max(route.cost, list[known]?.cost ?? 0);
      list[known < 0 ? list.length : known] = { prefix: range.prefix, cost, span: range.config.span };
    }
  }

  // The backbone first: what its routers learn there is what border routers announce into the other areas.
  const order = [...areas].sort((a, b) => Number(b === BACKBONE) - Number(a === BACKBONE) || (a < b ? -1 : 1));
  for (const area of order) {
    const announced = (borders.get(area) ?? []).map((border) => ({
      border,
      summaries: summariesOf(context, border, area, routes[border.index] as Map<PrefixId, InternalRoute>),
    }));
    for (const router of (graphs.get(area) as AreaGraph).routers) {
      if (!summaryAreas(router).includes(area)) continue;
      const tree = trees[router.index]?.get(area) as PathTree;
      const own = routes[router.index] as Map<PrefixId, InternalRoute>;
      const ownRanges = new Set(ranges[router.index]?.map((range) => range.prefix));
      for (const { border, summaries } of announced) {
        const vertex = tree.area.vertexOf.get(border.index) as number;
        const distance = tree.distances[vertex] as number;
        if (border === router || distance === UNREACHABLE) continue;
        const hops = tree.hops[vertex] as readonly Hop[];
        for (const { prefix, cost } of summaries) {
          const known = own.get(prefix);
          if (known?.kind === 'intra' || ownRanges.has(prefix)) continue;
          own.set(prefix, better(known, { prefix, kind: 'inter', area, cost: distance + cost, hops, attached: false }));
        }
      }
    }
  }
  return {
    instances,
    routes,
    trees,
    isBorder,
    summaryAreas,
    bordersOf: (area) => borders.get(area) ?? [],
    ranges,
  };
}
