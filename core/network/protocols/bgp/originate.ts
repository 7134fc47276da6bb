import { prefixContains } from '../../../config/address.ts';
import type { AddressFamily } from '../../../config/device/bgp.ts';
import type { Span } from '../../../config/span.ts';
import { type AttributeStore, type AttributeValues, valuesOf } from '../../path-attributes.ts';
import { fromRibRoute, type PolicyRoute } from '../../policy/route.ts';
import type { PrefixId } from '../../prefix-table.ts';
import { redistributed } from '../../redistribute.ts';
import type { Rib, RibRoute } from '../../rib.ts';
import type { NextHop, RouteProtocol } from '../../state.ts';
import type { Context, Ribs } from '../protocol.ts';
import { aggregatePath } from './as-path.ts';
import { familyFor, type Path, type PathSource, type Speaker } from './model.ts';
import { DEFAULT_LOCAL_PREFERENCE } from './receive.ts';
import type { BgpFamilyConfig } from './settings.ts';

const UNICAST: readonly AddressFamily[] = ['ipv4-unicast', 'ipv6-unicast'];

/** Attributes of a path that the speaker itself brings in, before any policy. */
function ownValues(store: AttributeStore, speaker: Speaker): AttributeValues {
  return {
    nextHop: null,
    asPath: store.emptyPath,
    origin: 'igp',
    med: 0,
    localPreference: speaker.process.options.defaultLocalPreference?.value ?? DEFAULT_LOCAL_PREFERENCE,
    weight: speaker.table.behaviour.bgp.localWeight,
    communities: store.noCommunities,
    extended: store.noCommunities,
    large: store.noCommunities,
    originator: null,
    clusters: [],
    atomicAggregate: false,
    aggregator: null,
  };
}

interface OwnPath {
  readonly source: PathSource;
  readonly protocol: RouteProtocol;
  readonly values: AttributeValues;
  readonly tag?: number | undefined;
  /** The route of the table that it stands for. */
  readonly route?: RibRoute | undefined;
  readonly spans: readonly Span[];
}

/** An aggregate is in the table as a drop. */
const DROP: NextHop = { ip: null, interface: null, vrf: null, drop: true };

const makePath = (store: AttributeStore, { source, protocol, values, tag, route, spans }: OwnPath): Path => ({
  source,
  route,
  protocol,
  attributes: store.attributes(values),
  from: null,
  resolution: undefined,
  valid: true,
  hop: route?.nextHops[0] ?? DROP,
  interface: route?.nextHops[0]?.interface ?? null,
  igpMetric: 0,
  tag,
  distance: undefined,
  spans,
});

/** Changes that a policy made to an own path. */
const fromPolicy = (values: AttributeValues, route: PolicyRoute): AttributeValues => ({
  ...values,
  nextHop: route.nextHop,
  asPath: route.asPath,
  origin: route.origin,
  med: route.metric,
  localPreference: route.localPreference,
  weight: route.weight,
  communities: route.communities,
  extended: route.extended,
  large: route.large,
});

const seeded = (route: PolicyRoute, values: AttributeValues): PolicyRoute => {
  route.weight = values.weight;
  route.localPreference = values.localPreference;
  route.origin = values.origin;
  route.nextHop = values.nextHop;
  route.asPath = values.asPath;
  return route;
};

/** Gateway of the route that a `network` or `redistribute` line takes, on systems that keep it. */
const gatewayOf = (speaker: Speaker, route: RibRoute): string | null =>
  speaker.table.behaviour.bgp.ownRoutesKeepGateway ? (route.nextHops[0]?.ip ?? null) : null;

/** Paths of a speaker's `network` and `redistribute` lines, by prefix. */
export function ownPaths(context: Context, ribs: Ribs, speaker: Speaker): ReadonlyMap<PrefixId, readonly Path[]> {
  const { attributes: store, policies, prefixes } = context;
  const { table, process } = speaker;
  const rib = ribs.without(table, 'bgp');
  const paths = new Map<PrefixId, Path[]>();
  const add = (prefix: PrefixId, path: Path) => paths.set(prefix, [...(paths.get(prefix) ?? []), path]);

  for (const family of UNICAST) {
    const settings = process.families.get(family);
    if (!settings) continue;
    for (const network of settings.networks) {
      const prefix = prefixes.internText(network.prefix);
      if (prefix === undefined || network.backdoor) continue;
      const route = rib.get(prefix);
      const needsRoute = process.options.networkImportCheck?.value ?? table.behaviour.networkNeedsRoute;
      if (!route && needsRoute) continue;
      let values: AttributeValues = {
        ...ownValues(store, speaker),
        med: route?.metric ?? 0,
        nextHop: route ? gatewayOf(speaker, route) : null,
      };
      let spans: readonly Span[] = [network.span, ...(route?.spans ?? [])];
      if (network.policy) {
        const shown = route ? fromRibRoute(store, route) : bare(store, prefix);
        seeded(shown, values);
        const outcome = policies.evaluate(table, [network.policy], shown);
        if (outcome.verdict === 'deny') continue;
        values = fromPolicy(values, shown);
        spans = [network.span, ...outcome.spans, ...(route?.spans ?? [])];
      }
      add(
        prefix,
        makePath(store, {
          source: 'network',
          protocol: route?.protocol ?? 'bgp',
          values,
          tag: route?.tag,
          route,
          spans,
        }),
      );
    }
    for (const line of settings.redistribute) {
      const takesDefault =
        (table.behaviour.bgpRedistributesDefault ?? true) || (settings.defaultInformationOriginate?.value ?? false);
      const asIgp = table.behaviour.bgp.redistributedAsIgp?.includes(line.source) ?? false;
      const base: AttributeValues = { ...ownValues(store, speaker), origin: asIgp ? 'igp' : 'incomplete' };
      const metric = line.metric ?? process.options.defaultMetric?.value;
      const taken = redistributed(context, ribs, table, line, 'bgp', (route) => {
        if (metric !== undefined) route.metric = metric;
        seeded(route, { ...base, nextHop: route.nextHop });
      });
      for (const { route, result, spans } of taken) {
        const { version, length } = prefixes.get(route.prefix);
        if (familyFor(version) !== family || (length === 0 && !takesDefault)) continue;
        const gateway = gatewayOf(speaker, route);
        // Only a next hop that the policy set counts where the gateway is not kept.
        const changedHop = result.nextHop !== (route.nextHops[0]?.ip ?? null) ? result.nextHop : gateway;
        const values = { ...fromPolicy(base, result), nextHop: changedHop };
        add(
          route.prefix,
          makePath(store, { source: 'redistributed', protocol: route.protocol, values, tag: result.tag, route, spans }),
        );
      }
    }
  }
  return paths;
}

/** A route that nobody has, for policies of lines that bring it in all the same. */
const bare = (store: AttributeStore, prefix: PrefixId): PolicyRoute =>
  fromRibRoute(store, { prefix, protocol: 'bgp', process: '', ad: 0, metric: 0, nextHops: [], spans: [] });

/** Active routes of a system whose export policies choose among all of them. */
export function activeRoutePath(context: Context, speaker: Speaker, route: RibRoute): Path {
  const { attributes: store } = context;
  // A BGP route that another table of the device has as well keeps its attributes.
  const kept = route.attributes;
  const carries = speaker.table.behaviour.bgp.activeRoutesCarryMetric && /^(ospf|isis)/.test(route.protocol);
  const med = kept ? kept.med : carries ? route.metric : undefined;
  const values: AttributeValues = {
    ...(kept ? valuesOf(kept) : ownValues(store, speaker)),
    weight: 0,
    med,
    nextHop: null,
  };
  return {
    ...makePath(store, {
      source: 'active-route',
      protocol: route.protocol,
      values,
      tag: route.tag,
      route,
      spans: route.spans,
    }),
    igpMetric: route.metric,
  };
}

type AggregateConfig = BgpFamilyConfig['aggregates'][number];

/** An `aggregate-address` line of a speaker. */
export interface AggregateLine {
  readonly speaker: Speaker;
  readonly prefix: PrefixId;
  readonly config: AggregateConfig;
}

export function aggregateLines(context: Context, speaker: Speaker): readonly AggregateLine[] {
  return UNICAST.flatMap((family) =>
    (speaker.process.families.get(family)?.aggregates ?? []).flatMap((config) => {
      const prefix = context.prefixes.internText(config.prefix);
      return prefix === undefined ? [] : [{ speaker, prefix, config }];
    }),
  );
}

export function isInside(context: Context, line: AggregateLine, prefix: PrefixId): boolean {
  const [outer, inner] = [context.prefixes.get(line.prefix), context.prefixes.get(prefix)];
  return inner.length > outer.length && prefixContains(outer, inner);
}

/** Whether a more specific path is one that the aggregate is made of. */
export function contributes(context: Context, line: AggregateLine, prefix: PrefixId, path: Path): boolean {
  const map = line.config.matchMap ?? (line.config.asSet ? line.config.advertiseMap : undefined);
  return !map || permits(context, line.speaker, map, prefix, path);
}

/** Whether the aggregate keeps the more specific path from being advertised. */
export function suppresses(context: Context, line: AggregateLine, prefix: PrefixId, path: Path): boolean {
  if (line.config.suppressMap) return permits(context, line.speaker, line.config.suppressMap, prefix, path);
  return line.config.summaryOnly;
}

export function permits(
  context: Context,
  speaker: Speaker,
  map: NonNullable<AggregateConfig['suppressMap']>,
  prefix: PrefixId,
  path: Path,
): boolean {
  const shown = pathAsRoute(context, prefix, path);
  return context.policies.evaluate(speaker.table, [map], shown).verdict === 'permit';
}

function pathAsRoute({ attributes: store }: Context, prefix: PrefixId, path: Path): PolicyRoute {
  const route = bare(store, prefix);
  const { attributes } = path;
  return {
    ...route,
    protocol: path.protocol,
    nextHop: attributes.nextHop,
    asPath: attributes.asPath,
    origin: attributes.origin,
    metric: attributes.med,
    localPreference: attributes.localPreference,
    weight: attributes.weight,
    communities: attributes.communities,
    extended: attributes.extended,
    large: attributes.large,
    tag: path.tag,
  };
}

const ORIGINS = ['igp', 'egp', 'incomplete'] as const;

/** The aggregate's path; undefined while nothing contributes. `routes`: contributors that are not in BGP. */
export function aggregatePathOf(
  context: Context,
  line: AggregateLine,
  contributors: readonly Path[],
  routes: boolean,
): Path | undefined {
  if (contributors.length === 0 && !routes) return undefined;
  const { attributes: store, policies } = context;
  const { speaker, config } = line;
  const paths = contributors.map((path) => path.attributes);
  const worst = ORIGINS[Math.max(routes ? 2 : 0, ...paths.map(({ origin }) => ORIGINS.indexOf(origin)))] ?? 'igp';
  let values: AttributeValues = {
    ...ownValues(store, speaker),
    origin: config.origin ?? (config.asSet || speaker.table.behaviour.bgp.aggregateOrigin === 'worst' ? worst : 'igp'),
    asPath: config.asSet
      ? aggregatePath(
          store,
          paths.map(({ asPath }) => asPath),
        )
      : store.emptyPath,
    communities: config.asSet
      ? store.communities(paths.flatMap(({ communities }) => communities.members))
      : store.noCommunities,
    atomicAggregate: !config.asSet,
    aggregator: `${speaker.confederation?.identifier ?? speaker.asn} ${speaker.routerId}`,
  };
  let spans: readonly Span[] = [config.span];
  if (config.attributeMap) {
    const shown = seeded(bare(store, line.prefix), values);
    shown.communities = values.communities;
    const outcome = policies.evaluate(speaker.table, [config.attributeMap], shown);
    if (outcome.verdict === 'deny') return undefined;
    values = fromPolicy(values, shown);
    spans = [config.span, ...outcome.spans];
  }
  const path = makePath(store, { source: 'aggregate', protocol: 'bgp-aggregate', values, spans });
  return config.advertiseOnly ? { ...path, advertiseOnly: true } : path;
}

/** Whether a default route that a neighbour is sent by `default-originate` is there to be sent, and with what. */
export function defaultPath(
  context: Context,
  rib: Rib,
  speaker: Speaker,
  prefix: PrefixId,
  setting: { readonly policy?: string; readonly always?: boolean },
  span: Span,
): Path | undefined {
  const { attributes: store, policies } = context;
  const needsRoute = speaker.table.behaviour.bgp.defaultOriginateNeedsRoute && !setting.always;
  if (needsRoute && rib.get(prefix) === undefined) return undefined;
  const values = { ...ownValues(store, speaker), weight: 0, med: undefined };
  if (setting.policy === undefined)
    return makePath(store, { source: 'default', protocol: 'bgp', values, spans: [span] });
  const policy = { value: setting.policy, span };
  const shown = seeded(bare(store, prefix), values);
  shown.metric = undefined;
  let outcome = policies.evaluate(speaker.table, [policy], shown);
  if (outcome.verdict === 'deny') {
    // Cisco and FRR: the map may name a route whose presence in the table allows the default route.
    const allowed = [...rib.routes()].some((route) => {
      const trial = fromRibRoute(store, route);
      return policies.evaluate(speaker.table, [policy], trial).verdict === 'permit';
    });
    if (!allowed) return undefined;
    outcome = { verdict: 'permit', spans: [] };
    return makePath(store, { source: 'default', protocol: 'bgp', values, spans: [span] });
  }
  return makePath(store, {
    source: 'default',
    protocol: 'bgp',
    values: fromPolicy(values, shown),
    spans: [span, ...outcome.spans],
  });
}
