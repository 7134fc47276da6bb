/*
 * The order in which the devices of a change are given their configuration. Between the state before and the state
 * after lie as many intermediate ones as there are steps; an order is lossless when none of them lacks anything that
 * both ends have.
 */
import type { Change } from './change.ts';
import { type Loss, lossesAgainst } from './losses.ts';
import type { Snapshot } from './snapshot.ts';
import type { NetworkState } from './state.ts';

export interface RolloutStep {
  readonly node: string;
  /** What is missing once this device has its configuration. */
  readonly lost: readonly Loss[];
  /** The intermediate state has no stable routing. */
  readonly unstable: boolean;
  /** False: the bound was reached before this state was computed, and nothing is known of it. */
  readonly computed: boolean;
  /** What was missing when a twin was taken through this step; undefined when it was not. */
  readonly measured?: readonly Loss[];
}

export interface Rollout {
  readonly steps: readonly RolloutStep[];
  /** Each intermediate state was computed, is stable, and lacks nothing. */
  readonly lossless: boolean;
  /** Where `lossless` is false: there is no lossless order. False when the bound ended the search. */
  readonly exhaustive: boolean;
  readonly statesComputed: number;
}

export interface RolloutOptions {
  readonly before: NetworkState;
  readonly after: NetworkState;
  /** Computes an intermediate state; rejects when it is cancelled. */
  readonly compute: (snapshot: Snapshot) => Promise<NetworkState>;
  /** At most this many intermediate states are computed. */
  readonly most: number;
  readonly onState?: (computed: number) => void;
}

interface Intermediate {
  readonly lost: readonly Loss[];
  readonly unstable: boolean;
}

/** The lab when only some of the changed devices have their new configuration. Cabling is done with the last one. */
export function withSomeDevices({ before, after, devices }: Change, done: ReadonlySet<string>): Snapshot {
  const nodes = new Map(before.nodes);
  for (const { node } of devices) {
    if (!done.has(node)) continue;
    const now = after.nodes.get(node);
    if (now) nodes.set(node, now);
    else nodes.delete(node);
  }
  const all = devices.every(({ node }) => done.has(node));
  return { ...(all ? after : before), nodes: new Map([...nodes].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

const harm = ({ lost, unstable }: Intermediate): number => lost.length + (unstable ? 1_000_000 : 0);

/** Above this many devices only one order is examined: the sets of devices would be too many. */
const MOST_SEARCHED = 20;

interface Way {
  readonly done: number;
  readonly order: readonly number[];
  /** Harm of the states on the way; that of the last one is counted once it is `reached`. */
  readonly cost: number;
  readonly reached: boolean;
}

/** The cheapest first; of equal ones that with the most devices done, so that a good order is found soon. */
const byCost = (a: Way, b: Way): number => a.cost - b.cost || b.order.length - a.order.length || a.done - b.done;

/**
 * Looks for an order without a loss, or else the one that loses least in sum. The search goes through the sets of
 * devices that are done (Dijkstra over their harm), since what an intermediate state lacks depends on the set alone, and
 * computes a state only when the way to it is the cheapest one left. When the bound ends the search, the best way so far
 * is completed in order of name, and the states that were not computed say so.
 */
export async function planRollout(change: Change, options: RolloutOptions): Promise<Rollout> {
  const names = change.devices.map(({ node }) => node).sort();
  const losses = lossesAgainst(options.before, options.after);
  const states = new Map<string, Intermediate>();
  const setOf = (order: readonly number[]): ReadonlySet<string> =>
    new Set(order.map((index) => names[index] as string));
  const key = (set: ReadonlySet<string>): string => [...set].sort().join('\n');
  let computed = 0;
  const known = (order: readonly number[]): Intermediate | undefined =>
    order.length === names.length ? { lost: [], unstable: !options.after.converged } : states.get(key(setOf(order)));
  const stateAt = async (order: readonly number[]): Promise<Intermediate | undefined> => {
    const found = known(order);
    if (found || computed >= options.most) return found;
    computed += 1;
    options.onState?.(computed);
    const set = setOf(order);
    const state = await options.compute(withSomeDevices(change, set));
    const one = { lost: losses(state), unstable: !state.converged };
    states.set(key(set), one);
    return one;
  };
  const rollout = (order: readonly number[], exhaustive: boolean): Rollout => {
    const steps = order.map((index, at): RolloutStep => {
      const state = known(order.slice(0, at + 1));
      return {
        node: names[index] as string,
        ...(state ?? { lost: [], unstable: false }),
        computed: state !== undefined,
      };
    });
    const lossless = steps.every(({ lost, unstable, computed: seen }) => seen && !unstable && lost.length === 0);
    return { steps, lossless, exhaustive: exhaustive || lossless, statesComputed: computed };
  };
  const inOrderOfName = (start: readonly number[]): readonly number[] => [
    ...start,
    ...[...names.keys()].filter((index) => !start.includes(index)),
  ];

  if (names.length > MOST_SEARCHED) {
    const order = [...names.keys()];
    for (const at of order) await stateAt(order.slice(0, at + 1));
    return rollout(order, false);
  }
  const open: Way[] = [{ done: 0, order: [], cost: 0, reached: true }];
  const closed = new Set<number>();
  for (;;) {
    const way = open.sort(byCost).shift();
    // Every set leads on to a larger one, so the search ends at the set of all devices.
    if (!way) throw new Error('The search for an order ended without one.');
    if (closed.has(way.done)) continue;
    if (!way.reached) {
      const state = await stateAt(way.order);
      if (!state) return rollout(inOrderOfName(way.order), false);
      open.push({ ...way, cost: way.cost + harm(state), reached: true });
      continue;
    }
    closed.add(way.done);
    if (way.order.length === names.length) return rollout(way.order, true);
    for (const index of names.keys())
      if (!way.order.includes(index))
        open.push({ done: way.done | (1 << index), order: [...way.order, index], cost: way.cost, reached: false });
  }
}
