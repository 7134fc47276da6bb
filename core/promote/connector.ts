import type { DriftAnswer } from './gate.ts';

/** One device of a change, as a connector is given it. */
export interface DevicePush {
  readonly device: string;
  readonly system: string;
  readonly before: string;
  readonly after: string;
  /** BGP neighbours that the twin says are established after the change, by address. */
  readonly expectedSessions: readonly string[];
}

export type StepStatus = 'done' | 'failed' | 'planned' | 'not_reached';

/** Something that was done, or would be. */
export interface StepRecord {
  readonly device: string;
  readonly step: string;
  readonly status: StepStatus;
  readonly detail: string;
}

export type DeviceOutcome = 'planned' | 'changed' | 'rolled_back' | 'unchanged' | 'unknown';

export interface PushResult {
  readonly device: string;
  /** `unknown` only when the link died: the device restores itself, and somebody must look. */
  readonly outcome: DeviceOutcome;
  readonly steps: readonly StepRecord[];
}

/** A way to the devices. */
export interface Connector {
  readonly name: string;
  readonly live: boolean;
  /** Compares what runs with what the change starts from; null where a connector reads nothing. */
  readonly drift: (pushes: readonly DevicePush[]) => Promise<readonly DriftAnswer[] | null>;
  readonly push: (push: DevicePush) => Promise<PushResult>;
}
