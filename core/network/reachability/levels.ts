import type { Disposition } from '../forwarding/forwarding.ts';

/** How a way ends, and at which device. */
export interface Outcome {
  readonly disposition: Disposition;
  readonly at: string;
}

/** What became of the traffic of a source to a destination: every end that some equal-cost branch has. */
export interface Fate {
  /** Without repetition, sorted. */
  readonly outcomes: readonly Outcome[];
  /** The ways to these ends; two equal ones take the same devices. */
  readonly path: string;
}

export type ChangeKind = 'lost' | 'gained' | 'path_changed' | 'changed';

/** Arriving in the lab is more than leaving it: a default route that catches what was delivered is a loss. */
const RANK: Readonly<Record<Disposition, number>> = {
  delivered: 2,
  attached: 2,
  exits: 1,
  'no-route': 0,
  'null-routed': 0,
  denied: 0,
  loop: 0,
  'next-hop-unreachable': 0,
  unknown: 0,
};

export const rankOf = ({ disposition }: Outcome): number => RANK[disposition];

export const sortOutcomes = (outcomes: readonly Outcome[]): readonly Outcome[] => {
  const byKey = new Map(outcomes.map((one) => [`${one.disposition} ${one.at}`, one]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
};

export const outcomesKey = (outcomes: readonly Outcome[]): string =>
  outcomes.map(({ disposition, at }) => `${disposition} ${at}`).join('|');

const worst = (outcomes: readonly Outcome[]): number => Math.min(...outcomes.map(rankOf));
const best = (outcomes: readonly Outcome[]): number => Math.max(...outcomes.map(rankOf));

/**
 * How two fates differ; undefined when they do not. Lost: what arrived on every equal-cost branch does not any more, or
 * only leaves the lab; gained is the reverse. Traffic that arrives on some branches alone never counted as arriving.
 */
export function compareFates(before: Fate, after: Fate): ChangeKind | undefined {
  const same = outcomesKey(before.outcomes) === outcomesKey(after.outcomes);
  if (same && before.path === after.path) return undefined;
  const difference = worst(after.outcomes) - worst(before.outcomes);
  if (difference !== 0) return difference < 0 ? 'lost' : 'gained';
  if (worst(after.outcomes) > 0) return 'path_changed';
  return same ? undefined : 'changed';
}

/** Whether some branch arrived before, not all, and fewer or none do after: worth a look, and no loss. */
export const isReduced = (before: readonly Outcome[], after: readonly Outcome[]): boolean =>
  best(after) < best(before) && worst(after) >= worst(before);
