import { parseIp, prefixContains } from '../../../config/address.ts';
import type { PrefixId } from '../../prefix-table.ts';
import { redistributed } from '../../redistribute.ts';
import { distinctHops } from '../../resolve.ts';
import type { RibRoute } from '../../rib.ts';
import type { Context, Protocol, Ribs } from '../protocol.ts';
import { diffuse, type Origin, type TopologyEntry, type TopologyTable } from './diffuse.ts';
import { attachedVector, seedVector, tableMetric, type Vector } from './metric.ts';
import { neighboursOf, type Speaker, speakersOf } from './speakers.ts';

const DEFAULT_MAXIMUM_PATHS = 4;

/** Cisco command reference, "ip summary-address eigrp": the discard route of a summary has distance 5. */
const SUMMARY_DISTANCE = 5;

const isEigrp = (route: RibRoute): boolean => route.protocol === 'eigrp' || route.protocol === 'eigrp-ext';

/** Networks of the interfaces on which the process runs. */
const connectedOrigins = (speaker: Speaker): Origin[] =>
  speaker.circuits.flatMap((circuit) =>
    circuit.networks.map((prefix) => ({
      speaker,
      prefix,
      vector: circuit.vector,
      external: false,
      kind: 'connected' as const,
      spans: [circuit.span],
    })),
  );

/** Vector of a redistributed route: as the line or the policy says, as the process has by default, or carried along. */
function vectorOf(
  context: Context,
  speaker: Speaker,
  route: RibRoute,
  given: readonly number[] | undefined,
  carried: (route: RibRoute) => Vector | undefined,
): Vector | undefined {
  const seed = given ?? speaker.process.defaultMetric?.value;
  if (seed && seed.length > 1) return seedVector(seed);
  if (isEigrp(route)) return carried(route);
  if (route.protocol !== 'connected' && route.protocol !== 'static') {
    const assumed = speaker.table.behaviour.eigrp?.defaultMetric;
    return assumed && seedVector(assumed);
  }
  // Cisco document 8606: connected and static routes need no metric; they have that of their interface.
  const { table } = speaker;
  const name = route.nextHops[0]?.interface;
  const via = name ?? route.nextHops[0]?.ip;
  const one = name
    ? context.topology.interfaceOf(table.node, name)
    : context.topology
        .interfacesOf(table)
        .find((each) =>
          each.addresses.some(({ ip, length }) => via !== undefined && via !== null && holds(ip.words[0], length, via)),
        );
  return one && attachedVector(context.topology, one);
}

const holds = (network: number | undefined, length: number, address: string): boolean => {
  const ip = parseIp(address)?.words[0];
  const mask = length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
  return ip !== undefined && network !== undefined && ((ip ^ network) & mask) === 0;
};

interface External {
  readonly origin: Origin;
  readonly behind: RibRoute;
}

function externalOrigins(
  context: Context,
  ribs: Ribs,
  speaker: Speaker,
  carried: (route: RibRoute) => Vector | undefined,
): External[] {
  const { table, process } = speaker;
  const own = new Set(speaker.circuits.flatMap((circuit) => circuit.networks));
  const found: External[] = [];
  for (const line of process.redistribute) {
    const taken = redistributed(context, ribs, table, line, 'eigrp', undefined, process.asn);
    for (const { route, result, spans } of taken) {
      const { version } = context.prefixes.get(route.prefix);
      if (version !== 4 || (route.protocol === 'connected' && own.has(route.prefix))) continue;
      const vector = vectorOf(context, speaker, route, result.eigrpMetric ?? line.eigrpMetric, carried);
      if (!vector) {
        if (line.source !== 'connected' && line.source !== 'static' && line.source !== 'eigrp')
          context.caveat(
            table.node,
            `EIGRP takes nothing from ${line.source}: neither the line nor the process names a metric.`,
            line.span,
          );
        continue;
      }
      found.push({
        behind: route,
        origin: {
          speaker,
          prefix: route.prefix,
          vector,
          external: true,
          kind: route.protocol === 'connected' || route.protocol === 'static' ? route.protocol : 'redistributed',
          ...(result.tag !== undefined && { tag: result.tag }),
          spans,
        },
      });
    }
  }
  return found;
}

const distanceOf = ({ table, process }: Speaker, external: boolean): number => {
  const { eigrpExternal, eigrpInternal } = table.behaviour.administrativeDistance;
  return external
    ? (process.distances?.value.external ?? eigrpExternal)
    : (process.distances?.value.internal ?? eigrpInternal);
};

/** Summaries that have a member in the topology table of their router. */
function summaryOrigins(
  { prefixes }: Context,
  speakers: readonly Speaker[],
  tables: readonly TopologyTable[],
): Origin[] {
  const origins: Origin[] = [];
  for (const speaker of speakers) {
    const table = tables[speaker.index] as TopologyTable;
    for (const circuit of speaker.circuits) {
      for (const { prefix, span } of circuit.summaries) {
        const outer = prefixes.get(prefix);
        let best: TopologyEntry | undefined;
        for (const [member, entry] of table) {
          if (member === prefix || !prefixContains(outer, prefixes.get(member)) || entry.origin?.kind === 'summary')
            continue;
          if (!best || entry.metric < best.metric) best = entry;
        }
        if (!best) continue;
        const { vector } = best;
        origins.push({ speaker, prefix, vector, external: false, kind: 'summary', only: circuit, spans: [span] });
      }
    }
  }
  return origins;
}

/** Rounds in which redistributed routes may give way to routes of EIGRP itself. */
const MAXIMUM_SWEEPS = 16;

/**
 * The topology tables with what redistribution brings in. A redistributed route gives way where EIGRP knows the prefix
 * from a neighbour at a better distance; routers give way one after the other, in order.
 */
function settle(
  context: Context,
  speakers: readonly Speaker[],
  neighbours: ReturnType<typeof neighboursOf>['neighbours'],
  externals: readonly (readonly External[])[],
): readonly TopologyTable[] {
  const connected = speakers.flatMap(connectedOrigins);
  const silent = new Set<External>();
  let tables: readonly TopologyTable[] = [];
  for (let sweep = 0; sweep < MAXIMUM_SWEEPS; sweep += 1) {
    const active = externals.flatMap((list) => list.filter((one) => !silent.has(one)).map((one) => one.origin));
    const plain = [...connected, ...active];
    tables = diffuse(context, speakers, neighbours, plain);
    const summaries = summaryOrigins(context, speakers, tables);
    if (summaries.length > 0) tables = diffuse(context, speakers, neighbours, [...plain, ...summaries]);
    const before = silent.size;
    for (const speaker of speakers) {
      for (const one of externals[speaker.index] ?? []) {
        if (isEigrp(one.behind) || silent.has(one)) continue;
        const others = tables[speaker.index]?.get(one.origin.prefix);
        if (others && !others.origin && distanceOf(speaker, others.external) < one.behind.ad) silent.add(one);
      }
      if (silent.size > before) break;
    }
    if (silent.size === before) break;
  }
  return tables;
}

/** EIGRP for IPv4, classic and named. */
export const eigrp: Protocol = {
  name: 'eigrp',
  prepare: (context) => {
    const speakers = speakersOf(context);
    const { neighbours, adjacencies } = neighboursOf(context, speakers);
    const attached = new Map<number, PrefixId[]>();
    for (const { table, circuits } of speakers)
      attached.set(table.index, [
        ...(attached.get(table.index) ?? []),
        ...circuits.flatMap(({ networks }) => networks),
      ]);
    // What the last computation found, for routes that pass from one process into another with their vectors.
    let last: readonly TopologyTable[] = [];

    const offersOf = (speaker: Speaker, found: TopologyTable): RibRoute[] => {
      const { table, process, wide } = speaker;
      const most = process.maximumPaths?.value ?? table.behaviour.eigrp?.maximumPaths ?? DEFAULT_MAXIMUM_PATHS;
      const offers: RibRoute[] = [];
      for (const [prefix, { ways, metric, external, tag, origin }] of found) {
        if (origin?.kind === 'summary')
          offers.push({
            prefix,
            protocol: 'eigrp',
            process: process.asn,
            ad: SUMMARY_DISTANCE,
            metric: tableMetric(metric, wide),
            nextHops: [{ ip: null, interface: null, vrf: null, drop: true }],
            spans: [...origin.spans, process.span],
          });
        if (ways.length === 0) continue;
        const hops = ways.map(({ neighbour: { from, to } }) => ({
          ip: to.address.ip.text,
          interface: from.l3.name,
          vrf: null,
        }));
        offers.push({
          prefix,
          protocol: external ? 'eigrp-ext' : 'eigrp',
          process: process.asn,
          ad: distanceOf(speaker, external),
          metric: tableMetric(metric, wide),
          nextHops: distinctHops(hops).slice(0, most),
          ...(tag !== undefined && { tag }),
          spans: [...new Set(ways.map((way) => way.neighbour.from.span)), process.span],
        });
      }
      return offers;
    };

    return (ribs) => {
      if (speakers.length === 0) return { routes: new Map() };
      const externals = speakers.map((speaker) =>
        externalOrigins(context, ribs, speaker, (route) => {
          const source = speakers.find((one) => one.table === speaker.table && one.process.asn === route.process);
          return source && last[source.index]?.get(route.prefix)?.vector;
        }),
      );
      last = settle(context, speakers, neighbours, externals);
      const routes = new Map<number, readonly RibRoute[]>();
      for (const speaker of speakers) {
        const { index } = speaker.table;
        routes.set(index, [...(routes.get(index) ?? []), ...offersOf(speaker, last[speaker.index] as TopologyTable)]);
      }
      return { routes, attached, adjacencies };
    };
  },
};
