import type { Backend, ConfigError, EgressMeasurement, ProbeReport, Twin } from '../backends/backend.ts';
import type { ComplianceRow } from '../compliance/framework.ts';
import type { Worsened } from '../compliance/worsened.ts';
import type { UnsealedBundle } from '../evidence/bundle.ts';
import type { PolicyDecision } from '../evidence/policy.ts';
import type { Finding } from '../guard/rule.ts';
import type { Attribution } from '../network/attribution/index.ts';
import type { Change } from '../network/change.ts';
import type { FailureKind, FailureOutcome } from '../network/failures.ts';
import type { InvariantRow } from '../network/invariants/evaluate.ts';
import type { ConfigParser } from '../network/load/load-snapshot.ts';
import type { ReachabilityChange, ReachabilityDiff } from '../network/reachability/compare.ts';
import type { Rollout } from '../network/rollout.ts';
import type { Snapshot } from '../network/snapshot.ts';
import type { NetworkState, StateDiff } from '../network/state.ts';
import type { AuthorityDecision } from '../risk/authority.ts';
import type { Risk } from '../risk/tier.ts';
import type { ChangeRecord } from './change-record.ts';
import type { StageRecord } from './stage.ts';
import type { Statement } from './statement.ts';
import type { Verdict } from './verdict.ts';

/** What is to be tested. */
export interface PreflightRequest {
  readonly change: Change;
  /** The operator's words for what the change is for; undefined when none were asked for, empty when they are missing. */
  readonly intent?: string;
  /** What the change is compared with: a git revision, a folder, the lab as it stands. */
  readonly baseline: string;
  readonly operator: string;
  /** What the site's change management says about the change. */
  readonly record?: ChangeRecord;
  /** Which single failures are tried after the change; none when absent. */
  readonly failures?: FailureKind;
}

/** Watches for connections while a preflight runs. */
export interface EgressMonitor {
  /** How it watches and what it does not see, one sentence. */
  readonly method: string;
  /** Begins; the function that it gives ends the watch and says which addresses were called. */
  readonly start: () => () => readonly string[];
}

/** Files of the package by path, as the evidence layer wants them. */
export type PackageInputs = ReadonlyMap<string, Uint8Array>;

/** Seals a run and says where the package lies. */
export type Sealer = (
  bundle: UnsealedBundle,
  inputs: PackageInputs,
  signal: AbortSignal | undefined,
) => Promise<SealedEvidence>;

export interface SealedEvidence {
  readonly folder: string;
  readonly bundleSha256: string;
  /** Why there is no time stamp although one was asked for. */
  readonly unstamped?: string;
}

/** Everything that a preflight needs from outside of itself. */
export interface PreflightServices {
  readonly backend: Backend;
  /** Why this backend, one sentence for the evidence; absent where there was no choice. */
  readonly choice?: string;
  readonly parse: ConfigParser;
  readonly clock: {
    /** UTC, ISO 8601. */
    readonly now: () => string;
    /** Milliseconds that only ever grow. */
    readonly monotonic: () => number;
  };
  readonly runId: string;
  readonly tool: { readonly name: string; readonly version: string };
  /** Absent: egress is not measured, and the evidence says so. */
  readonly egress?: EgressMonitor;
  /** What is known of the site's policy; absent where nobody looked for one. */
  readonly policy?: PolicyDecision;
  /** Absent: nothing is sealed, and the stage says so. */
  readonly seal?: Sealer;
}

/** What a running preflight knows. Each stage fills in its own part; what is undefined was not found out. */
export interface PreflightRun {
  readonly request: PreflightRequest;
  readonly services: PreflightServices;
  readonly signal: AbortSignal | undefined;
  readonly progress: (text: string) => void;
  readonly records: StageRecord[];
  readonly created: string;
  /** Stages without which nothing is ready. */
  readonly requiredStages: readonly string[];
  /** Ends the watch for connections; undefined when nobody watches. */
  readonly endEgressWatch: (() => readonly string[]) | undefined;
  refusals?: readonly Statement[];
  findings?: readonly Finding[];
  rejected?: readonly ConfigError[];
  twin?: Twin;
  after?: NetworkState;
  convergenceMs?: number;
  diff?: StateDiff;
  attribution?: Attribution;
  rollback?: { readonly snapshot: Snapshot; readonly state: NetworkState; readonly residual: StateDiff };
  reachability?: ReachabilityDiff & { readonly cuts: readonly ReachabilityChange[] };
  invariants?: readonly InvariantRow[];
  rollout?: Rollout;
  failures?: { readonly kind: FailureKind; readonly outcomes: readonly FailureOutcome[] };
  compliance?: {
    readonly nodes: readonly string[];
    readonly rows: readonly ComplianceRow[];
    readonly worsened: readonly Worsened[];
  };
  risk?: Risk;
  authority?: AuthorityDecision;
  egress?: readonly string[];
  /** How it was tried to get out of the twin; absent where nobody tried. */
  egressOfTwin?: EgressMeasurement;
  /** Packets sent through the twin before the change and with it. */
  probes?: { readonly before: ProbeReport; readonly after?: ProbeReport };
  verdict?: Verdict;
  evidence?: SealedEvidence;
}
