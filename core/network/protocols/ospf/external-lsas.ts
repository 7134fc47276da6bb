import { type Ip, maskWords, parseIp, prefixContains } from '../../../config/address.ts';
import type { Span } from '../../../config/span.ts';
import { prefixFilter } from '../../distribute-lists.ts';
import { fromRibRoute, type PolicyRoute } from '../../policy/route.ts';
import type { PrefixId } from '../../prefix-table.ts';
import { redistributed } from '../../redistribute.ts';
import type { RibRoute } from '../../rib.ts';
import type { Context, Ribs } from '../protocol.ts';
import { type Instance, LS_INFINITY } from './model.ts';

/** A route from outside, as its AS boundary router announces it (types 5 and 7). */
export interface ExternalLsa {
  readonly originator: Instance;
  readonly prefix: PrefixId;
  readonly metric: number;
  readonly metricType: 1 | 2;
  readonly forward: Ip | undefined;
  readonly tag: number | undefined;
  /** The not-so-stubby area of a type 7; undefined for a type 5. */
  readonly nssa: string | undefined;
  /** Type 7: border routers translate it. */
  readonly propagate: boolean;
  readonly spans: readonly Span[];
}

/** A route that a router would announce, while the route behind it is the active one of its table. */
export interface Candidate {
  readonly instance: Instance;
  readonly prefix: PrefixId;
  readonly metric: number;
  readonly metricType: 1 | 2;
  readonly tag: number | undefined;
  /** Next hops of the route behind it: where a forwarding address may come from. */
  readonly via: readonly Ip[];
  /** The route behind it; undefined for one that needs none. */
  readonly behind: RibRoute | undefined;
  readonly spans: readonly Span[];
}

/** Length of an IPv4 address's class (RFC 791). */
const classLength = (word: number): number => (word >>> 31 === 0 ? 8 : word >>> 30 === 2 ? 16 : 24);

const metricTypeOf = (route: PolicyRoute, otherwise: 1 | 2): 1 | 2 =>
  route.metricType === 'type-1' ? 1 : route.metricType === 'type-2' ? 2 : otherwise;

const viaOf = (route: RibRoute): readonly Ip[] =>
  route.nextHops.flatMap((hop) => (hop.ip === null || hop.drop ? [] : (parseIp(hop.ip) ?? [])));

const BGP: ReadonlySet<string> = new Set(['ebgp', 'ibgp', 'bgp', 'bgp-aggregate']);
const OSPF: ReadonlySet<string> = new Set(['ospf', 'ospf-ia', 'ospf-e1', 'ospf-e2', 'ospf-n1', 'ospf-n2']);

/** Everything that an instance would announce from the tables as they are. */
export function candidatesOf(context: Context, ribs: Ribs, instance: Instance): readonly Candidate[] {
  const { table, process } = instance;
  const { prefixes, policies } = context;
  const { ospf } = table.behaviour;
  const version = process.version === 2 ? 4 : 6;
  const found: Candidate[] = [];
  const add = (route: RibRoute, result: PolicyRoute, type: 1 | 2, spans: readonly Span[]): void => {
    found.push({
      instance,
      prefix: route.prefix,
      metric: Math.min(LS_INFINITY - 1, Math.max(0, result.metric ?? ospf.externalMetric)),
      metricType: metricTypeOf(result, type),
      tag: result.tag,
      via: viaOf(route),
      behind: route,
      spans,
    });
  };

  const own = new Set(instance.circuits.flatMap((circuit) => circuit.networks));
  for (const line of process.redistribute) {
    const taken = redistributed(
      context,
      ribs,
      table,
      line,
      'ospf',
      (shown, source) => {
        // Between OSPF processes the metric is carried along (Cisco command reference, "redistribute (IP)").
        if (line.metric !== undefined || OSPF.has(source.protocol)) return;
        const bgp = BGP.has(source.protocol) ? ospf.bgpMetric : undefined;
        shown.metric = process.defaultMetric?.value ?? bgp ?? ospf.externalMetric;
      },
      process.id,
    );
    const type = line.metricType ?? ospf.externalMetricType;
    const permitted = prefixFilter(context, table, process.distributeLists ?? [], 'out', version, line.source);
    for (const { route, result, spans } of taken) {
      const { version: of, length, words } = prefixes.get(route.prefix);
      // A default route is announced by `default-information` alone.
      if (of !== version || length === 0 || !permitted(route.prefix, null)) continue;
      // Networks on which the process runs are known inside of OSPF (measured on FRR; Cisco document 7039).
      if (route.protocol === 'connected' && own.has(route.prefix)) continue;
      const classful = of === 6 || length === classLength(words[0] as number);
      if (ospf.redistributesSubnetsOnRequest && !line.subnets && !classful) continue;
      add(route, result, type, spans);
    }
  }

  if (process.exportPolicy) {
    const rib = ribs.without(table, 'ospf');
    for (const route of rib.routes()) {
      if (prefixes.get(route.prefix).version !== version || route.noReadvertise || route.protocol === 'local') continue;
      const shown = fromRibRoute(context.attributes, route);
      shown.metric = BGP.has(route.protocol) ? (route.attributes?.med ?? ospf.externalMetric) : ospf.externalMetric;
      const outcome = policies.evaluate(table, process.exportPolicy.policies, shown, {
        routeExists: (prefix) => rib.get(prefix) !== undefined,
      });
      // "Default Import and Export Policies for Protocols": OSPF exports nothing by itself.
      if (outcome.verdict !== 'permit') continue;
      add(route, shown, ospf.externalMetricType, [...outcome.spans, process.exportPolicy.span, ...route.spans]);
    }
  }

  const origin = defaultCandidate(context, ribs, instance);
  if (origin) found.push(origin);
  return found;
}

function defaultCandidate(context: Context, ribs: Ribs, instance: Instance): Candidate | undefined {
  const { table, process } = instance;
  const { ospf } = table.behaviour;
  const origin = process.defaultOriginate;
  if (!origin) return undefined;
  const prefix = context.prefixes.internText(process.version === 2 ? '0.0.0.0/0' : '::/0') as PrefixId;
  const rib = ribs.without(table, 'ospf');
  const route = rib.get(prefix);
  const { always, metric, metricType, policy } = origin.value;
  if (!always && !route) return undefined;
  const metrics = ospf.defaultRouteMetric ?? { present: 1, always: 1 };
  const made: Candidate = {
    instance,
    prefix,
    metric: metric ?? (always ? metrics.always : metrics.present),
    metricType: metricType ?? 2,
    tag: undefined,
    via: route && !always ? viaOf(route) : [],
    behind: always ? undefined : route,
    spans: [origin.span, ...(route && !always ? route.spans : [])],
  };
  if (policy === undefined) return made;
  // The policy chooses among the routes of the table: the default route is announced while one passes.
  const chain = [{ value: policy, span: origin.span }];
  for (const one of rib.routes()) {
    const shown = fromRibRoute(context.attributes, one);
    shown.metric = made.metric;
    const outcome = context.policies.evaluate(table, chain, shown);
    if (outcome.verdict !== 'permit') continue;
    return {
      ...made,
      metric: shown.metric ?? made.metric,
      metricType: metricTypeOf(shown, made.metricType),
      spans: [...made.spans, ...outcome.spans],
    };
  }
  return always ? made : undefined;
}

const holds = (network: Ip, length: number, ip: Ip): boolean =>
  network.version === ip.version &&
  maskWords(network.words, length).every((word, at) => word === maskWords(ip.words, length)[at]);

/**
 * Forwarding address of a type 5 (RFC 2328 section 2.3): the next hop itself, where it lies on a network of this
 * process on which several routers may be and hellos are sent (Cisco document 13682).
 */
function forwardingOf(instance: Instance, via: readonly Ip[], area?: string): Ip | undefined {
  const anywhere = instance.table.behaviour.ospf.forwardingAddressAnywhere ?? false;
  for (const ip of via) {
    for (const circuit of instance.circuits) {
      if (!circuit.address || circuit.unnumbered) continue;
      if (!anywhere && (circuit.passive || circuit.type !== 'broadcast')) continue;
      if (area !== undefined && circuit.area !== area) continue;
      if (holds(circuit.address, circuit.networkLength, ip)) return ip;
    }
  }
  return undefined;
}

/** Forwarding address of a type 7: as above, or one of the router's own in the area (RFC 3101 section 2.3). */
function nssaForwardingOf(instance: Instance, via: readonly Ip[], area: string): Ip | undefined {
  const next = forwardingOf(instance, via, area);
  if (next) return next;
  const inside = instance.circuits.filter((circuit) => circuit.area === area && circuit.address && !circuit.unnumbered);
  const loopbacks = inside.filter(({ l3 }) => l3.config.kind === 'loopback');
  const addresses = (loopbacks.length > 0 ? loopbacks : inside).flatMap(({ address }) => address ?? []);
  return addresses.reduce<Ip | undefined>(
    (best, ip) => (best && (best.words[0] as number) >= (ip.words[0] as number) ? best : ip),
    undefined,
  );
}

const typeOfArea = (instance: Instance, area: string): 'normal' | 'stub' | 'nssa' =>
  instance.process.areas.get(area)?.type?.value ?? 'normal';

/** Folds what lies within a `summary-address` into it, or drops it (`not-advertise`). */
function summarised({ prefixes }: Context, instance: Instance, candidates: readonly Candidate[]): readonly Candidate[] {
  const { summaries } = instance.process;
  if (summaries.length === 0) return candidates;
  const folded = new Map<PrefixId, Candidate>();
  const result: Candidate[] = [];
  for (const candidate of candidates) {
    const inner = prefixes.get(candidate.prefix);
    const summary = summaries.find((one) => {
      const outer = prefixes.internText(one.prefix);
      return outer !== undefined && inner.length > 0 && prefixContains(prefixes.get(outer), inner);
    });
    if (!summary) result.push(candidate);
    else if (summary.advertise) {
      const prefix = prefixes.internText(summary.prefix) as PrefixId;
      const known = folded.get(prefix);
      folded.set(prefix, {
        ...candidate,
        prefix,
        via: [],
        metric: known ? Math.min(known.metric, candidate.metric) : candidate.metric,
        tag: summary.tag,
        spans: [summary.span, ...candidate.spans],
      });
    }
  }
  return [...result, ...folded.values()];
}

/** The announcements that an instance makes of its candidates, into the areas to which it is attached. */
export function announcementsOf(
  context: Context,
  instance: Instance,
  active: readonly Candidate[],
  isBorder: boolean,
): readonly ExternalLsa[] {
  const lsas = new Map<string, ExternalLsa>();
  const add = (lsa: ExternalLsa): void => {
    const key = `${lsa.prefix} ${lsa.nssa ?? ''}`;
    if (!lsas.has(key)) lsas.set(key, lsa);
  };
  const everywhere = instance.areas.some((area) => typeOfArea(instance, area) === 'normal');
  const nssas = instance.areas.filter((area) => typeOfArea(instance, area) === 'nssa');
  for (const candidate of summarised(context, instance, active)) {
    const { prefix, metric, metricType, tag, via, spans } = candidate;
    const common = { originator: instance, prefix, metric, metricType, tag, spans };
    if (everywhere) add({ ...common, forward: forwardingOf(instance, via), nssa: undefined, propagate: false });
    // A border router announces type 5 by itself: its type 7 stays in the area (RFC 3101 section 2.4).
    for (const nssa of nssas) {
      if (context.prefixes.get(prefix).length === 0 && isBorder) continue;
      add({ ...common, forward: nssaForwardingOf(instance, via, nssa), nssa, propagate: !isBorder });
    }
  }
  for (const nssa of nssas) {
    const origin = instance.process.areas.get(nssa)?.nssaDefaultOriginate;
    if (!origin?.value || !isBorder) continue;
    const prefix = context.prefixes.internText(instance.process.version === 2 ? '0.0.0.0/0' : '::/0') as PrefixId;
    const metric = instance.process.areas.get(nssa)?.defaultCost?.value ?? 1;
    add({
      originator: instance,
      prefix,
      metric,
      metricType: 2,
      forward: undefined,
      tag: undefined,
      nssa,
      propagate: false,
      spans: [origin.span],
    });
  }
  return [...lsas.values()];
}
