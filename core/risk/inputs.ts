import type { DeviceChange } from '../network/change.ts';
import type { Snapshot } from '../network/snapshot.ts';
import type { NetworkState, StateDiff } from '../network/state.ts';

/** What risk is decided from: the configurations and what the twin showed. Nothing that anyone claims about them. */
export interface RiskInputs {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly devices: readonly DeviceChange[];
  readonly stateBefore: NetworkState;
  readonly stateAfter: NetworkState;
  readonly diff: StateDiff;
}
