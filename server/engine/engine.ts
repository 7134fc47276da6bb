import type { StateDiff } from '../../core/network/state.ts';
import type { StageEvent } from '../../core/orchestrator/stage.ts';
import type { VerdictValue } from '../../core/orchestrator/verdict.ts';
import type { BackendChoice } from '../preflight/backend-choices.ts';

/** A lab as the editor shows it, and what it is compared with. Plain data: it crosses to a worker thread. */
export interface LabTask {
  /** Topology file or snapshot folder. */
  readonly lab: string;
  /** The lab's own folder. */
  readonly folder: string;
  /** Texts of the open files by path. */
  readonly buffers: ReadonlyMap<string, string>;
  /** Texts that files had when they were opened first: the baseline where there is no git. */
  readonly openedTexts: ReadonlyMap<string, string>;
  /** Git revision of the baseline. */
  readonly revision: string;
  /** Dialects that settings give to files, by path. */
  readonly dialects: ReadonlyMap<string, string>;
}

export interface PreflightTask extends LabTask {
  /** The operator's words; undefined when none were asked for. */
  readonly intent: string | undefined;
  readonly operator: string;
  readonly evidenceFolder: string;
  /** Folders that must not hold the signing key. */
  readonly workspaces: readonly string[];
  /** What the twin runs on; the embedded simulator when undefined. */
  readonly backend?: BackendChoice;
  /** Folder of the signing key; the user's own configuration folder when undefined. */
  readonly keyFolder: string | undefined;
}

/** A place in a file: a path and a zero-based line. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface EngineReason {
  readonly code: string;
  readonly text: string;
  /** This reason alone blocks the change. */
  readonly blocks: boolean;
  readonly place?: Place;
}

/** A changed stretch of a configuration, in the text as it is now. `count` is 0 where lines were only removed. */
export interface ChangedLines {
  readonly node: string;
  readonly file: string;
  readonly line: number;
  readonly count: number;
}

interface Outcome {
  readonly lab: string;
  readonly verdict: VerdictValue;
  readonly reasons: readonly EngineReason[];
  readonly counts: StateDiff['counts'];
  readonly changes: readonly ChangedLines[];
  /** What the lab was compared with, in words. */
  readonly baseline: string;
}

export type CheckOutcome = Outcome;

export interface PreflightOutcome extends Outcome {
  readonly runId: string;
  readonly durationMs: number;
  /** Folder of the sealed package; undefined when it could not be sealed (a reason says why). */
  readonly evidence: string | undefined;
}

/** An invariant of a lab and whether it holds. */
export interface InvariantOutcome {
  readonly id: string;
  readonly statement: string;
  /** The declaration: file and zero-based line. */
  readonly file: string;
  readonly line: number;
  readonly status: 'held' | 'broken' | 'not_tested';
  readonly expected: string;
  readonly actual: string;
  /** Configuration lines behind what was found. */
  readonly places: readonly (Place & { readonly text: string })[];
}

export interface DeviceDiff {
  readonly node: string;
  readonly file: string;
  readonly routesAdded: number;
  readonly routesRemoved: number;
  readonly routesChanged: number;
  readonly sessionsLost: number;
  readonly sessionsAdded: number;
  /** State of the device before and after, as text. */
  readonly before: string;
  readonly after: string;
}

/** A BGP session of the lab with the change, as hovers show it. */
export interface SessionSummary {
  readonly node: string;
  readonly vrf: string;
  /** The neighbour as it is configured. */
  readonly peer: string;
  readonly peerNode: string | null;
  readonly remoteAs: number | null;
  readonly state: 'established' | 'down';
  /** Why it is down. */
  readonly reason?: string;
  /** Paths that the neighbour sent and the device kept. */
  readonly learned: number;
  /** How many of them it uses. */
  readonly used: number;
}

/** A device of a lab whose tables are asked for. */
export interface TablesTask extends LabTask {
  readonly node: string;
}

/** The tables of one device with the change, as text. */
export interface DeviceTables {
  readonly rib: string;
  readonly fib: string;
  readonly sessions: string;
}

/** Lines of the change and what they cause, found by re-running without them. */
export interface EngineCause {
  /** `count` is 0 where lines were only removed. */
  readonly lines: readonly ChangedLines[];
  /** `each`: without any one of the lines the effects are gone; `together`: only without all of them. */
  readonly rests: 'each' | 'together';
  /** False: a bound was reached before the lines could be told apart further. */
  readonly narrowed: boolean;
  readonly effects: readonly EngineEffect[];
}

/** A change of state, as `route 10.0.0.0/8 removed` of a device. */
export interface EngineEffect {
  readonly kind: 'route' | 'session' | 'adjacency';
  readonly node: string;
  readonly vrf: string;
  readonly change: 'added' | 'removed' | 'changed' | 'lost' | 'established';
  readonly what: string;
}

export interface StateDiffOutcome {
  readonly lab: string;
  readonly baseline: string;
  readonly counts: StateDiff['counts'];
  /** Devices that differ in configuration or state, by name. */
  readonly devices: readonly DeviceDiff[];
  /** State of the whole lab. */
  readonly before: string;
  readonly after: string;
  readonly changes: readonly ChangedLines[];
  /** What caused what, in order of the lines. */
  readonly causes: readonly EngineCause[];
  /** What comes from no line of a configuration. */
  readonly unattributed: readonly EngineEffect[];
  /** Routes and sessions that differ, one line each, for a tooltip; the first of them. */
  readonly details: readonly string[];
  /** All sessions of the lab with the change. */
  readonly sessions: readonly SessionSummary[];
}

export interface TopologyOutcome {
  readonly lab: string;
  readonly baseline: string;
  /** An SVG document; devices carry the attribute data-device. */
  readonly svg: string;
  readonly description: string;
  /** Where each device is written, and the line of its first change; 0 where it is not changed. */
  readonly devices: readonly { readonly node: string; readonly file: string; readonly line: number }[];
}

/**
 * Computes labs. Every call rejects with a sentence for the user when the lab or its baseline cannot be used, and with
 * the signal's reason when it was cancelled.
 */
export interface Engine {
  /** What a preflight would decide about the lab, without executing a rollback and without evidence. */
  readonly check: (task: LabTask, signal: AbortSignal) => Promise<CheckOutcome>;
  readonly stateDiff: (task: LabTask, signal: AbortSignal) => Promise<StateDiffOutcome>;
  readonly topology: (task: LabTask, signal: AbortSignal) => Promise<TopologyOutcome>;
  /** The tables of a device; undefined when the lab has no such device. */
  readonly tables: (task: TablesTask, signal: AbortSignal) => Promise<DeviceTables | undefined>;
  /** What the lab declares, and whether it holds in the working tree. */
  readonly invariants: (task: LabTask, signal: AbortSignal) => Promise<readonly InvariantOutcome[]>;
  readonly preflight: (
    task: PreflightTask,
    signal: AbortSignal,
    onStage: (event: StageEvent) => void,
  ) => Promise<PreflightOutcome>;
  readonly dispose: () => Promise<void>;
}
