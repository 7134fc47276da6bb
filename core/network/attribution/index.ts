/*
 * Which lines of a change cause which change of state, found by delta debugging (A. Zeller, R. Hildebrandt, "Simplifying
 * and Isolating Failure-Inducing Input", 2002): the network is computed again without some of the changed lines, and
 * what is then other than after the change rests on them.
 */
import type { Change } from '../change.ts';
import { diffStates } from '../diff-states.ts';
import type { ConfigParser } from '../load/load-snapshot.ts';
import type { Snapshot } from '../snapshot.ts';
import type { NetworkState, StateDiff } from '../state.ts';
import { snapshotWithout } from './snapshot-without.ts';
import { type LineRange, leavesOf, linesOf, type Unit, Units } from './units.ts';

export type { LineRange };

/** How causes are found, as reports say it. */
export const ATTRIBUTION_METHOD = 'by re-running without these lines';

/** One change of state. */
export interface Effect {
  readonly kind: 'route' | 'session' | 'adjacency';
  readonly node: string;
  readonly vrf: string;
  readonly change: 'added' | 'removed' | 'changed' | 'lost' | 'established';
  /** `route 10.0.0.0/8 removed`, `BGP session with 10.0.0.1 lost`. */
  readonly what: string;
}

export interface Cause {
  readonly lines: readonly LineRange[];
  /**
   * `each`: without any of these lines alone the effects are gone. `together`: they are gone only without all of them,
   * each of which would be enough.
   */
  readonly rests: 'each' | 'together';
  /** False: the bound on runs was reached before the lines could be told apart further. */
  readonly narrowed: boolean;
  readonly effects: readonly Effect[];
}

export interface Attribution {
  /** In order of their first line. */
  readonly causes: readonly Cause[];
  /** Effects that remain without all changed lines: they come from the topology, or nobody looked. */
  readonly unattributed: readonly Effect[];
  /** How often the network was computed. */
  readonly runs: number;
  /** The bound on runs was reached. */
  readonly exhausted: boolean;
}

export interface AttributionOptions {
  readonly before: NetworkState;
  readonly after: NetworkState;
  readonly parse: ConfigParser;
  /** Computes the state of a lab; rejects when it is cancelled. */
  readonly compute: (snapshot: Snapshot) => Promise<NetworkState>;
  /** At most this many states are computed. */
  readonly most: number;
  readonly onRun?: (runs: number) => void;
}

/** Changes of state by a text that names what changes, not how. */
function effectsOf({ routes, sessions, adjacencies }: StateDiff): Map<string, Effect> {
  const found = new Map<string, Effect>();
  for (const { node, vrf, prefix, kind } of routes)
    found.set(`route ${node} ${vrf} ${prefix}`, {
      kind: 'route',
      node,
      vrf,
      change: kind,
      what: `route ${prefix} ${kind}`,
    });
  for (const { node, vrf, peer, kind } of sessions)
    found.set(`session ${node} ${vrf} ${peer}`, {
      kind: 'session',
      node,
      vrf,
      change: kind,
      what: `BGP session with ${peer} ${kind}`,
    });
  for (const { kind, before, after } of adjacencies) {
    const one = after ?? before;
    if (!one) continue;
    const { node, vrf, protocol, interface: port, peerNode, peerInterface } = one;
    found.set(`adjacency ${node} ${vrf} ${protocol} ${port} ${peerNode} ${peerInterface}`, {
      kind: 'adjacency',
      node,
      vrf,
      change: kind,
      what: `${protocol} adjacency with ${peerNode} on ${port} ${kind}`,
    });
  }
  return found;
}

/** What an effect was found to rest on. */
interface Finding {
  readonly each: Unit[];
  readonly together: Unit[];
}

type Keys = readonly string[];

class Search {
  readonly #change: Change;
  readonly #options: AttributionOptions;
  /** What is other than after the change, without some leaves, by their numbers. */
  readonly #known = new Map<string, ReadonlySet<string>>();
  readonly found = new Map<string, Finding>();
  readonly coarse = new Set<Unit>();
  runs = 0;
  exhausted = false;

  constructor(change: Change, options: AttributionOptions) {
    this.#change = change;
    this.#options = options;
  }

  /** Effects that are gone without these units; undefined when the bound was reached. */
  async gone(units: readonly Unit[], among: Keys): Promise<Keys | undefined> {
    const leaves = new Set(units.flatMap(leavesOf));
    const key = [...leaves]
      .map(({ id }) => id)
      .sort((a, b) => a - b)
      .join();
    let differs = this.#known.get(key);
    if (!differs) {
      const { most, parse, compute, after, onRun } = this.#options;
      if (this.runs >= most) {
        this.exhausted = true;
        return undefined;
      }
      this.runs += 1;
      onRun?.(this.runs);
      const state = await compute(snapshotWithout(this.#change, leaves, parse));
      differs = new Set(effectsOf(diffStates(state, after)).keys());
      this.#known.set(key, differs);
    }
    const set = differs;
    return among.filter((effect) => set.has(effect));
  }

  #note(effects: Keys, role: keyof Finding, units: readonly Unit[]): void {
    for (const effect of effects) {
      const finding = this.found.get(effect) ?? { each: [], together: [] };
      finding[role].push(...units);
      this.found.set(effect, finding);
    }
  }

  /** Narrows down effects that are gone without the unit alone. */
  async descend(unit: Unit, effects: Keys): Promise<void> {
    if (unit.parts.length === 0) return this.#note(effects, 'each', [unit]);
    let left = new Set(effects);
    for (const part of unit.parts) {
      const gone = await this.gone([part], effects);
      if (gone === undefined) {
        // What was narrowed down already stays so; the rest is told of the unit as a whole.
        this.coarse.add(unit);
        return this.#note([...left], 'each', [unit]);
      }
      if (gone.length > 0) await this.descend(part, gone);
      left = new Set([...left].filter((effect) => !gone.includes(effect)));
    }
    if (left.size > 0) await this.shrink(unit.parts, 0, [...left]);
  }

  /** Narrows down effects that are gone only without several units at once: drops one after the other, or a part of it. */
  async shrink(units: readonly Unit[], at: number, effects: Keys): Promise<void> {
    const unit = units[at];
    if (!unit) return this.#note(effects, 'together', units);
    const others = units.toSpliced(at, 1);
    const still = others.length === 0 ? [] : await this.gone(others, effects);
    if (still === undefined) {
      for (const one of units) if (one.parts.length > 0) this.coarse.add(one);
      return this.#note(effects, 'together', units);
    }
    if (still.length > 0) await this.shrink(others, at, still);
    const rest = effects.filter((effect) => !still.includes(effect));
    if (rest.length === 0) return;
    // The unit is needed: some of its parts may not be.
    await (unit.parts.length > 0
      ? this.shrink(units.toSpliced(at, 1, ...unit.parts), at, rest)
      : this.shrink(units, at + 1, rest));
  }
}

/** Finds the causes of every difference between the states before and after a change. */
export async function attribute(change: Change, options: AttributionOptions): Promise<Attribution> {
  const effects = effectsOf(diffStates(options.before, options.after));
  const search = new Search(change, options);
  const keys = [...effects.keys()];
  const { root } = new Units(change);
  const attributable = keys.length === 0 || change.devices.length === 0 ? [] : await search.gone([root], keys);
  if (attributable && attributable.length > 0) await search.descend(root, attributable);

  const causes = new Map<string, { readonly cause: Omit<Cause, 'effects'>; readonly effects: Effect[] }>();
  for (const [key, { each, together }] of search.found) {
    for (const [rests, units] of [
      ['each', each],
      ['together', together],
    ] as const) {
      if (units.length === 0) continue;
      const lines = linesOf(change, units);
      const narrowed = !units.some((unit) => search.coarse.has(unit));
      const id = JSON.stringify([lines, rests, narrowed]);
      const known = causes.get(id) ?? { cause: { lines, rests, narrowed }, effects: [] };
      known.effects.push(effects.get(key) as Effect);
      causes.set(id, known);
    }
  }
  const placeOf = ({ lines }: Omit<Cause, 'effects'>): string => {
    const [first] = lines;
    return first ? `${first.node} ${first.side} ${String(first.line).padStart(9, '0')}` : '';
  };
  const byPlace = [...causes.values()].sort((a, b) => (placeOf(a.cause) < placeOf(b.cause) ? -1 : 1));
  const attributed = new Set(search.found.keys());
  return {
    causes: byPlace.map((one) => ({ ...one.cause, effects: one.effects })),
    unattributed: keys.filter((key) => !attributed.has(key)).map((key) => effects.get(key) as Effect),
    runs: search.runs,
    exhausted: search.exhausted,
  };
}
