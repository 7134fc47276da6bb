/** What a promotion did, as plain data: its digest stands in the ledger. */

import type { PushResult } from './connector.ts';
import type { GateDecision } from './gate.ts';

export type PromotionOutcome =
  /** The gate said no; nothing was reached. */
  | 'denied'
  /** A dry run: said what would be done. */
  | 'planned'
  /** Every device runs its new configuration, checked and made permanent. */
  | 'complete'
  /** Some devices were changed, then one failed, and the rest was not begun. */
  | 'partial'
  /** No device was changed. */
  | 'failed';

export interface PromotionRecord {
  readonly recordVersion: 1;
  readonly runId: string;
  readonly started: string;
  readonly ended: string;
  readonly executor: string;
  readonly connector: string;
  readonly live: boolean;
  readonly outcome: PromotionOutcome;
  readonly decision: GateDecision;
  readonly devices: readonly PushResult[];
  /** Devices that were not begun because another one failed. */
  readonly notReached: readonly string[];
}
