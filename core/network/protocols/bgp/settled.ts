import type { Decision, Path } from './model.ts';

/** What came of one prefix. */
export interface Settled {
  /** By speaker, only of those that have a path; `own` are the first of `paths`. */
  readonly entries: readonly {
    readonly index: number;
    readonly own: readonly Path[];
    readonly paths: readonly Path[];
    readonly decision: Decision;
  }[];
  /** Ends that accepted a path, by `Peering.index`. */
  readonly accepted: readonly number[];
  readonly rounds: number;
  /** Devices that keep changing their choice; undefined when all stand. */
  readonly moving: readonly string[] | undefined;
  /** Devices that choose otherwise when the speakers take their turns in another order: there are several stable states. */
  readonly undecided: readonly string[];
  /** Speakers that advertised more than once before all stood still, by index. */
  readonly restless: readonly number[];
  /** It was looked whether another order of the turns leads elsewhere. */
  readonly reversed: boolean;
}

/** The result of a prefix for another one that fares alike: only the own paths, with the lines behind them, are its own. */
export function asOf(known: Settled, start: ReadonlyMap<number, readonly Path[]>): Settled {
  const entries = known.entries.map((entry) => {
    const own = start.get(entry.index);
    if (!own) return entry;
    const mine = (path: Path): Path => own[entry.own.indexOf(path)] ?? path;
    const { best, multipath, byAge } = entry.decision;
    return {
      index: entry.index,
      own,
      paths: entry.paths.map(mine),
      decision: { best: best && mine(best), multipath: multipath.map(mine), byAge },
    };
  });
  return { ...known, entries };
}
