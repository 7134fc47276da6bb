/** How a stage ended. `not_run` says that something else stood in its way; `skipped` that this change has no need of it. */
export type StageStatus = 'passed' | 'failed' | 'skipped' | 'not_run';

export interface StageOutcome {
  readonly status: StageStatus;
  /** What was found, in one sentence. */
  readonly summary: string;
  readonly details?: readonly string[];
}

/** A stage that ended, as it stands in the evidence. */
export interface StageRecord {
  readonly id: string;
  readonly title: string;
  readonly status: StageStatus;
  /** UTC, ISO 8601; absent for a stage that was not started. */
  readonly startedAt?: string;
  readonly durationMs: number;
  readonly summary: string;
  readonly details: readonly string[];
}

/** What a listener hears: each stage once when it starts, perhaps while it runs, and once when it ends. */
export type StageEvent =
  | {
      readonly kind: 'started';
      readonly id: string;
      readonly title: string;
      readonly index: number;
      readonly total: number;
    }
  | { readonly kind: 'progress'; readonly id: string; readonly text: string }
  | { readonly kind: 'ended'; readonly index: number; readonly total: number; readonly record: StageRecord };

export const passed = (summary: string, details: readonly string[] = []): StageOutcome => ({
  status: 'passed',
  summary,
  details,
});
export const failed = (summary: string, details: readonly string[] = []): StageOutcome => ({
  status: 'failed',
  summary,
  details,
});
export const notRun = (summary: string): StageOutcome => ({ status: 'not_run', summary });
export const skipped = (summary: string): StageOutcome => ({ status: 'skipped', summary });
