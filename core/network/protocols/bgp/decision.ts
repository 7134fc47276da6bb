import { parseIp } from '../../../config/address.ts';
import type { Origin } from '../../../config/device/policy.ts';
import { firstAs } from './as-path.ts';
import type { Decision, Path, Speaker } from './model.ts';

/** A step of the decision process, in the words in which a lost path says why. */
export type DecisionStep =
  | 'cost-community-before-all'
  | 'cost-community-after-igp'
  | 'weight'
  | 'local-preference'
  | 'locally-originated'
  | 'as-path-length'
  | 'origin'
  | 'med'
  | 'external-over-internal'
  | 'igp-metric'
  | 'router-id'
  | 'cluster-list-length'
  | 'neighbour-address';

/** Cisco, "BGP Best Path Selection Algorithm"; FRR and EOS follow it. */
const DEFAULT_STEPS: readonly DecisionStep[] = [
  'weight',
  'local-preference',
  'locally-originated',
  'as-path-length',
  'origin',
  'med',
  'external-over-internal',
  'igp-metric',
  'router-id',
  'cluster-list-length',
  'neighbour-address',
];

/** Steps up to which paths must be equal to share the load. */
const LAST_SHARED: readonly DecisionStep[] = ['external-over-internal', 'igp-metric'];

const ORIGIN_RANK: Readonly<Record<Origin, number>> = { igp: 0, egp: 1, incomplete: 2 };
const WORST_MED = 0xffffffff;

const neighbourRank = (path: Path): readonly number[] => {
  const peer = path.from === null ? undefined : parseIp(path.from.peer);
  return peer ? [peer.version, ...peer.words] : [0];
};

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** RFC 4456 9: the router id of a reflected path is that of its originator. */
const routerIdOf = (path: Path): number => {
  const { originator } = path.attributes;
  if (originator !== null) return parseIp(originator)?.words[0] ?? 0;
  return path.from?.reverse.speaker.routerIdValue ?? 0;
};

const isExternal = (path: Path): boolean => path.from?.type === 'ebgp';

export interface Rules {
  readonly steps: readonly DecisionStep[];
  readonly lastShared: number;
  readonly alwaysCompareMed: boolean;
  readonly missingMed: number;
}

/** Negative when `a` wins at that step. `sameAs`: the two came from the same neighbouring AS. */
function compareStep(step: DecisionStep, a: Path, b: Path, rules: Rules, compareMed: boolean): number {
  const [x, y] = [a.attributes, b.attributes];
  switch (step) {
    case 'cost-community-before-all':
      return compareCosts('pre-bestpath', x.extended.members, y.extended.members);
    case 'cost-community-after-igp':
      return compareCosts('igp', x.extended.members, y.extended.members);
    case 'weight':
      return y.weight - x.weight;
    case 'local-preference':
      return y.localPreference - x.localPreference;
    case 'locally-originated':
      return Number(a.from !== null) - Number(b.from !== null);
    case 'as-path-length':
      return x.asPath.length - y.asPath.length;
    case 'origin':
      return ORIGIN_RANK[x.origin] - ORIGIN_RANK[y.origin];
    case 'med':
      return compareMed ? (x.med ?? rules.missingMed) - (y.med ?? rules.missingMed) : 0;
    case 'external-over-internal':
      return Number(isExternal(b)) - Number(isExternal(a));
    case 'igp-metric':
      return a.igpMetric - b.igpMetric;
    case 'router-id':
      return routerIdOf(a) - routerIdOf(b);
    case 'cluster-list-length':
      return x.clusters.length - y.clusters.length;
    case 'neighbour-address':
      return compareNumbers(neighbourRank(a), neighbourRank(b));
  }
}

/** draft-retana-idr-bgp-custom-decision section 3: the cost of a path without the community, half of the range. */
const ABSENT_COST = 0x7fffffff;

type PointOfInsertion = 'pre-bestpath' | 'igp';

/** Costs of a path at one point of insertion, by community id. */
function costsOf(point: PointOfInsertion, members: readonly string[]): ReadonlyMap<number, number> {
  const costs = new Map<number, number>();
  for (const member of members) {
    const [type, where, id, cost] = member.split(':');
    if (type === 'cost' && where === point) costs.set(Number(id), Number(cost));
  }
  return costs;
}

/** Cisco, "BGP Cost Community": the lowest id is compared first, and the lower cost wins. */
function compareCosts(point: PointOfInsertion, a: readonly string[], b: readonly string[]): number {
  if (a === b || (a.length === 0 && b.length === 0)) return 0;
  const [x, y] = [costsOf(point, a), costsOf(point, b)];
  const ids = [...new Set([...x.keys(), ...y.keys()])].sort((one, other) => one - other);
  return compareNumbers(
    ids.map((id) => x.get(id) ?? ABSENT_COST),
    ids.map((id) => y.get(id) ?? ABSENT_COST),
  );
}

/** The steps with the two points at which cost communities count, where the system knows them. */
const withCosts = (steps: readonly DecisionStep[]): readonly DecisionStep[] => [
  'cost-community-before-all',
  ...steps.flatMap((step): readonly DecisionStep[] =>
    step === 'igp-metric' ? [step, 'cost-community-after-igp'] : [step],
  ),
];

export function rulesOf(speaker: Speaker): Rules {
  const { options } = speaker.process;
  const { bgp } = speaker.table.behaviour;
  const ignored: DecisionStep[] = [];
  if (options.asPathIgnore?.value) ignored.push('as-path-length');
  if (options.igpMetricIgnore?.value) ignored.push('igp-metric');
  const all = bgp.decisionSteps ?? DEFAULT_STEPS;
  const costs = bgp.comparesCostCommunities && !options.costCommunityIgnore?.value;
  const steps = (costs ? withCosts(all) : all).filter((step) => !ignored.includes(step));
  return {
    steps,
    lastShared: Math.max(...LAST_SHARED.map((step) => steps.indexOf(step))),
    alwaysCompareMed: options.alwaysCompareMed?.value ?? bgp.alwaysCompareMed,
    missingMed: options.medMissingAsWorst?.value ? WORST_MED : 0,
  };
}

const sameNeighbourAs = (a: Path, b: Path): boolean => firstAs(a.attributes.asPath) === firstAs(b.attributes.asPath);

/** The step at which two paths differ, and which one it favours. */
function compare(
  a: Path,
  b: Path,
  rules: Rules,
  from = 0,
  to = rules.steps.length,
): { readonly order: number; readonly step: number } {
  const compareMed = rules.alwaysCompareMed || sameNeighbourAs(a, b);
  for (let at = from; at < to; at += 1) {
    const order = compareStep(rules.steps[at] as DecisionStep, a, b, rules, compareMed);
    if (order !== 0) return { order, step: at };
  }
  return { order: 0, step: to };
}

const bestOf = (paths: readonly Path[], rules: Rules): Path | undefined =>
  paths.reduce<Path | undefined>(
    (best, path) => (best === undefined || compare(path, best, rules).order < 0 ? path : best),
    undefined,
  );

const NOTHING: Decision = { best: undefined, multipath: [], byAge: false };

/**
 * Chooses the best path. MEDs are compared within each neighbouring AS first and the winners then with each other
 * (deterministic MED): without it the result depends on the order of arrival, which a computation does not have.
 */
export function decide(speaker: Speaker, rules: Rules, paths: readonly Path[]): Decision {
  const valid = paths.filter((path) => path.valid);
  if (valid.length === 0) return NOTHING;
  if (valid.length === 1) return { best: valid[0], multipath: valid, byAge: false };
  let best: Path | undefined;
  if (rules.alwaysCompareMed) best = bestOf(valid, rules);
  else {
    const groups = new Map<number | undefined, Path[]>();
    for (const path of valid) {
      const key = firstAs(path.attributes.asPath);
      const group = groups.get(key);
      if (group) group.push(path);
      else groups.set(key, [path]);
    }
    best = bestOf(
      [...groups.values()].map((group) => bestOf(group, rules) as Path),
      rules,
    );
  }
  if (!best) return NOTHING;
  return { best, multipath: shares(speaker, rules, valid, best), byAge: restsOnAge(speaker, rules, valid, best) };
}

/** The paths that are installed beside the best one. */
function shares(speaker: Speaker, rules: Rules, valid: readonly Path[], best: Path): readonly Path[] {
  if (best.from === null) return [best];
  const { behaviour } = speaker.table;
  const family = best.attributes.nextHop?.includes(':') ? 'ipv6-unicast' : 'ipv4-unicast';
  const settings = speaker.process.families.get(family) ?? speaker.process.families.get('ipv4-unicast');
  const mixed = settings?.maximumPathsEibgp?.value;
  const external = best.from.type !== 'ibgp';
  const limit =
    mixed ??
    (external
      ? (settings?.maximumPaths?.value ?? behaviour.bgp.maximumPaths)
      : (settings?.maximumPathsIbgp?.value ??
        (behaviour.bgp.maximumPathsCoversIbgp ? settings?.maximumPaths?.value : undefined) ??
        behaviour.bgp.maximumPathsIbgp));
  if (limit <= 1) return [best];
  // "maximum-paths eibgp", "bgp bestpath peer-type multipath-relax": what parts internal from external does not count.
  const eitherKind = mixed !== undefined || (speaker.process.options.peerTypeMultipathRelax?.value ?? false);
  const relaxed =
    speaker.process.options.asPathMultipathRelax?.value ?? behaviour.bgp.multipathNeedsEqualAsPath === 'length';
  const equal = valid.filter((path) => {
    if (path === best) return false;
    if (path.from === null) return false;
    const sameKind = (path.from.type !== 'ibgp') === external;
    if (!sameKind && !eitherKind) return false;
    if (!relaxed && path.attributes.asPath !== best.attributes.asPath) return false;
    const kindsPart = rules.steps.indexOf('external-over-internal');
    const until = sameKind || kindsPart < 0 ? rules.lastShared + 1 : kindsPart;
    return compare(path, best, rules, 0, until).order === 0 && path.attributes.nextHop !== best.attributes.nextHop;
  });
  equal.sort((a, b) => compare(a, b, rules).order);
  return [best, ...equal].slice(0, limit);
}

/** Whether a real device could have chosen another external path because it was there first. */
function restsOnAge(speaker: Speaker, rules: Rules, valid: readonly Path[], best: Path): boolean {
  if (!speaker.table.behaviour.bgp.prefersOldestExternal || speaker.process.options.compareRouterId?.value)
    return false;
  if (!isExternal(best)) return false;
  return valid.some(
    (path) => path !== best && isExternal(path) && compare(path, best, rules, 0, rules.lastShared + 1).order === 0,
  );
}

/** Why a path is not the best one: the step at which it lost. */
export function lostBy(rules: Rules, path: Path, best: Path): DecisionStep | undefined {
  const { order, step } = compare(path, best, rules);
  return order > 0 ? rules.steps[step] : undefined;
}
