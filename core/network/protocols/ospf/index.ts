import type { Span } from '../../../config/span.ts';
import { prefixFilter } from '../../distribute-lists.ts';
import type { PrefixId } from '../../prefix-table.ts';
import { distinctHops } from '../../resolve.ts';
import type { RibRoute } from '../../rib.ts';
import type { NextHop } from '../../state.ts';
import type { Context, Protocol } from '../protocol.ts';
import { neighboursOf } from './adjacencies.ts';
import type { Hop } from './area-graph.ts';
import { instancesOf } from './circuits.ts';
import { type ExternalRoute, Externals, type Step } from './external-routes.ts';
import { type InternalRoute, type Internals, internalRoutes, type Range } from './internal-routes.ts';
import type { Instance } from './model.ts';

/** Next hops and spans of first steps, which many prefixes behind one router share. */
interface Way {
  readonly nextHops: readonly NextHop[];
  readonly spans: readonly Span[];
}

type Ways = WeakMap<readonly (Step | Hop)[], Way>;

/** What the steps of a route are in the table; worked out once for each list of steps. */
function wayOf(
  ways: Ways,
  instance: Instance,
  steps: readonly Step[],
  prefix: PrefixId,
  shared: readonly (Step | Hop)[],
): Way {
  const known = ways.get(shared);
  if (known) return known;
  const made = { nextHops: nextHopsOf(instance, steps, prefix), spans: spansOf(instance, steps) };
  // An unnumbered neighbour's own address may be shown in another way than what lies behind it.
  const special = instance.table.behaviour.ospf.showsUnnumberedNeighbourAsAttached;
  if (!special || !steps.some(({ hop }) => hop.circuit.unnumbered)) ways.set(shared, made);
  return made;
}

/** First steps as the table has them, in one order, no more than the process may use. */
function nextHopsOf(instance: Instance, steps: readonly Step[], prefix: PrefixId): readonly NextHop[] {
  const { process, table } = instance;
  const { ospf } = table.behaviour;
  const most = process.maximumPaths?.value ?? table.device.ecmp?.get(table.vrf)?.value ?? ospf.maximumPaths;
  const routerId = ({ hop }: Step): number => hop.to?.instance.routerIdValue ?? 0;
  const fewer = table.behaviour.fewerPathsByRouterId && steps.length > most;
  const taken = fewer ? [...steps].sort((a, b) => routerId(a) - routerId(b)).slice(0, most) : steps;
  const shown = taken.map(({ hop: { circuit, to }, ip }): NextHop => {
    const attached = ospf.showsUnnumberedNeighbourAsAttached && circuit.unnumbered && to?.addressHost === prefix;
    return { ip: attached ? null : (ip ?? to?.nextHop ?? null), interface: circuit.l3.name, vrf: null };
  });
  return distinctHops(shown).slice(0, most);
}

const spansOf = (instance: Instance, steps: readonly Step[]) => [
  ...new Set(steps.map((step) => step.hop.circuit.span)),
  instance.process.span,
];

function internalOffer(ways: Ways, instance: Instance, { prefix, kind, cost, hops }: InternalRoute): RibRoute {
  const { process, table } = instance;
  const distance = table.behaviour.administrativeDistance;
  return {
    prefix,
    protocol: kind === 'intra' ? 'ospf' : 'ospf-ia',
    process: process.id,
    ad:
      kind === 'intra'
        ? (process.distances?.value.intra ?? distance.ospfIntra)
        : (process.distances?.value.inter ?? distance.ospfInter),
    metric: cost,
    ...(ways.get(hops) ??
      wayOf(
        ways,
        instance,
        hops.map((hop): Step => ({ hop })),
        prefix,
        hops,
      )),
  };
}

function externalOffer(
  ways: Ways,
  instance: Instance,
  { prefix, protocol, metric, tag, steps }: ExternalRoute,
): RibRoute {
  const { process, table } = instance;
  return {
    prefix,
    protocol,
    process: process.id,
    ad: process.distances?.value.external ?? table.behaviour.administrativeDistance.ospfExternal,
    metric,
    ...wayOf(ways, instance, steps, prefix, steps),
    ...(tag !== undefined && { tag }),
  };
}

/** The hosts by which a router announces its loopbacks, where the connected network is another. */
const ownHosts = ({ circuits, process, table }: Instance): readonly RibRoute[] =>
  process.version !== 2
    ? []
    : circuits
        .filter(({ type }) => type === 'loopback')
        .flatMap(({ hosts, networks, cost, l3, span }) =>
          hosts
            .filter((prefix) => !networks.includes(prefix))
            .map((prefix) => ({
              prefix,
              protocol: 'ospf' as const,
              process: process.id,
              ad: process.distances?.value.intra ?? table.behaviour.administrativeDistance.ospfIntra,
              metric: cost,
              nextHops: [{ ip: null, interface: l3.name, vrf: null }],
              spans: [span, process.span],
            })),
        );

/** A border router drops what it announces in one piece and does not have in parts. */
const discardOffer = ({ process, table }: Instance, { prefix, cost, span }: Range): RibRoute => ({
  prefix,
  protocol: 'ospf',
  process: process.id,
  ad: process.distances?.value.intra ?? table.behaviour.administrativeDistance.ospfIntra,
  metric: table.behaviour.ospf.discardRouteMetric === 'cost' ? cost : 0,
  nextHops: [{ ip: null, interface: null, vrf: null, drop: true }],
  spans: [span, process.span],
});

/** What the inbound distribute lists leave of the offers: they keep routes out of the table, not out of OSPF. */
function filtered(context: Context, instance: Instance, offers: readonly RibRoute[]): readonly RibRoute[] {
  const { process, table } = instance;
  const inbound = (process.distributeLists ?? []).filter((list) => list.direction === 'in');
  if (inbound.length === 0) return offers;
  const permitted = prefixFilter(context, table, inbound, 'in', process.version === 2 ? 4 : 6);
  return offers.flatMap((route) => {
    const nextHops = route.nextHops.filter((hop) => hop.drop || permitted(route.prefix, hop.interface, route));
    return nextHops.length === 0 ? [] : nextHops.length === route.nextHops.length ? route : { ...route, nextHops };
  });
}

/** OSPF version 2 and 3: what does not depend on other protocols is computed once, external routes each round. */
export const ospf: Protocol = {
  name: 'ospf',
  prepare: (context) => {
    const instances = instancesOf(context);
    const { neighbours, adjacencies } = neighboursOf(context, instances);
    const ofVersion = (version: 2 | 3): Internals =>
      internalRoutes(
        context,
        instances.filter((instance) => instance.process.version === version),
        neighbours.filter(({ from }) => from.instance.process.version === version),
      );
    const domains = ([2, 3] as const).map((version) => {
      const internals = ofVersion(version);
      return { internals, externals: new Externals(context, internals) };
    });

    const ways: Ways = new WeakMap();
    const internal = new Map<number, readonly RibRoute[]>();
    const attached = new Map<number, PrefixId[]>();
    for (const { internals } of domains) {
      for (const instance of internals.instances) {
        const offers: RibRoute[] = [];
        for (const route of internals.routes[instance.index]?.values() ?? [])
          if (!route.attached && route.hops.length > 0) offers.push(internalOffer(ways, instance, route));
        if (instance.table.behaviour.ospf.listsOwnLoopbackHosts) offers.push(...ownHosts(instance));
        if (instance.table.behaviour.ospf.discardRouteMetric)
          for (const range of internals.ranges[instance.index] ?? []) offers.push(discardOffer(instance, range));
        internal.set(instance.index, filtered(context, instance, offers));
        const { index } = instance.table;
        const networks = instance.circuits.flatMap((circuit) => circuit.networks);
        attached.set(index, [...(attached.get(index) ?? []), ...networks]);
      }
    }

    // Kept while the routers announce the same: what follows from that does not depend on the tables.
    const found = new Map<number, readonly RibRoute[]>();
    return (ribs) => {
      const routes = new Map<number, readonly RibRoute[]>();
      for (const { internals, externals } of domains) {
        const changed = externals.announce(ribs);
        for (const instance of internals.instances) {
          context.checkCancelled();
          if (changed)
            found.set(
              instance.index,
              [...externals.routesOf(instance)].map((route) => externalOffer(ways, instance, route)),
            );
          const external = found.get(instance.index) ?? [];
          const { index } = instance.table;
          const own = internal.get(instance.index) ?? [];
          const offered = external.length === 0 ? own : [...own, ...filtered(context, instance, external)];
          routes.set(index, routes.has(index) ? [...(routes.get(index) ?? []), ...offered] : offered);
        }
      }
      return { routes, attached, adjacencies };
    };
  },
};
