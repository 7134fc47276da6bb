import type { PrefixId } from '../../prefix-table.ts';
import { distinctHops } from '../../resolve.ts';
import type { RibRoute } from '../../rib.ts';
import type { NextHop } from '../../state.ts';
import type { Protocol } from '../protocol.ts';
import { neighboursOf } from './adjacencies.ts';
import type { Hop } from './area-graph.ts';
import { instancesOf } from './circuits.ts';
import { type InternalRoute, type Internals, internalRoutes } from './internal-routes.ts';
import type { Instance } from './model.ts';

/** First steps as the table has them, in one order, no more than the process may use. */
function nextHopsOf(instance: Instance, hops: readonly Hop[], prefix: PrefixId): readonly NextHop[] {
  const { process, table } = instance;
  const { ospf } = table.behaviour;
  const shown = hops.map(({ circuit, to }): NextHop => {
    const attached = ospf.showsUnnumberedNeighbourAsAttached && circuit.unnumbered && to?.addressHost === prefix;
    return { ip: attached ? null : (to?.nextHop ?? null), interface: circuit.l3.name, vrf: null };
  });
  return distinctHops(shown).slice(0, process.maximumPaths?.value ?? ospf.maximumPaths);
}

function internalOffers(instance: Instance, routes: Iterable<InternalRoute>): RibRoute[] {
  const { process, table } = instance;
  const distance = table.behaviour.administrativeDistance;
  const intra = process.distances?.value.intra ?? distance.ospfIntra;
  const inter = process.distances?.value.inter ?? distance.ospfInter;
  const offers: RibRoute[] = [];
  for (const { prefix, kind, cost, hops, attached } of routes) {
    if (attached || hops.length === 0) continue;
    offers.push({
      prefix,
      protocol: kind === 'intra' ? 'ospf' : 'ospf-ia',
      process: process.id,
      ad: kind === 'intra' ? intra : inter,
      metric: cost,
      nextHops: nextHopsOf(instance, hops, prefix),
      spans: [...new Set(hops.map((hop) => hop.circuit.span)), process.span],
    });
  }
  return offers;
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
    const versions = [ofVersion(2), ofVersion(3)];
    const internal = new Map<number, RibRoute[]>();
    const attached = new Map<number, PrefixId[]>();
    for (const { instances: own, routes } of versions) {
      for (const instance of own) {
        const { index } = instance.table;
        const offers = internalOffers(instance, routes[instance.index]?.values() ?? []);
        internal.set(index, [...(internal.get(index) ?? []), ...offers]);
        const networks = instance.circuits.flatMap((circuit) => circuit.networks);
        attached.set(index, [...(attached.get(index) ?? []), ...networks]);
      }
    }
    return () => ({ routes: internal, attached, adjacencies });
  },
};
