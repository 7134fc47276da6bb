import type { StageEvent } from '../../core/orchestrator/stage.ts';
import type { CancelFlag } from './cancellation.ts';
import type { Engine, LabTask, PreflightTask, TablesTask } from './engine.ts';

/* What the server and its worker thread say to each other. */

export type Method = Exclude<keyof Engine, 'dispose'>;

export interface Order {
  readonly id: number;
  readonly method: Method;
  readonly task: LabTask | PreflightTask | TablesTask;
  readonly flag: CancelFlag;
}

export type Answer =
  | { readonly id: number; readonly kind: 'stage'; readonly event: StageEvent }
  | { readonly id: number; readonly kind: 'result'; readonly result: unknown }
  | { readonly id: number; readonly kind: 'cancelled' }
  | { readonly id: number; readonly kind: 'error'; readonly message: string; readonly stack?: string };
