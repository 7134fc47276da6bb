import { prefixContains } from '../../../config/address.ts';
import type { Span } from '../../../config/span.ts';
import { fromRibRoute, type PolicyRoute } from '../../policy/route.ts';
import type { PrefixId } from '../../prefix-table.ts';
import { redistributed } from '../../redistribute.ts';
import type { RibRoute } from '../../rib.ts';
import type { Context, Ribs } from '../protocol.ts';
import { type Instance, LARGEST_METRIC, type Level } from './model.ts';

/** A prefix in a router's link-state packet of one level. */
export interface Announcement {
  readonly prefix: PrefixId;
  readonly metric: number;
  /** Redistributed with a narrow metric: wide ones do not tell (RFC 5305 section 4). */
  readonly external: boolean;
  /** Leaked from level 2 into level 1: not to be passed up again (RFC 5302). */
  readonly down: boolean;
  readonly tag?: number;
  readonly spans: readonly Span[];
}

/** A route that a router would announce while it is the active one. */
export interface Candidate {
  readonly instance: Instance;
  readonly levels: readonly Level[];
  readonly announcement: Announcement;
  readonly behind: RibRoute | undefined;
}

/** Level into which a line without one redistributes: 2, where the router takes part in it. */
const levelsOf = (instance: Instance, text: '1' | '2' | '1-2' | undefined): readonly Level[] => {
  const wanted: readonly Level[] = text === '1-2' ? [1, 2] : text === '1' ? [1] : text === '2' ? [2] : [];
  if (wanted.length > 0) return wanted.filter((level) => instance.levels.includes(level));
  return instance.levels.includes(2) ? [2] : instance.levels;
};

const SELF_CHOSEN: ReadonlySet<string> = new Set(['isis-l1', 'isis-l2']);

/** Everything that an instance would bring in from outside, from the tables as they are. */
export function candidatesOf(context: Context, ribs: Ribs, instance: Instance): readonly Candidate[] {
  const { process, table, style } = instance;
  const { prefixes, policies, attributes } = context;
  const own = new Set(instance.circuits.flatMap((circuit) => circuit.networks));
  const largest = style.wide ? LARGEST_METRIC.wide : LARGEST_METRIC.narrow;
  const found: Candidate[] = [];
  const add = (levels: readonly Level[], route: RibRoute, result: PolicyRoute, spans: readonly Span[]): void => {
    found.push({
      instance,
      levels,
      behind: route,
      announcement: {
        prefix: route.prefix,
        metric: Math.min(largest, Math.max(0, result.metric ?? 0)),
        external: !style.wide,
        down: false,
        ...(result.tag !== undefined && { tag: result.tag }),
        spans,
      },
    });
  };
  for (const line of process.redistribute) {
    const taken = redistributed(
      context,
      ribs,
      table,
      line,
      'isis',
      (shown) => {
        if (line.metric === undefined) shown.metric = 0;
      },
      process.id,
    );
    for (const { route, result, spans } of taken) {
      // A default route is announced by `default-information` alone.
      if (prefixes.get(route.prefix).length === 0) continue;
      if (route.protocol === 'connected' && own.has(route.prefix)) continue;
      add(levelsOf(instance, line.level), route, result, spans);
    }
  }
  if (process.exportPolicy) {
    const rib = ribs.without(table, 'isis');
    for (const route of rib.routes()) {
      if (route.protocol === 'local' || SELF_CHOSEN.has(route.protocol) || route.noReadvertise) continue;
      if (own.has(route.prefix) && route.protocol === 'connected') continue;
      const shown = fromRibRoute(attributes, route);
      shown.metric = 0;
      const outcome = policies.evaluate(table, process.exportPolicy.policies, shown, {
        routeExists: (prefix) => rib.get(prefix) !== undefined,
      });
      if (outcome.verdict !== 'permit') continue;
      add(instance.levels, route, shown, [...outcome.spans, process.exportPolicy.span, ...route.spans]);
    }
  }
  found.push(...defaultCandidates(context, ribs, instance));
  return found;
}

function defaultCandidates(context: Context, ribs: Ribs, instance: Instance): readonly Candidate[] {
  const { process, table } = instance;
  const origin = process.defaultOriginate;
  if (!origin) return [];
  const { always, level, metric, policy } = origin.value;
  const rib = ribs.without(table, 'isis');
  return ['0.0.0.0/0', '::/0'].flatMap((text) => {
    const version = text.includes(':') ? 6 : 4;
    const prefix = context.prefixes.internText(text) as PrefixId;
    const speaks = instance.circuits.some((circuit) => (version === 4 ? circuit.ipv4 : circuit.ipv6));
    const route = rib.get(prefix);
    const needed = table.behaviour.isis.defaultNeedsRoute && !always;
    if (!speaks || (needed && !route)) return [];
    if (policy !== undefined) {
      const chain = [{ value: policy, span: origin.span }];
      const passes = [...rib.routes()].some(
        (one) => context.policies.evaluate(table, chain, fromRibRoute(context.attributes, one)).verdict === 'permit',
      );
      if (!passes) return [];
    }
    return {
      instance,
      levels: levelsOf(instance, level),
      behind: needed ? route : undefined,
      announcement: { prefix, metric: metric ?? 0, external: false, down: false, spans: [origin.span] },
    };
  });
}

/** Folds what lies within the summaries of a level into them. */
export function summarised(
  { prefixes }: Context,
  instance: Instance,
  level: Level,
  announcements: readonly Announcement[],
): readonly Announcement[] {
  const summaries = instance.process.summaries.flatMap((summary) => {
    const prefix = prefixes.internText(summary.prefix);
    const holds = (summary.level ?? '2').includes(String(level));
    return prefix === undefined || !holds ? [] : [{ prefix, span: summary.span }];
  });
  if (summaries.length === 0) return announcements;
  const folded = new Map<PrefixId, Announcement>();
  const rest = announcements.filter((one) => {
    const inner = prefixes.get(one.prefix);
    const summary = summaries.find(({ prefix }) => prefixContains(prefixes.get(prefix), inner));
    if (!summary) return true;
    const known = folded.get(summary.prefix);
    if (!known || one.metric < known.metric)
      folded.set(summary.prefix, { ...one, prefix: summary.prefix, spans: [summary.span, ...one.spans] });
    return false;
  });
  return [...rest, ...folded.values()];
}
