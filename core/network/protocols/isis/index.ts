import type { PrefixId } from '../../prefix-table.ts';
import { distinctHops } from '../../resolve.ts';
import type { RibRoute } from '../../rib.ts';
import type { Context, Protocol } from '../protocol.ts';
import { type Candidate, candidatesOf } from './announcements.ts';
import { instancesOf, neighboursOf } from './circuits.ts';
import type { Instance } from './model.ts';
import { IsisDomain, type IsisRoute } from './routes.ts';

function distanceOf({ process, table }: Instance, { level, external }: IsisRoute): number {
  const { isisL1, isisL1External, isisL2, isisL2External } = table.behaviour.administrativeDistance;
  if (process.distance) return process.distance.value;
  const own = process.levelDistances;
  const set =
    level === 1 ? (external ? own?.level1External : own?.level1) : external ? own?.level2External : own?.level2;
  if (set) return set.value;
  return level === 1 ? (external ? isisL1External : isisL1) : external ? isisL2External : isisL2;
}

function offerOf({ prefixes }: Context, instance: Instance, route: IsisRoute): RibRoute {
  const { process, table } = instance;
  const { prefix, level, cost, tag, hops } = route;
  const { version } = prefixes.get(prefix);
  const most =
    process.maximumPaths?.value ?? table.device.ecmp?.get(table.vrf)?.value ?? table.behaviour.isis.maximumPaths;
  const fewer = table.behaviour.fewerPathsByRouterId && hops.length > most;
  const bySystem = [...hops].sort((a, b) => (a.to.instance.systemId < b.to.instance.systemId ? -1 : 1));
  const nextHops = (fewer ? bySystem.slice(0, most) : hops).map(({ from, to }) => ({
    ip: to.addresses[version]?.text ?? null,
    interface: from.l3.name,
    vrf: null,
  }));
  return {
    prefix,
    protocol: level === 1 ? 'isis-l1' : 'isis-l2',
    process: process.id,
    ad: distanceOf(instance, route),
    metric: cost,
    nextHops: distinctHops(nextHops).slice(0, most),
    ...(tag !== undefined && { tag }),
    spans: [...new Set(hops.map((hop) => hop.from.span)), process.span],
  };
}

/** Rounds in which redistributed routes may give way to routes of IS-IS itself. */
const MAXIMUM_SWEEPS = 16;

/** IS-IS with both levels, for IPv4 and IPv6 over one topology. */
export const isis: Protocol = {
  name: 'isis',
  prepare: (context) => {
    const instances = instancesOf(context);
    const { neighbours, adjacencies } = neighboursOf(context, instances);
    const domain = new IsisDomain(context, instances, neighbours);
    const attached = new Map<number, PrefixId[]>();
    for (const { table, circuits } of instances)
      attached.set(table.index, [
        ...(attached.get(table.index) ?? []),
        ...circuits.flatMap((circuit) => circuit.networks),
      ]);

    return (ribs) => {
      const all = instances.map((instance) => candidatesOf(context, ribs, instance));
      const silent = new Set<Candidate>();
      let found = domain.routes(all.flat());
      // A redistributed route gives way where IS-IS itself has a better one; routers do so one after the other.
      for (let sweep = 0; sweep < MAXIMUM_SWEEPS; sweep += 1) {
        const before = silent.size;
        for (const candidate of all.flat()) {
          const { behind, instance, announcement } = candidate;
          const learned = behind && found[instance.index]?.get(announcement.prefix);
          if (!learned || silent.has(candidate) || distanceOf(instance, learned) >= behind.ad) continue;
          if (behind.protocol === 'isis-l1' || behind.protocol === 'isis-l2') continue;
          silent.add(candidate);
          break;
        }
        if (silent.size === before) break;
        found = domain.routes(all.flat().filter((candidate) => !silent.has(candidate)));
      }
      const routes = new Map<number, readonly RibRoute[]>();
      for (const instance of instances) {
        const offers = [...(found[instance.index]?.values() ?? [])].map((route) => offerOf(context, instance, route));
        const { index } = instance.table;
        routes.set(index, [...(routes.get(index) ?? []), ...offers]);
      }
      return { routes, attached, adjacencies };
    };
  },
};
