import type { Behaviour } from '../../config/behaviour.ts';
import type { Device } from '../../config/device/device.ts';
import type { Located, Span } from '../../config/span.ts';
import type { AttributeStore } from '../path-attributes.ts';
import type { PrefixId, PrefixTable } from '../prefix-table.ts';
import type { PolicyRoute } from './route.ts';

/** What a policy says: `default` leaves it to the protocol (Junos, SR OS). */
export type PolicyVerdict = 'permit' | 'deny' | 'default';

export interface PolicyOutcome {
  readonly verdict: PolicyVerdict;
  /** Terms that matched, in order. */
  readonly spans: readonly Span[];
}

/** A device whose policies are compiled, and what compiling needs. */
export interface CompileScope {
  readonly device: Device;
  readonly behaviour: Behaviour;
  readonly prefixes: PrefixTable;
  readonly attributes: AttributeStore;
  readonly complain: (text: string, span: Span) => void;
  /** Told of every question that the policy asks about a prefix, or that its answer cannot be told from such questions. */
  readonly asks: (about: ((prefix: PrefixId) => boolean) | 'other routes') => void;
  /** Told when the policy asks about the AS path or changes it. */
  readonly readsPath: () => void;
  /** Told of every policy that it uses. */
  readonly uses: (policy: Located<string>) => void;
}

export interface PolicyConditions {
  /** For conditions on other routes: whether the table (in the vendor's name) has the prefix. Absent: not known. */
  readonly routeExists?: (prefix: PrefixId, table: string) => boolean;
}

/** What conditions and actions need while a route is evaluated. */
export interface Evaluation extends PolicyConditions {
  readonly caveat: (text: string, span: Span) => void;
  /** What happens where nothing after this decides. */
  readonly decideLater: (verdict: 'permit' | 'deny') => void;
  /** Whether another policy accepts the route; its changes stay when it does. */
  readonly accepts: (policy: Located<string>, route: PolicyRoute) => boolean;
  /** Another policy as part of this one. */
  readonly run: (policy: Located<string>, route: PolicyRoute) => PolicyVerdict;
}
