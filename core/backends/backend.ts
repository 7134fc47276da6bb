import type { Snapshot } from '../network/snapshot.ts';
import type { NetworkState, RejectedLine, StateDiff } from '../network/state.ts';

/** How a long step is watched and stopped. */
export interface RunOptions {
  /** Stops the step; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** What the step is doing, in one short sentence. */
  readonly onProgress?: (text: string) => void;
}

/** A line that a network system would refuse, or a configuration that it would not load. */
export type ConfigError = RejectedLine;

/**
 * Thrown by `spawnTwin` and `applyAndConverge` when a network system refuses lines that it was given: they are errors of
 * the change, known only once the system has read them.
 */
export class ConfigurationRefused extends Error {
  override readonly name = 'ConfigurationRefused';
  readonly errors: readonly ConfigError[];

  constructor(errors: readonly ConfigError[]) {
    const [first] = errors;
    super(
      `${errors.length === 1 ? 'A line is' : `${errors.length} lines are`} refused${first ? `; ${first.node}: ${first.message}` : ''}`,
    );
    this.errors = errors;
  }
}

/** A running copy of the lab. It belongs to the backend that made it and lives until it is torn down. */
export interface Twin {
  readonly id: string;
  /** State of the lab as it was spawned, before any change. */
  readonly initial: NetworkState;
  readonly nodes: number;
  readonly links: number;
  /** Programs that the twin runs on, with their versions; absent where it is a computation of this software alone. */
  readonly components?: readonly { readonly name: string; readonly version: string }[];
  /** What the twin adds to the configurations so that it settles sooner, a sentence each. */
  readonly overlay?: readonly string[];
}

/** Whether anything of a twin can get out of it. */
export interface EgressMeasurement {
  /** What was tried, one sentence. */
  readonly method: string;
  /** What got out, or could; empty when nothing did. */
  readonly observed: readonly string[];
}

/** A packet that was sent through the twin; a host is named by the device that it stands behind. */
export interface ProbeResult {
  readonly from: string;
  readonly source: string;
  readonly to: string;
  readonly target: string;
  /** An echo request was answered. */
  readonly reached: boolean;
  /** Addresses on the way, `*` for one that did not say. */
  readonly path: readonly string[];
}

export interface ProbeReport {
  /** What was sent, how, and what was left out, one sentence each. */
  readonly method: string;
  readonly results: readonly ProbeResult[];
}

/** What computes or measures the effect of a change. Every step is cancellable and reports its progress. */
export interface Backend {
  /** Identifier recorded in the evidence: `simulator`, `frr` ... */
  readonly name: string;
  readonly version: string;
  /** How this twin differs from the production network, one sentence each. */
  readonly limits: readonly string[];
  /**
   * What is tried on the twin itself after the simulator has predicted it: the steps of a change on several devices, and
   * single failures (lines that `Snapshot.runtime` says fail, devices that are gone). Absent where the twin is a
   * computation, which has shown both already.
   */
  readonly tries?: { readonly steps: boolean; readonly failures: boolean };
  /** Writes a configuration for an intent; absent where the backend has no model. */
  readonly generateConfig?: (
    snapshot: Snapshot,
    intent: string,
    options: RunOptions,
  ) => Promise<ReadonlyMap<string, string>>;
  /** Errors of the configurations that can be known without running them. */
  readonly staticCheck: (snapshot: Snapshot, options: RunOptions) => Promise<readonly ConfigError[]>;
  readonly spawnTwin: (snapshot: Snapshot, options: RunOptions) => Promise<Twin>;
  /** Gives the twin the configurations and links of the snapshot and waits until nothing changes any more. */
  readonly applyAndConverge: (twin: Twin, snapshot: Snapshot, options: RunOptions) => Promise<NetworkState>;
  /** Tries to get out of the twin; absent where there is nothing to get out of. */
  readonly measureEgress?: (twin: Twin, options: RunOptions) => Promise<EgressMeasurement>;
  /** Sends packets between the devices of the twin as it is now; absent where no packets flow. */
  readonly probe?: (twin: Twin, options: RunOptions) => Promise<ProbeReport>;
  readonly stateDiff: (before: NetworkState, after: NetworkState) => StateDiff;
  /** Removes the twin and all that it holds. Never fails for a twin that is gone already. */
  readonly teardownTwin: (twin: Twin) => Promise<void>;
}
