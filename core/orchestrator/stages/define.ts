import type { PreflightRun } from '../run.ts';
import type { StageOutcome } from '../stage.ts';

export interface Stage {
  /** Stable; it stands in the evidence. */
  readonly id: string;
  readonly title: string;
  /** Nothing is ship_ready unless this stage ran and passed. */
  readonly required: boolean;
  /** Does the stage's part and records what it found in the run. Throws only what nobody foresaw. */
  readonly run: (run: PreflightRun) => Promise<StageOutcome>;
}

/** Why a stage that needs the twin cannot run. */
export const REFUSED = 'The change was refused by the guard precheck; nothing was spent on it.';

/** Whether the precheck let the change pass. */
export const isAccepted = (run: PreflightRun): boolean => run.refusals !== undefined && run.refusals.length === 0;

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
