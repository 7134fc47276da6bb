import { type Prefix, prefixContains } from '../../../config/address.ts';
import type { Span } from '../../../config/span.ts';
import { fromRibRoute } from '../../policy/route.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { RibRoute } from '../../rib.ts';
import type { Context } from '../protocol.ts';
import { guessed, summarised, withoutMask } from './classes.ts';
import type { Circuit, Neighbour, Speaker } from './speakers.ts';

/** RFC 2453 section 3.6: sixteen hops are out of reach. */
export const INFINITY = 16;

/** What a router brings into RIP. */
export interface Origin {
  readonly prefix: PrefixId;
  /** As it is sent. */
  readonly metric: number;
  readonly tag: number | undefined;
  /** The route of the table behind it; undefined for an attached network and an originated default route. */
  readonly behind: RibRoute | undefined;
  readonly spans: readonly Span[];
}

/** How a router has a prefix. */
export interface Entry {
  readonly metric: number;
  readonly tag: number | undefined;
  readonly origin: Origin | undefined;
  /** Neighbours by which it is reached, all at the same metric. */
  readonly ways: readonly Neighbour[];
}

export type VectorTable = ReadonlyMap<PrefixId, Entry>;

interface Told {
  readonly metric: number;
  readonly tag: number | undefined;
}

/** Routes learned by RIP as policies see them. */
export const learnedRoute = (speaker: Speaker, prefix: PrefixId, { metric, tag, ways }: Entry): RibRoute => ({
  prefix,
  protocol: 'rip',
  process: '',
  ad:
    ways[0]?.from.settings?.distance?.value ??
    speaker.process.distance?.value ??
    speaker.table.behaviour.administrativeDistance.rip,
  metric,
  nextHops: ways.map(({ from, to }) => ({ ip: to.address.ip.text, interface: from.l3.name, vrf: null })),
  ...(tag !== undefined && { tag }),
  spans: [...new Set(ways.map((way) => way.from.span)), speaker.process.span],
});

/** Metric and tag with which a router sends what it has, before offsets; undefined where a policy keeps it back. */
function sent(context: Context, { speaker, settings }: Circuit, prefix: PrefixId, entry: Entry): Told | undefined {
  const { behaviour, table } = speaker;
  const hop = entry.origin || behaviour.hopAddedBy === 'receiver' ? 0 : 1;
  const more = (settings?.metricOut?.value ?? 1) - 1;
  if (!behaviour.announcesByPolicyAlone) return { metric: entry.metric + hop + more, tag: entry.tag };
  if (!settings?.exportPolicy) return undefined;
  const route = entry.origin?.behind ?? learnedRoute(speaker, prefix, entry);
  const shown = fromRibRoute(context.attributes, route);
  shown.metric = entry.metric + hop + more;
  const { verdict } = context.policies.evaluate(table, settings.exportPolicy.policies, shown);
  // Without a decision nothing is announced (Junos "RIP User Guide", default export policy).
  return verdict === 'permit' ? { metric: shown.metric, tag: shown.tag } : undefined;
}

/** What a router says by one interface: each prefix with the best metric that folds into it. */
function announcement(context: Context, to: Circuit, version: 1 | 2, table: VectorTable): ReadonlyMap<PrefixId, Told> {
  const { prefixes } = context;
  const said = new Map<PrefixId, Told>();
  for (const [prefix, entry] of table) {
    // Split horizon (RFC 2453 section 3.4.3): not back over the interface by which it is reached.
    if (entry.ways.some((way) => way.from === to)) continue;
    const own = prefixes.get(prefix);
    const told = sent(context, to, prefix, entry);
    if (!told) continue;
    const behind = entry.origin?.behind ?? learnedRoute(to.speaker, prefix, entry);
    if (!to.permitsOut(prefix, to.l3.name, behind)) continue;
    const summary = to.summaries.find((one) => prefixContains(one, own));
    const folded: Prefix = summary ?? (to.speaker.autoSummary && version === 2 ? summarised(own, to.link) : own);
    const written = version === 1 ? withoutMask(folded, to.link) : folded;
    if (!written) continue;
    const id = prefixes.intern(written);
    const metric = told.metric + to.offset('out', id);
    const known = said.get(id);
    if (metric < INFINITY && (!known || metric < known.metric))
      said.set(id, { metric, tag: version === 1 ? undefined : told.tag });
  }
  return said;
}

/** The routes of an announcement as the receiver has them. */
function* heard(
  context: Context,
  { from, version }: Neighbour,
  said: ReadonlyMap<PrefixId, Told>,
): Generator<readonly [PrefixId, Told]> {
  const { prefixes, policies, attributes } = context;
  const { behaviour, table } = from.speaker;
  const hop = from.settings?.metricIn?.value ?? (behaviour.hopAddedBy === 'receiver' ? 1 : 0);
  for (const [written, told] of said) {
    const prefix = version === 1 ? prefixes.intern(guessed(prefixes.get(written), from.link)) : written;
    if (!from.permitsIn(prefix, from.l3.name)) continue;
    let metric = told.metric + hop + from.offset('in', prefix);
    let tag = told.tag;
    const chain = from.settings?.importPolicy?.policies;
    if (chain) {
      const route: RibRoute = { prefix, protocol: 'rip', process: '', ad: 0, metric, nextHops: [], spans: [] };
      const shown = fromRibRoute(attributes, { ...route, ...(tag !== undefined && { tag }) });
      if (policies.evaluate(table, chain, shown).verdict === 'deny') continue;
      metric = shown.metric ?? metric;
      tag = shown.tag;
    }
    if (metric < INFINITY) yield [prefix, { metric, tag }];
  }
}

const sameEntry = (a: Entry, b: Entry | undefined): boolean =>
  b !== undefined &&
  a.metric === b.metric &&
  a.tag === b.tag &&
  a.origin === b.origin &&
  a.ways.length === b.ways.length &&
  a.ways.every((way, at) => way === b.ways[at]);

const sameTable = (a: VectorTable, b: VectorTable): boolean =>
  a === b || (a.size === b.size && [...a].every(([prefix, entry]) => sameEntry(entry, b.get(prefix))));

/** Metrics end at 16, and so does counting up to it; a network that still moves then has no stable state. */
const MAXIMUM_ROUNDS = 4 * INFINITY;

/** Distance vectors by `Speaker.index` when the exchange has come to rest; `settled` is false when it does not. */
export function exchange(
  context: Context,
  speakers: readonly Speaker[],
  neighbours: readonly Neighbour[],
  origins: readonly (readonly Origin[])[],
): { readonly tables: readonly VectorTable[]; readonly settled: boolean } {
  const incoming = speakers.map((speaker) => neighbours.filter((one) => one.from.speaker === speaker));
  let tables: readonly VectorTable[] = speakers.map(() => new Map());
  let dirty = new Set(speakers.map((speaker) => speaker.index));
  for (let round = 0; round < MAXIMUM_ROUNDS; round += 1) {
    context.checkCancelled();
    const announcements = new Map<Circuit, Map<1 | 2, ReadonlyMap<PrefixId, Told>>>();
    const said = ({ to, version }: Neighbour): ReadonlyMap<PrefixId, Told> => {
      const byVersion = announcements.get(to) ?? new Map<1 | 2, ReadonlyMap<PrefixId, Told>>();
      announcements.set(to, byVersion);
      const known =
        byVersion.get(version) ?? announcement(context, to, version, tables[to.speaker.index] as VectorTable);
      byVersion.set(version, known);
      return known;
    };
    const next = speakers.map((speaker): VectorTable => {
      if (!dirty.has(speaker.index)) return tables[speaker.index] as VectorTable;
      const table = new Map<PrefixId, Entry>();
      for (const origin of origins[speaker.index] ?? []) {
        const known = table.get(origin.prefix);
        if (!known || origin.metric < known.metric)
          table.set(origin.prefix, { metric: origin.metric, tag: origin.tag, origin, ways: [] });
      }
      for (const neighbour of incoming[speaker.index] ?? [])
        for (const [prefix, { metric, tag }] of heard(context, neighbour, said(neighbour))) {
          const known = table.get(prefix);
          if (known?.origin || (known && known.metric < metric)) continue;
          const ways = known?.metric === metric ? [...known.ways, neighbour] : [neighbour];
          table.set(prefix, { metric, tag: known?.metric === metric ? known.tag : tag, origin: undefined, ways });
        }
      return table;
    });
    const changed = new Set<number>();
    for (const { index } of speakers)
      if (round === 0 || !sameTable(tables[index] as VectorTable, next[index] as VectorTable)) changed.add(index);
    tables = next;
    if (changed.size === 0) return { tables, settled: true };
    dirty = new Set(neighbours.filter(({ to }) => changed.has(to.speaker.index)).map(({ from }) => from.speaker.index));
  }
  return { tables, settled: false };
}
