import type { ChangedLines, EngineCause, EngineEffect, StateDiffOutcome } from '../engine/engine.ts';

/** What a changed line does to routes and sessions. */
export interface LineEffect {
  readonly file: string;
  /** Zero-based; where lines were only removed, the line above them. */
  readonly line: number;
  /** Counts, in words. */
  readonly text: string;
  /** How that is known, and every change of state. */
  readonly detail: readonly string[];
}

/** Changes of state in one tooltip. */
const MOST_DETAILS = 40;

/**
 * What each changed stretch of a configuration causes, found by re-running without it. A stretch that causes nothing
 * says so, and what could not be tied to a line is said of all of them.
 */
export function lineEffects(outcome: StateDiffOutcome): readonly LineEffect[] {
  const { changes, causes, unattributed } = outcome;
  const found = new Map<string, LineEffect>();
  for (const cause of causes) {
    for (const place of cause.lines) {
      const known = found.get(keyOf(place));
      const made = effectOf(place, cause.effects, [howKnown(cause)]);
      found.set(
        keyOf(place),
        known ? { ...made, text: `${known.text}; ${made.text}`, detail: [...known.detail, '', ...made.detail] } : made,
      );
    }
  }
  const isTold = ({ file, line, count }: ChangedLines): boolean =>
    [...found.values()].some((one) => one.file === file && one.line >= line - 1 && one.line <= line + count);
  for (const place of changes)
    if (!isTold(place))
      found.set(keyOf(place), effectOf(place, [], ['Without this stretch all routes and sessions are the same.']));
  const rest =
    unattributed.length > 0 ? effectOf({ node: '', file: '', line: 0, count: 0 }, unattributed, []) : undefined;
  const all = [...found.values()].map((one) =>
    rest ? { ...one, detail: [...one.detail, '', `Tied to no line: ${rest.text}.`, ...rest.detail] } : one,
  );
  return all.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

const keyOf = ({ file, line, count }: ChangedLines): string => `${file} ${lineOf({ line, count })}`;

const lineOf = ({ line, count }: Pick<ChangedLines, 'line' | 'count'>): number =>
  Math.max(0, count === 0 ? line - 1 : line);

const effectOf = (place: ChangedLines, effects: readonly EngineEffect[], reasons: readonly string[]): LineEffect => ({
  file: place.file,
  line: lineOf(place),
  text: countsText(effects),
  detail: [
    ...reasons,
    ...effects
      .slice(0, MOST_DETAILS)
      .map(({ node, vrf, what }) => `${node}${vrf === 'default' ? '' : ` (${vrf})`}: ${what}`),
    ...(effects.length > MOST_DETAILS ? [`and ${effects.length - MOST_DETAILS} more`] : []),
  ],
});

function howKnown({ lines, rests, narrowed }: EngineCause): string {
  const others = lines.length > 1 ? ` (${lines.length} stretches of lines)` : '';
  const how =
    rests === 'each'
      ? `Found by re-running without these lines${others}: then this does not happen.`
      : `Found by re-running without these lines${others}: each of them is enough, without all this does not happen.`;
  return narrowed ? how : `${how} They may be more than needed.`;
}

/** `-3 routes, +1 route`: signs and words, whatever the colour. */
export function countsText(effects: readonly EngineEffect[]): string {
  const count = (kinds: readonly EngineEffect['kind'][], changes: readonly EngineEffect['change'][]): number =>
    effects.filter(({ kind, change }) => kinds.includes(kind) && changes.includes(change)).length;
  return summary({
    routesRemoved: count(['route'], ['removed', 'lost']),
    routesAdded: count(['route'], ['added', 'established']),
    routesChanged: count(['route'], ['changed']),
    sessionsLost: count(['session', 'adjacency'], ['removed', 'lost']),
    sessionsAdded: count(['session', 'adjacency'], ['added', 'established']),
  });
}

/** `-3 routes, +1 route, ~2 changed, -1 session`: signs and words, whatever the colour. */
export function summary({
  routesAdded,
  routesRemoved,
  routesChanged,
  sessionsLost,
  sessionsAdded,
}: Omit<StateDiffOutcome['counts'], 'devicesAffected'>): string {
  const part = (sign: string, count: number, one: string): readonly string[] =>
    count === 0 ? [] : [`${sign}${count} ${one}${count === 1 ? '' : 's'}`];
  const parts = [
    ...part('-', routesRemoved, 'route'),
    ...part('+', routesAdded, 'route'),
    ...part('~', routesChanged, 'route'),
    ...part('-', sessionsLost, 'session'),
    ...part('+', sessionsAdded, 'session'),
  ];
  return parts.length === 0 ? 'no change of state' : parts.join(', ');
}
