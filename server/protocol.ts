/*
 * What the extension and the language server say to each other beyond the Language Server Protocol. Plain data in the
 * editor's terms; the only file of the server that the client imports.
 */

/** Zero-based position and range, as in the Language Server Protocol. */
export interface ProtocolRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export type VerdictValue = 'ship_ready' | 'needs_approval' | 'blocked';

/** `initializationOptions` of the client. Absent members take the defaults of package.json. */
export interface InitializationOptions {
  /** False in an untrusted workspace: static guards only; nothing is simulated, started, signed or written. */
  readonly trusted: boolean;
  /** Folder of the user's signing keys; never inside the workspace. Absent: the server's own default. */
  readonly keyFolder?: string;
  /** Commands that the client carries out itself, so that actions and lenses may name them: `EXPLAIN_RULE_COMMAND`, `SHOW_STATE_DIFF_COMMAND`. */
  readonly commands?: readonly string[];
}

/** Settings read with workspace/configuration, section `aegis`. */
export interface Settings {
  /** Run the cross-device guards and a quick simulation when a configuration is saved. */
  readonly preflightOnSave: boolean;
  /** Git reference that the working tree is compared with. */
  readonly baseline: string;
  /** Folder for evidence, relative to the workspace folder. */
  readonly evidenceFolder: string;
  /** Dialect by file: glob pattern -> dialect id. Wins over the containerlab kind, which wins over the content. */
  readonly dialects: Readonly<Record<string, string>>;
  /** Name recorded as the operator in the evidence; empty = the account's name. */
  readonly operator: string;
  /** What a preflight runs on: `auto`, `simulator`, `frr` or `containerlab`. */
  readonly backend: string;
  /** Mark configuration lines that may affect routing and are not modelled, as hints. */
  readonly unmodelledLines: boolean;
}

/** Language of the editor by dialect. A dialect that is absent has no language of ours: its files stay as they are. */
export const LANGUAGES: Readonly<Record<string, string>> = {
  frr: 'aegis-frr',
  eos: 'aegis-eos',
  ios: 'aegis-ios',
  iosxr: 'aegis-iosxr',
  nxos: 'aegis-nxos',
  junos: 'aegis-junos',
  sros: 'aegis-sros',
  srlinux: 'aegis-srlinux',
  panos: 'aegis-panos',
  gaia: 'aegis-gaia',
  fortios: 'aegis-fortios',
  acos: 'aegis-acos',
};

/**
 * Request `aegis/dialect`: the dialect that a file is written in, by the setting, the containerlab kind of the node that
 * starts with it, or its content. Answered for any file, also for one that is not open under a language of ours.
 */
export const DialectRequest = 'aegis/dialect';
export interface DialectParams {
  readonly uri: string;
  /** The beginning of the file as the editor shows it. */
  readonly text: string;
}
export interface DialectResult {
  readonly dialect: string;
}

export interface LabDevice {
  readonly name: string;
  readonly dialect: string;
  readonly title: string;
  readonly uri: string;
  readonly changed: boolean;
}

export interface Lab {
  /** Stable id: the URI of the topology file or of the snapshot folder. */
  readonly id: string;
  readonly name: string;
  readonly uri: string;
  readonly format: 'containerlab' | 'batfish';
  readonly devices: readonly LabDevice[];
  readonly problems: readonly string[];
}

/** Request `aegis/labs`: all labs of the workspace. */
export const LabsRequest = 'aegis/labs';
export type LabsResult = readonly Lab[];

/** Request `aegis/evidence`: the evidence runs found under the evidence folders, newest first. */
export const EvidenceRequest = 'aegis/evidence';
/** One statement about a run: what a part of it found. */
export interface RunFact {
  readonly title: string;
  readonly text: string;
  /** `absent`: the part did not run, and the text says why. */
  readonly tone: 'good' | 'bad' | 'neutral' | 'absent';
  readonly details?: readonly string[];
}
export interface EvidenceRun {
  readonly runId: string;
  readonly folder: string;
  readonly lab: string;
  readonly createdAt: string;
  readonly verdict: VerdictValue;
  readonly intent: string;
  /** Devices whose configurations the change touches. */
  readonly changedDevices: readonly string[];
  readonly reasons: readonly string[];
  readonly stages: readonly {
    readonly title: string;
    readonly status: 'passed' | 'failed' | 'skipped' | 'not_run';
    readonly summary: string;
  }[];
  readonly facts: readonly RunFact[];
  /** The package cannot be read: why. Its other members then say nothing. */
  readonly problem?: string;
}
export type EvidenceResult = readonly EvidenceRun[];

/** Request `aegis/preflight`: runs the pipeline on a lab's working tree (unsaved buffers included). Cancellable. */
export const PreflightRequest = 'aegis/preflight';
export interface PreflightParams {
  readonly lab: string;
  readonly intent?: string;
  /** Token under which the stages are reported by `aegis/stage`. */
  readonly token: string;
}
export interface PreflightReason {
  readonly text: string;
  readonly uri?: string;
  readonly range?: ProtocolRange;
}
export interface PreflightResult {
  readonly runId: string;
  readonly lab: string;
  readonly verdict: VerdictValue;
  readonly reasons: readonly PreflightReason[];
  readonly counts: {
    readonly routesAdded: number;
    readonly routesRemoved: number;
    readonly routesChanged: number;
    readonly sessionsLost: number;
    readonly sessionsAdded: number;
    readonly devicesAffected: number;
  };
  readonly durationMs: number;
  /** Sealed package on disk; empty when it could not be sealed, and a reason says why. */
  readonly evidenceFolder: string;
}

/** Notification `aegis/stage`: a stage of a running preflight started or ended. */
export const StageNotification = 'aegis/stage';
export interface StageEvent {
  readonly token: string;
  readonly id: string;
  readonly title: string;
  readonly index: number;
  readonly total: number;
  readonly status: 'running' | 'passed' | 'failed' | 'skipped' | 'not_run';
  readonly summary?: string;
}

/** Request `aegis/stateDiff`: the difference between the baseline and the working tree of a lab, without evidence. */
export const StateDiffRequest = 'aegis/stateDiff';
export interface StateDiffParams {
  readonly lab: string;
}
export interface DeviceDiff {
  readonly device: string;
  readonly uri: string;
  readonly routesAdded: number;
  readonly routesRemoved: number;
  readonly routesChanged: number;
  readonly sessionsLost: number;
  readonly sessionsAdded: number;
}
export interface StateDiffResult {
  readonly lab: string;
  readonly devices: readonly DeviceDiff[];
  /** Virtual documents (scheme aegis-rib) for the diff editor: before and after of the whole lab and of each device. */
  readonly documents: readonly { readonly device: string | null; readonly before: string; readonly after: string }[];
  /** Counts at the changed lines, for decorations and hints. */
  readonly lines: readonly {
    readonly uri: string;
    readonly range: ProtocolRange;
    readonly text: string;
    readonly detail: string;
  }[];
}

/** Request `aegis/topology`: the lab as a picture, with what the working tree does to it. */
export const TopologyRequest = 'aegis/topology';
export interface TopologyParams {
  readonly lab: string;
}
export interface TopologyResult {
  readonly lab: string;
  /** An SVG document; devices are elements with the attribute data-device. */
  readonly svg: string;
  /** What the picture shows, in words. */
  readonly description: string;
  /** What the lab was compared with, in words. */
  readonly baseline: string;
  /** Where each device is written, and the line (from 0) of its first change. */
  readonly devices: readonly { readonly device: string; readonly uri: string; readonly line: number }[];
}

/** Request `aegis/invariants`: what a lab's aegis.yml declares, and whether it holds in the working tree. Cancellable. */
export const InvariantsRequest = 'aegis/invariants';
export interface InvariantsParams {
  readonly lab: string;
}
export interface InvariantResult {
  readonly id: string;
  /** What must hold, one sentence. */
  readonly statement: string;
  /** The declaration. */
  readonly uri: string;
  readonly range: ProtocolRange;
  readonly status: 'held' | 'broken' | 'not_tested';
  readonly expected: string;
  readonly actual: string;
  /** Configuration lines behind what was found. */
  readonly places: readonly { readonly text: string; readonly uri: string; readonly range: ProtocolRange }[];
}
export interface InvariantsResult {
  readonly lab: string;
  readonly invariants: readonly InvariantResult[];
}

/**
 * Request `aegis/declaredInvariants`: what a lab's aegis.yml declares, as it is in the editor now. Nothing is simulated,
 * so it is answered in every workspace.
 */
export const DeclaredInvariantsRequest = 'aegis/declaredInvariants';
export interface DeclaredInvariantsResult {
  /** The aegis.yml; undefined when the lab has none. */
  readonly uri?: string;
  readonly invariants: readonly Pick<InvariantResult, 'id' | 'statement' | 'range'>[];
  /** Why the file cannot be used, one sentence each: none of its invariants can then be checked. */
  readonly problems: readonly string[];
}

/** Request `aegis/ribDocument`: the text behind a virtual document of the scheme aegis-rib. */
export const RibDocumentRequest = 'aegis/ribDocument';
export interface RibDocumentParams {
  readonly uri: string;
}
export const RIB_SCHEME = 'aegis-rib';

/**
 * Request `aegis/runDocument`: what the evidence of a run says, as a text that two runs can be compared by: verdict,
 * reasons, changed lines, differences of sessions and routes, findings and stages, each in a fixed order. Unverified.
 */
export const RunDocumentRequest = 'aegis/runDocument';
export interface RunDocumentParams {
  readonly folder: string;
}

/**
 * Request `aegis/baselineDocument`: a configuration as the baseline has it. `git`: in the reference of `aegis.baseline`.
 * `evidence`: after the last change of the lab that was accepted, from a package that verifies against the trusted keys.
 */
export const BaselineDocumentRequest = 'aegis/baselineDocument';
export interface BaselineDocumentParams {
  readonly uri: string;
  readonly source: 'git' | 'evidence';
  /** As in `VerifyEvidenceParams`. */
  readonly trust?: string;
}
/** Null where the file is no configuration of a lab, or the baseline does not have it. */
export type BaselineDocumentResult = { readonly text: string; readonly title: string } | null;

/** Request `aegis/exportEvidence`: copies a sealed package to a folder after verifying it. */
export const ExportEvidenceRequest = 'aegis/exportEvidence';
export interface ExportEvidenceParams {
  readonly folder: string;
  readonly destination: string;
}
export interface ExportEvidenceResult {
  readonly folder: string;
  readonly report: string;
}

/** Request `aegis/verifyEvidence`: checks a package against the pinned keys. */
export const VerifyEvidenceRequest = 'aegis/verifyEvidence';
export interface VerifyEvidenceParams {
  readonly folder: string;
  /** File of trusted keys in OpenSSH allowed_signers form; absent = the user's own. */
  readonly trust?: string;
}
export interface VerifyEvidenceResult {
  readonly ok: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

/** Notification `aegis/labsChanged`: labs, devices or evidence changed; trees read again. */
export const LabsChangedNotification = 'aegis/labsChanged';

/** Notification `aegis/verdict`: the verdict of the last preflight or save check of a lab, for the status bar. */
export const VerdictNotification = 'aegis/verdict';
export interface VerdictEvent {
  readonly lab: string;
  readonly verdict: VerdictValue;
  readonly source: 'preflight' | 'save';
  readonly summary: string;
  /** Changed stretches of configuration; 0 when the working tree is as the baseline. */
  readonly changes?: number;
}

/** Request `aegis/rule`: documentation of a guard rule. */
export const RuleRequest = 'aegis/rule';
export interface RuleParams {
  readonly rule: string;
}
export interface RuleResult {
  readonly title: string;
  /** Markdown without links. */
  readonly markdown: string;
}

/** Command of the client that code actions name: shows a rule's documentation. Argument: the rule's id. */
export const EXPLAIN_RULE_COMMAND = 'aegis.explainRule';

/** Command of the client that code lenses name: opens the state diff of a lab. Argument: `{ lab, device }`. */
export const SHOW_STATE_DIFF_COMMAND = 'aegis.showStateDiff';
