import type { Span } from '../../../config/span.ts';
import { prefixFilter } from '../../distribute-lists.ts';
import { fromRibRoute } from '../../policy/route.ts';
import type { PrefixId } from '../../prefix-table.ts';
import { redistributed } from '../../redistribute.ts';
import { distinctHops } from '../../resolve.ts';
import type { RibRoute } from '../../rib.ts';
import type { Context, Protocol, Ribs } from '../protocol.ts';
import { neighboursOf, type Speaker, speakersOf } from './speakers.ts';
import { exchange, INFINITY, learnedRoute, type Origin, type VectorTable } from './vectors.ts';

/** Networks on which the process runs. */
function attachedOrigins(speaker: Speaker): Origin[] {
  const { process, behaviour, circuits } = speaker;
  const line = behaviour.connectedMetricForOwn
    ? process.redistribute.find(({ source }) => source === 'connected')
    : undefined;
  const metric = Math.max(1, line?.metric ?? 1);
  return circuits.flatMap((circuit) =>
    circuit.networks.map((prefix) => ({
      prefix,
      metric,
      tag: undefined,
      behind: undefined,
      spans: [circuit.span, ...(line?.metric === undefined ? [] : [line.span])],
    })),
  );
}

function redistributedOrigins(context: Context, ribs: Ribs, speaker: Speaker, own: ReadonlySet<PrefixId>): Origin[] {
  const { table, process, behaviour } = speaker;
  const found: Origin[] = [];
  for (const line of process.redistribute) {
    const permitted = prefixFilter(
      context,
      table,
      (process.distributeLists ?? []).filter((list) => list.source !== undefined),
      'out',
      4,
      line.source,
    );
    const taken = redistributed(context, ribs, table, line, 'rip', (shown, source) => {
      const plain = source.protocol === 'connected' || source.protocol === 'static';
      shown.metric =
        line.metric ?? process.defaultMetric?.value ?? behaviour.redistributedMetric ?? (plain ? 1 : undefined);
    });
    for (const { route, result, spans } of taken) {
      if (context.prefixes.get(route.prefix).version !== 4 || own.has(route.prefix)) continue;
      if (!permitted(route.prefix, null, route)) continue;
      if (result.metric === undefined) {
        context.caveat(
          table.node,
          `RIP takes nothing from ${line.source}: neither the line nor the process names a metric.`,
          line.span,
        );
        continue;
      }
      const metric = Math.max(1, result.metric);
      if (metric < INFINITY) found.push({ prefix: route.prefix, metric, tag: result.tag, behind: route, spans });
    }
  }
  return found;
}

/** All active routes of systems whose export policies choose among them. */
function activeOrigins(context: Context, ribs: Ribs, { table }: Speaker): Origin[] {
  return [...ribs.without(table, 'rip').routes()]
    .filter((route) => context.prefixes.get(route.prefix).version === 4)
    .filter((route) => route.protocol !== 'local' && !route.noReadvertise)
    .map((route) => ({ prefix: route.prefix, metric: 1, tag: route.tag, behind: route, spans: route.spans }));
}

function defaultOrigin(context: Context, ribs: Ribs, { table, process, behaviour }: Speaker): Origin[] {
  const setting = process.defaultOriginate;
  const prefix = setting && context.prefixes.internText('0.0.0.0/0');
  if (!setting || prefix === undefined) return [];
  const rib = ribs.without(table, 'rip');
  const { always, policy } = setting.value;
  if (behaviour.defaultNeedsRoute && !always && !rib.get(prefix)) return [];
  let spans: readonly Span[] = [setting.span];
  if (policy !== undefined) {
    // The map names a route whose presence in the table allows the default route.
    const outcome = [...rib.routes()]
      .map((route) =>
        context.policies.evaluate(
          table,
          [{ value: policy, span: setting.span }],
          fromRibRoute(context.attributes, route),
        ),
      )
      .find(({ verdict }) => verdict === 'permit');
    if (!outcome) return [];
    spans = [setting.span, ...outcome.spans];
  }
  return [{ prefix, metric: 1, tag: undefined, behind: undefined, spans }];
}

/** Rounds in which redistributed routes may give way to routes of RIP itself. */
const MAXIMUM_SWEEPS = 16;

/** RIP for IPv4, versions 1 and 2 (RFC 1058, RFC 2453). */
export const rip: Protocol = {
  name: 'rip',
  prepare: (context) => {
    const speakers = speakersOf(context);
    const neighbours = neighboursOf(context, speakers);
    const attached = new Map<number, readonly PrefixId[]>(
      speakers.map(({ table, circuits }) => [table.index, circuits.flatMap(({ networks }) => networks)]),
    );

    const originsOf = (ribs: Ribs, speaker: Speaker): readonly Origin[] => {
      if (speaker.behaviour.announcesByPolicyAlone) return activeOrigins(context, ribs, speaker);
      const own = attachedOrigins(speaker);
      const networks = new Set(own.map(({ prefix }) => prefix));
      return [
        ...own,
        ...redistributedOrigins(context, ribs, speaker, networks),
        ...defaultOrigin(context, ribs, speaker),
      ];
    };

    /**
     * Vectors with what redistribution brings in. A redistributed route gives way where a neighbour tells the prefix and
     * RIP has the better distance; routers give way one after the other, in order.
     */
    const settle = (origins: readonly (readonly Origin[])[]): readonly VectorTable[] => {
      const silent = new Set<Origin>();
      for (let sweep = 0; ; sweep += 1) {
        const active = origins.map((list) => list.filter((one) => !silent.has(one)));
        const { tables, settled } = exchange(context, speakers, neighbours, active);
        if (!settled)
          for (const { table, process } of speakers)
            context.caveat(
              table.node,
              'RIP comes to no stable state: its routes here are those of one moment.',
              process.span,
            );
        const yielding = speakers
          .flatMap((speaker) => (active[speaker.index] ?? []).map((origin) => ({ speaker, origin })))
          .find(({ speaker, origin }) => {
            if (!origin.behind || origin.behind.protocol === 'connected') return false;
            const better = learnedRoute(speaker, origin.prefix, {
              metric: 0,
              tag: undefined,
              origin: undefined,
              ways: [],
            });
            if (better.ad >= origin.behind.ad) return false;
            const without = active.map((list, at) =>
              at === speaker.index ? list.filter((one) => one !== origin) : list,
            );
            return exchange(context, speakers, neighbours, without).tables[speaker.index]?.has(origin.prefix);
          });
        if (!yielding || sweep >= MAXIMUM_SWEEPS) return tables;
        silent.add(yielding.origin);
      }
    };

    const offersOf = (speaker: Speaker, found: VectorTable): RibRoute[] => {
      const most = speaker.process.maximumPaths?.value ?? speaker.behaviour.maximumPaths;
      return [...found].flatMap(([prefix, entry]) => {
        if (entry.ways.length === 0) return [];
        const route = learnedRoute(speaker, prefix, entry);
        const hops = distinctHops(route.nextHops);
        if (hops.length > most)
          context.caveat(
            speaker.table.node,
            `RIP has ${hops.length} equal paths to ${context.prefixes.text(prefix)} and uses ${most}: a device keeps those that it heard first.`,
            speaker.process.span,
          );
        return [{ ...route, nextHops: hops.slice(0, most) }];
      });
    };

    return (ribs) => {
      if (speakers.length === 0) return { routes: new Map() };
      const tables = settle(speakers.map((speaker) => originsOf(ribs, speaker)));
      return {
        routes: new Map(
          speakers.map((speaker) => [speaker.table.index, offersOf(speaker, tables[speaker.index] as VectorTable)]),
        ),
        attached,
      };
    };
  },
};
