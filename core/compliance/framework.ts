import type { Snapshot } from '../network/snapshot.ts';
import type { Citation, ControlStatus } from './judgement.ts';
import type { StigSeverity } from './stig/benchmark.ts';
import type { Subject } from './subject.ts';
import type { TopicId } from './topics.ts';

/** How far this software can speak about a control at all. */
export type ControlClass =
  | 'config-checked'
  | 'twin-tested'
  | 'process-attested'
  | 'post-deployment'
  | 'supports'
  | 'out-of-scope';

/** A service that the site has approved, as its policy lists it. */
export interface ApprovedService {
  /** As filters name it: `tcp`, `udp`, `icmp`, a number, or `ip` for every protocol. */
  readonly protocol: string;
  /** Destination ports that are approved, inclusive; absent: every port of the protocol. */
  readonly ports?: readonly (readonly [number, number])[];
}

/** What the run found out beside the configurations. Undefined: that part did not run, or the run has none. */
export interface RunFacts {
  readonly runId?: string;
  readonly twin?: {
    readonly engine: string;
    readonly converged: boolean;
    readonly sessionsLost: number;
    readonly adjacenciesLost: number;
  };
  readonly stateDiff?: { readonly routes: number; readonly sessions: number; readonly adjacencies: number };
  readonly reachability?: {
    readonly compared: number;
    readonly lost: number;
    readonly gained: number;
    /** Flows were left out of the comparison. */
    readonly incomplete: boolean;
  };
  readonly rollback?: { readonly executed: boolean; readonly restored: boolean };
  /** New error findings of the guards, and rejected lines. */
  readonly staticErrors?: number;
  readonly fidelity?: { readonly unmodelledLines: number };
  readonly configsRetained?: number;
  readonly request?: {
    readonly ticket: boolean;
    readonly reason: boolean;
    readonly author: boolean;
    readonly window: boolean;
  };
  readonly risk?: string;
  /** The network before the change, for what the change itself adds. */
  readonly before?: Snapshot;
  /** The site's list of approved services, where its signed policy has one. */
  readonly approvedServices?: readonly ApprovedService[];
}

/** What controls are decided on. */
export interface Facts {
  readonly snapshot: Snapshot;
  /** The devices in question, sorted by name. */
  readonly subjects: readonly Subject[];
  readonly run: RunFacts;
}

/** The answer to one control over all devices in question. */
export interface Answer {
  readonly status: ControlStatus;
  readonly evidence: readonly Citation[];
}

interface ControlBase {
  /** As the framework prints it. */
  readonly id: string;
  /** What it is about, in our own words. */
  readonly title: string;
  readonly severity?: StigSeverity;
}

/**
 * A control: decided by topics on every device, by facts of the run, or not by this software at all (and then it says
 * why). Several topics are several conditions: all must hold.
 */
export type Control = ControlBase &
  (
    | {
        readonly class: 'config-checked';
        readonly topics: readonly TopicId[];
        readonly also?: (facts: Facts) => Answer;
      }
    | { readonly class: 'twin-tested' | 'supports' | 'process-attested'; readonly decide: (facts: Facts) => Answer }
    | { readonly class: Exclude<ControlClass, 'config-checked' | 'twin-tested'>; readonly untested: string }
  );

export interface Framework {
  /** Stable: `pci-dss`. Also the name of its file. */
  readonly id: string;
  /** With its version, as it is cited. */
  readonly title: string;
  /** Which rows there are may depend on the devices: benchmarks are per system. */
  readonly sections: (facts: Facts) => readonly Section[];
}

/** A list of controls that share a document; STIGs have one per system. */
export interface Section {
  readonly title: string;
  /** Versions and dates that belong to the ids. */
  readonly edition?: string;
  readonly remark?: string;
  /** The devices that it is for; all when absent. */
  readonly subjects?: readonly Subject[];
  readonly controls: readonly Control[];
}

export interface ComplianceRow {
  readonly framework: string;
  readonly section: string;
  readonly edition: string | null;
  readonly control: string;
  readonly title: string;
  readonly severity: StigSeverity | null;
  readonly status: ControlStatus;
  readonly class: ControlClass;
  readonly evidence: readonly Citation[];
}

/** A framework whose controls are the same for every network. */
export const framework = (id: string, title: string, controls: readonly Control[]): Framework => ({
  id,
  title,
  sections: () => [{ title, controls }],
});
