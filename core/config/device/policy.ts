import type { Located, Span } from '../span.ts';

export type Family = 'ipv4' | 'ipv6';

export interface PrefixListEntry {
  readonly sequence: number;
  readonly action: 'permit' | 'deny';
  /** Canonical prefix text, e.g. 10.0.0.0/8. */
  readonly prefix: string;
  /** Lengths that match, both inclusive; without ge / le both equal the prefix's own length. */
  readonly minLength: number;
  readonly maxLength: number;
  readonly span: Span;
}

export interface PrefixList {
  readonly name: string;
  readonly family: Family;
  span: Span;
  entries: PrefixListEntry[];
}

/** Prefix-lists of the two families are separate name spaces on most systems. */
export const prefixListKey = (family: Family, name: string): string => `${family} ${name}`;

/** One entry of a community-list. `members` must all be present; `expression` matches as the vendor's regular expression. */
export interface CommunityListEntry {
  readonly sequence?: number;
  readonly action: 'permit' | 'deny';
  readonly members?: readonly string[];
  readonly expression?: string;
  readonly span: Span;
}

export interface CommunityList {
  readonly name: string;
  readonly kind: 'standard' | 'expanded' | 'extended' | 'large' | 'large-expanded';
  span: Span;
  entries: CommunityListEntry[];
}

export interface AsPathList {
  readonly name: string;
  span: Span;
  entries: {
    readonly sequence?: number;
    readonly action: 'permit' | 'deny';
    readonly expression: string;
    readonly span: Span;
  }[];
}

/** A condition of a policy term. `all`, `any` and `not` combine; a term's own conditions must all hold. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[]; readonly span: Span }
  | { readonly kind: 'not'; readonly of: Condition; readonly span: Span }
  | {
      readonly kind: 'prefix-list';
      readonly family: Family;
      readonly lists: readonly Located<string>[];
      readonly span: Span;
    }
  /** Junos route-filter, SR OS / SR Linux inline prefix matches. */
  | {
      readonly kind: 'prefix';
      readonly prefix: string;
      readonly minLength: number;
      readonly maxLength: number;
      readonly span: Span;
    }
  /** Junos route-filters of one term: the one whose prefix holds the route most closely decides. */
  | {
      readonly kind: 'closest-prefix';
      readonly filters: readonly {
        readonly prefix: string;
        readonly minLength: number;
        readonly maxLength: number;
        readonly span: Span;
      }[];
      readonly span: Span;
    }
  | { readonly kind: 'distance'; readonly min: number; readonly max: number; readonly span: Span }
  | { readonly kind: 'community-count'; readonly min: number; readonly max: number; readonly span: Span }
  | {
      readonly kind: 'next-hop-prefix-list';
      readonly family: Family;
      readonly lists: readonly Located<string>[];
      readonly span: Span;
    }
  | { readonly kind: 'next-hop'; readonly addresses: readonly string[]; readonly span: Span }
  | {
      readonly kind: 'access-list';
      readonly family: Family;
      readonly lists: readonly Located<string>[];
      readonly span: Span;
    }
  | {
      readonly kind: 'community-list';
      readonly lists: readonly Located<string>[];
      readonly exact: boolean;
      readonly span: Span;
    }
  | { readonly kind: 'extended-community-list'; readonly lists: readonly Located<string>[]; readonly span: Span }
  | {
      readonly kind: 'large-community-list';
      readonly lists: readonly Located<string>[];
      readonly exact: boolean;
      readonly span: Span;
    }
  | { readonly kind: 'as-path-list'; readonly lists: readonly Located<string>[]; readonly span: Span }
  | { readonly kind: 'as-path-expression'; readonly expression: string; readonly span: Span }
  | { readonly kind: 'as-path-length'; readonly min: number; readonly max: number; readonly span: Span }
  | { readonly kind: 'protocol'; readonly protocols: readonly string[]; readonly span: Span }
  | { readonly kind: 'interface'; readonly interfaces: readonly Located<string>[]; readonly span: Span }
  | { readonly kind: 'neighbour'; readonly peers: readonly string[]; readonly span: Span }
  | { readonly kind: 'tag'; readonly tags: readonly number[]; readonly span: Span }
  | { readonly kind: 'metric'; readonly min: number; readonly max: number; readonly span: Span }
  | { readonly kind: 'local-preference'; readonly min: number; readonly max: number; readonly span: Span }
  | { readonly kind: 'origin'; readonly origin: Origin; readonly span: Span }
  | { readonly kind: 'route-type'; readonly types: readonly string[]; readonly span: Span }
  | { readonly kind: 'family'; readonly family: Family; readonly span: Span }
  /** Junos `from policy`, EOS `match ... sub-route-map`, SR OS `from policy`: true when that policy accepts. */
  | { readonly kind: 'policy'; readonly policy: Located<string>; readonly span: Span }
  /**
   * The route is on its way as a VPN route (EVPN, L3VPN), or it came into its VRF as one (SR Linux `protocol bgp-evpn`).
   * Without states nothing holds.
   */
  | { readonly kind: 'overlay'; readonly states: readonly ('carried' | 'imported')[]; readonly span: Span }
  | { readonly kind: 'source-vrf'; readonly vrf: string; readonly span: Span }
  | { readonly kind: 'rib'; readonly rib: string; readonly span: Span }
  /** Junos condition if-route-exists, FRR / IOS conditional objects: holds while the route is in the table. */
  | { readonly kind: 'route-exists'; readonly prefix: string; readonly table: string; readonly span: Span }
  /** Understood as a condition, but not as a meaning: evaluation reports it and the result is not trusted. */
  | { readonly kind: 'not-modelled'; readonly text: string; readonly span: Span };

export type Origin = 'igp' | 'egp' | 'incomplete';

/** What a term does to a route that it matches, in the order of the configuration. */
export type Action =
  | {
      readonly kind: 'set-local-preference';
      readonly operation: 'set' | 'add' | 'subtract';
      readonly value: number;
      readonly span: Span;
    }
  | {
      readonly kind: 'set-metric';
      readonly operation: 'set' | 'add' | 'subtract' | 'igp';
      readonly value: number;
      readonly span: Span;
    }
  | {
      readonly kind: 'set-metric-type';
      readonly value: 'type-1' | 'type-2' | 'internal' | 'external';
      readonly span: Span;
    }
  | { readonly kind: 'set-weight'; readonly value: number; readonly span: Span }
  | { readonly kind: 'set-origin'; readonly value: Origin; readonly span: Span }
  | {
      readonly kind: 'set-next-hop';
      readonly value: 'self' | 'peer-address' | 'unchanged' | 'discard' | 'reject' | { readonly address: string };
      readonly family?: Family;
      readonly span: Span;
    }
  | { readonly kind: 'set-tag'; readonly operation?: 'add' | 'subtract'; readonly value: number; readonly span: Span }
  | {
      readonly kind: 'set-distance';
      readonly operation?: 'add' | 'subtract';
      readonly value: number;
      readonly span: Span;
    }
  /** What happens to the route where nothing after this decides (Junos `default-action`). */
  | { readonly kind: 'set-default'; readonly value: 'permit' | 'deny'; readonly span: Span }
  | { readonly kind: 'prepend-as-path'; readonly asns: readonly number[]; readonly span: Span }
  | { readonly kind: 'prepend-last-as'; readonly count: number; readonly span: Span }
  | { readonly kind: 'replace-as-path'; readonly asns: readonly number[]; readonly span: Span }
  /** `members` are literal communities; `lists` name community-lists or Junos community definitions. */
  | {
      readonly kind: 'set-communities';
      readonly operation: 'replace' | 'add' | 'delete' | 'none';
      readonly type: 'standard' | 'extended' | 'large';
      readonly members: readonly string[];
      readonly lists: readonly Located<string>[];
      readonly span: Span;
    }
  | { readonly kind: 'call'; readonly policy: Located<string>; readonly span: Span }
  /** Which paths are sent besides the best one, in the policy that chooses them (NX-OS, IOS-XR): all, or so many. */
  | { readonly kind: 'select-paths'; readonly which: 'all' | number; readonly span: Span }
  | { readonly kind: 'set-eigrp-metric'; readonly values: readonly number[]; readonly span: Span }
  | { readonly kind: 'not-modelled'; readonly text: string; readonly span: Span };

/**
 * What happens after a matching term: `permit` and `deny` end the policy (unless `continueAt`), `next-term` and
 * `next-policy` go on (Junos, SR OS), `default` leaves the decision to the policy's or protocol's default action.
 */
export type Disposition = 'permit' | 'deny' | 'next-term' | 'next-policy' | 'default';

export interface PolicyTerm {
  readonly name: string;
  readonly sequence?: number;
  span: Span;
  conditions: Condition[];
  actions: Action[];
  disposition: Disposition;
  /** Route-map `continue` / FRR `on-match`: go on at this sequence, or at the next term. */
  continueAt?: Located<number | 'next'>;
}

export interface RoutePolicy {
  readonly name: string;
  span: Span;
  terms: PolicyTerm[];
  /** What happens to a route that no term decides: deny for route-maps, the protocol's default for Junos. */
  defaultDisposition: 'permit' | 'deny' | 'next-policy' | 'protocol-default';
  defaultActions?: Action[];
  /** Conditions see the route as it came, whatever earlier terms have changed (IOS-XR). */
  comparesOriginal?: boolean;
}

/** A match of one field of a packet; absent means any. Ports are inclusive ranges. */
export interface AclEntry {
  readonly sequence: number;
  readonly action: 'permit' | 'deny';
  readonly protocol: string;
  readonly source: AclAddress;
  readonly destination: AclAddress;
  readonly sourcePorts?: readonly (readonly [number, number])[];
  readonly destinationPorts?: readonly (readonly [number, number])[];
  readonly established?: boolean;
  readonly icmpType?: number;
  readonly log?: boolean;
  /** Words that were understood as part of the entry but not as a meaning: the entry is not trusted. */
  readonly notModelled?: string;
  readonly span: Span;
}

/** Address and wildcard in the field's own form: bits set in `wildcard` are ignored. */
export type AclAddress =
  | { readonly kind: 'any' }
  | { readonly kind: 'wildcard'; readonly address: string; readonly wildcard: string; readonly family: Family }
  | { readonly kind: 'group'; readonly name: string };

export interface AccessList {
  readonly name: string;
  readonly family: Family;
  readonly type: 'standard' | 'extended';
  span: Span;
  entries: AclEntry[];
  remarks: Span[];
}
