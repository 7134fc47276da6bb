/*
 * Priorities that a lab gives to rules (`guards.severities` in its aegis.yml), within what the site's signed policy
 * allows. A rule may always be made graver. It may be made milder by one step at most, and never so that what blocks by
 * itself only informs; the policy can forbid that, rule by rule, or allow more.
 */
import { readDeclarations } from '../network/invariants/read.ts';
import type { Snapshot } from '../network/snapshot.ts';
import type { Finding, Priority } from './rule.ts';
import { maySetAside } from './suppressions.ts';

export type Priorities = Readonly<Record<string, Priority>>;

/** The gravest first. */
const ORDER: readonly Priority[] = ['P0', 'P1', 'P2'];
const rank = (priority: Priority): number => ORDER.indexOf(priority);
const graver = (a: Priority, b: Priority): Priority => (rank(a) <= rank(b) ? a : b);

/** The mildest that a finding of this priority may become without a word of the policy. */
const MILDEST: Readonly<Record<Priority, Priority>> = { P0: 'P1', P1: 'P2', P2: 'P2' };

/** What a lab's aegis.yml gives to rules; nothing where there is no such file, or one that cannot be used. */
export function chosenPriorities(snapshot: Snapshot | undefined): Priorities {
  const { labFile } = snapshot ?? {};
  return labFile ? readDeclarations(labFile.text, labFile.file).severities : {};
}

/**
 * For a change: the graver of what is chosen before and after, so that no change makes its own findings milder. A choice
 * that comes with the change alone counts only where it blocks.
 */
export function prioritiesOfChange(before: Snapshot, after: Snapshot): Priorities {
  const [old, now] = [chosenPriorities(before), chosenPriorities(after)];
  const both = Object.keys(now).flatMap((rule) => {
    const [was, is] = [old[rule], now[rule] as Priority];
    return [[rule, was === undefined ? is : graver(was, is), was !== undefined] as const];
  });
  const gone = Object.keys(old).filter((rule) => now[rule] === undefined);
  return Object.fromEntries([
    ...both.filter(([, priority, known]) => known || priority === 'P0').map(([rule, priority]) => [rule, priority]),
    // A choice that the change takes away still holds where it made the rule graver.
    ...gone.filter((rule) => old[rule] === 'P0').map((rule) => [rule, 'P0' as const]),
  ]);
}

/** A finding with the priority that the lab chose, as far as the policy's floors allow it. */
export function withPriority(finding: Finding, chosen: Priorities, floors: Priorities): Finding {
  const wanted = chosen[finding.rule];
  const floor = floors[finding.rule];
  const atLeast = floor ?? MILDEST[finding.priority];
  if (wanted === undefined || !maySetAside(finding.rule)) {
    // A floor holds whether anybody chose a priority or not.
    const priority = floor === undefined ? finding.priority : graver(finding.priority, floor);
    return priority === finding.priority ? finding : { ...finding, priority };
  }
  const priority = graver(wanted, atLeast);
  return priority === finding.priority ? finding : { ...finding, priority };
}
