import { Forwarding } from '../forwarding/forwarding.ts';
import type { Computed } from '../network-state.ts';
import { compute, simulate } from '../simulate.ts';
import type { Snapshot } from '../snapshot.ts';
import type { NetworkState, Reason } from '../state.ts';

export type InvariantStatus = 'held' | 'broken' | 'not_tested';

/** What was found, in words, with the configuration lines behind it. */
export interface Finding {
  readonly status: InvariantStatus;
  readonly actual: string;
  readonly places: readonly Reason[];
}

export const held = (actual: string): Finding => ({ status: 'held', actual, places: [] });
export const broken = (actual: string, places: readonly Reason[] = []): Finding => ({
  status: 'broken',
  actual,
  places,
});
export const notTested = (actual: string, places: readonly Reason[] = []): Finding => ({
  status: 'not_tested',
  actual,
  places,
});

/** A lab and its state, with what several invariants need worked out once. */
export class Subject {
  readonly snapshot: Snapshot;
  readonly state: NetworkState;
  readonly forwarding: Forwarding;
  readonly checkCancelled: () => void;
  #computed: Computed | undefined;
  readonly #failed = new Map<string, Forwarding>();

  constructor(snapshot: Snapshot, state: NetworkState, checkCancelled: () => void = () => undefined) {
    this.snapshot = snapshot;
    this.state = state;
    this.forwarding = new Forwarding(snapshot, state);
    this.checkCancelled = checkCancelled;
  }

  /** What the simulator knows of the lab beyond its state: what was sent to whom. */
  get computed(): Computed {
    this.#computed ??= compute(this.snapshot);
    return this.#computed;
  }

  /** The lab while something fails, computed by the simulator. */
  failed(name: string, snapshot: () => Snapshot): Forwarding {
    const known = this.#failed.get(name);
    if (known) return known;
    this.checkCancelled();
    const lab = snapshot();
    const made = new Forwarding(lab, simulate(lab));
    this.#failed.set(name, made);
    return made;
  }
}
