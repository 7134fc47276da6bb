import type { Snapshot } from '../../core/network/snapshot.ts';
import type { Disagreement } from './agreement.ts';

/** A difference between the simulator and FRR's daemons that is known, and why it stays. */
export interface Explanation {
  readonly id: string;
  readonly why: string;
  readonly covers: (found: Omit<Disagreement, 'explained'>, lab: Snapshot) => boolean;
}

/** Every entry is a debt: it says what differs, on which version it was seen, and why the simulator is not changed. */
export const explanations: readonly Explanation[] = [];
