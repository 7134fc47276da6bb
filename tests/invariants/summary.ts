import type { Observation } from './invariants.ts';
import { caseKinds } from './random-case.ts';

/** Facts that must occur among enough runs, or the runs say nothing about them. */
const FACTS = ['static error', 'session lost', 'no stable state', 'high risk', 'rolled back', 'refused'] as const;
const VERDICTS = ['ship_ready', 'needs_approval', 'blocked'] as const;

export interface Summary {
  readonly runs: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly facts: Readonly<Record<string, number>>;
  /** Verdicts of each kind of change. */
  readonly kinds: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly violations: readonly string[];
  /** Verdicts, facts and kinds of refusal that did not occur. */
  readonly missing: readonly string[];
}

export function summarise(observations: readonly Observation[]): Summary {
  const count = (holds: (one: Observation) => boolean): number => observations.filter(holds).length;
  const verdicts = Object.fromEntries(VERDICTS.map((name) => [name, count(({ verdict }) => verdict === name)]));
  const facts = Object.fromEntries(FACTS.map((name) => [name, count(({ facts: found }) => found.includes(name))]));
  const kinds = Object.fromEntries(
    caseKinds.map(({ id }) => [
      id,
      Object.fromEntries(
        [...VERDICTS, 'refused'].map((name) => [
          name,
          count((one) => one.kind === id && (name === 'refused' ? one.refused : one.verdict === name)),
        ]),
      ),
    ]),
  );
  return {
    runs: observations.length,
    verdicts,
    facts,
    kinds,
    violations: observations.flatMap(({ seed, kind, violations }) =>
      violations.map((name) => `seed ${seed} (${kind}): ${name} does not hold`),
    ),
    missing: [
      ...Object.entries({ ...verdicts, ...facts }).flatMap(([name, times]) => (times === 0 ? [name] : [])),
      ...caseKinds
        .filter(({ id, refused }) => refused && (kinds[id]?.refused ?? 0) === 0)
        .map(({ id }) => `refusal: ${id}`),
    ],
  };
}
