import type { Behaviour } from '../config/behaviour.ts';
import type { Device } from '../config/device/device.ts';
import type { Span } from '../config/span.ts';
import type { DeviceChange } from '../network/change.ts';
import type { ParsedConfig, Snapshot } from '../network/snapshot.ts';

/** P0 blocks by default, P1 warns, P2 informs. */
export type Priority = 'P0' | 'P1' | 'P2';

/** Replaces the text of `span` (in the finding's file, unless the span names another). With `endLine`, `end` is a column of that line. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** A change of the text that resolves a finding. `safe` fixes may be applied together by "fix all". */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly safe: boolean;
}

export interface Finding {
  readonly rule: string;
  readonly priority: Priority;
  readonly node: string;
  readonly file: string;
  readonly span: Span;
  readonly message: string;
  readonly related: readonly {
    readonly node: string;
    readonly file: string;
    readonly span: Span;
    readonly message: string;
  }[];
  readonly fix?: Fix;
  /** Caused by the change (not there before it). Without a change under consideration: false. */
  readonly introduced: boolean;
  /** Somebody set it aside in the configuration, for this reason, by the comment at this line. */
  readonly setAside?: { readonly reason: string; readonly line: number };
}

/** What a rule returns: the engine fills in rule, node, file and introduced. */
export interface RawFinding {
  readonly span: Span;
  readonly message: string;
  /**
   * What the finding is about, free of line numbers ("neighbour 10.0.0.2 out"): with it a finding is recognised
   * before and after a change although its line has moved. The message where absent.
   */
  readonly key?: string;
  /** False: the rule's escalation does not concern this finding. */
  readonly escalates?: false;
  readonly priority?: Priority;
  readonly related?: Finding['related'];
  readonly fix?: Fix;
}

/** What a device rule may look at. `before` is the same device before the change, where a change is known. */
export interface DeviceContext {
  readonly device: Device;
  readonly config: ParsedConfig;
  readonly behaviour: Behaviour;
  readonly before?: ParsedConfig;
  readonly change?: DeviceChange;
  /** The lab, where the file belongs to one; a rule of scope `device` must work without it. */
  readonly snapshot?: Snapshot;
}

/** What a network rule may look at; it reports per node. */
export interface NetworkContext {
  readonly snapshot: Snapshot;
  readonly before?: Snapshot;
}

interface RuleDocumentation {
  /** Kebab-case, stable, unique. */
  readonly id: string;
  /** Number in the catalogue of guard rules. */
  readonly number: number;
  readonly priority: Priority;
  readonly title: string;
  /** Why the rule exists: one or two sentences. */
  readonly why: string;
  /** Incidents and documents behind it. */
  readonly sources: readonly string[];
  /** What to do about a finding. */
  readonly remedy: string;
  /** A finding that the change causes has this priority instead, and why. */
  readonly escalation?: { readonly to: Priority; readonly why: string };
}

export type Rule = RuleDocumentation &
  (
    | { readonly scope: 'device'; readonly check: (context: DeviceContext) => readonly RawFinding[] }
    | {
        readonly scope: 'network';
        readonly check: (context: NetworkContext) => readonly (RawFinding & { readonly node: string })[];
      }
  );

/** Declares a rule: gives the object its type where it is written. */
export const rule = (definition: Rule): Rule => definition;
