import { prefixContains } from '../../../config/address.ts';
import type { Span } from '../../../config/span.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Context } from '../protocol.ts';
import { composite, raised, through, type Vector } from './metric.ts';
import type { Circuit, Neighbour, Speaker } from './speakers.ts';

/** What a router brings into EIGRP: an attached network, a redistributed route, or a summary. */
export interface Origin {
  readonly speaker: Speaker;
  readonly prefix: PrefixId;
  readonly vector: Vector;
  readonly external: boolean;
  readonly kind: 'connected' | 'static' | 'redistributed' | 'summary';
  readonly tag?: number;
  /** A summary leaves by this interface alone. */
  readonly only?: Circuit;
  readonly spans: readonly Span[];
}

/** A way to a prefix by a neighbour. */
export interface Way {
  readonly neighbour: Neighbour;
  readonly metric: number;
  /** The neighbour's own metric, by which the feasibility condition is judged (RFC 7868 section 3.6). */
  readonly reported: number;
}

export interface TopologyEntry {
  readonly vector: Vector;
  readonly metric: number;
  readonly external: boolean;
  readonly tag: number | undefined;
  /** Set when the router itself brings the prefix in. */
  readonly origin: Origin | undefined;
  /** Ways that traffic takes: successors, and with `variance` feasible successors that are good enough. */
  readonly ways: readonly Way[];
}

export type TopologyTable = Map<PrefixId, TopologyEntry>;

/** A router of EIGRP never passes a route over more hops (`metric maximum-hops`). */
const MAXIMUM_HOPS = 100;

/** Which routes a stub router announces (`eigrp stub`). */
function stubAnnounces({ process }: Speaker, entry: TopologyEntry): boolean {
  const stub = process.stub?.value;
  if (!stub) return true;
  if (!entry.origin || stub.includes('receive-only')) return false;
  const kinds = stub.length === 0 ? ['connected', 'summary'] : stub;
  return kinds.includes(entry.origin.kind) || (entry.origin.external && kinds.includes('redistributed'));
}

const sameEntry = (a: TopologyEntry | undefined, b: TopologyEntry | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.metric === b.metric &&
    a.external === b.external &&
    a.origin === b.origin &&
    a.vector.hops === b.vector.hops &&
    a.vector.delayPicoseconds === b.vector.delayPicoseconds &&
    a.vector.bandwidthKbps === b.vector.bandwidthKbps &&
    a.vector.offset === b.vector.offset &&
    a.ways.length === b.ways.length &&
    a.ways.every((way, at) => way.neighbour === b.ways[at]?.neighbour && way.metric === b.ways[at]?.metric));

/** Internal routes are preferred to external ones, whatever the metric. */
const order = (a: { readonly external: boolean; readonly metric: number }, b: typeof a): number =>
  Number(a.external) - Number(b.external) || a.metric - b.metric;

/**
 * Topology tables by `Speaker.index`: where the diffusing computation comes to rest. Every router tells its neighbours
 * its best way until nothing changes.
 */
export function diffuse(
  context: Context,
  speakers: readonly Speaker[],
  neighbours: readonly Neighbour[],
  origins: readonly Origin[],
): readonly TopologyTable[] {
  const { prefixes } = context;
  const tables: TopologyTable[] = speakers.map(() => new Map());
  const bySpeaker = speakers.map((): Neighbour[] => []);
  for (const neighbour of neighbours) bySpeaker[neighbour.from.speaker.index]?.push(neighbour);

  const own = new Map<PrefixId, Origin[]>();
  for (const origin of origins) own.set(origin.prefix, [...(own.get(origin.prefix) ?? []), origin]);

  /** What `to` tells about the prefix over that link. */
  const told = ({ from, to }: Neighbour, prefix: PrefixId): TopologyEntry | undefined => {
    const entry = tables[to.speaker.index]?.get(prefix);
    if (!entry || entry.vector.hops >= MAXIMUM_HOPS) return undefined;
    const { origin } = entry;
    if (origin?.only && origin.only.l3 !== to.l3) return undefined;
    // Split horizon: not back over the interface by which it is reached.
    if (entry.ways.some((way) => way.neighbour.from === to)) return undefined;
    const inner = prefixes.get(prefix);
    const summarised = to.summaries.some(
      (summary) => summary.prefix !== prefix && prefixContains(prefixes.get(summary.prefix), inner),
    );
    if (summarised || !stubAnnounces(to.speaker, entry)) return undefined;
    if (
      !to.permitsOut(prefix, to.l3.name, shown(prefix, entry)) ||
      !from.permitsIn(prefix, from.l3.name, shown(prefix, entry))
    )
      return undefined;
    return entry;
  };

  const compute = (speaker: Speaker, prefix: PrefixId): TopologyEntry | undefined => {
    const { kValues: k, wide, process } = speaker;
    let best: TopologyEntry | undefined;
    for (const origin of own.get(prefix) ?? []) {
      if (origin.speaker !== speaker) continue;
      const { vector, external, tag } = origin;
      const found = { vector, metric: composite(vector, k, wide), external, tag, origin, ways: [] };
      if (!best || order(found, best) < 0) best = found;
    }
    const heard: { readonly entry: TopologyEntry; readonly vector: Vector; readonly way: Way }[] = [];
    for (const neighbour of bySpeaker[speaker.index] ?? []) {
      const entry = told(neighbour, prefix);
      if (!entry) continue;
      const added = neighbour.to.offset('out', prefix) + neighbour.from.offset('in', prefix);
      const vector = raised(through(neighbour.from.vector, entry.vector), added);
      const metric = composite(vector, k, wide);
      heard.push({ entry, vector, way: { neighbour, metric, reported: composite(entry.vector, k, wide) } });
    }
    heard.sort((a, b) => order({ ...a.entry, metric: a.way.metric }, { ...b.entry, metric: b.way.metric }));
    const first = heard[0];
    if (!first || (best && order(best, { external: first.entry.external, metric: first.way.metric }) <= 0)) return best;
    const limit = first.way.metric * (process.variance?.value ?? 1);
    const ways = heard
      .filter(({ entry }) => entry.external === first.entry.external)
      .filter(({ way }) => way.metric === first.way.metric || (way.metric <= limit && way.reported < first.way.metric));
    const { vector, entry } = first;
    return {
      vector,
      metric: first.way.metric,
      external: entry.external,
      tag: entry.tag,
      origin: undefined,
      ways: ways.map((each) => each.way),
    };
  };

  for (const prefix of own.keys()) {
    context.checkCancelled();
    const waiting = new Set((own.get(prefix) ?? []).map((origin) => origin.speaker.index));
    // Each change is told on; a metric grows with every hop, so that the work ends.
    for (let steps = 0; waiting.size > 0 && steps < MAXIMUM_HOPS * (speakers.length + 1); steps += 1) {
      const index = Math.min(...waiting);
      waiting.delete(index);
      const speaker = speakers[index] as Speaker;
      const table = tables[index] as TopologyTable;
      const entry = compute(speaker, prefix);
      if (sameEntry(entry, table.get(prefix))) continue;
      if (entry) table.set(prefix, entry);
      else table.delete(prefix);
      for (const { to } of bySpeaker[index] ?? []) waiting.add(to.speaker.index);
    }
  }
  return tables;

  function shown(prefix: PrefixId, entry: TopologyEntry) {
    return {
      prefix,
      protocol: entry.external ? ('eigrp-ext' as const) : ('eigrp' as const),
      process: '',
      ad: 0,
      metric: entry.metric,
      nextHops: [],
      ...(entry.tag !== undefined && { tag: entry.tag }),
      spans: [],
    };
  }
}
