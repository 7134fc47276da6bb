/*
 * A network before it is written down: what each router has, in no vendor's words. `shapes.ts` says which routers there
 * are and how they are joined, `routing.ts` what they speak, and one file per dialect puts a router into its words.
 */

/** Dialects that a generated router can be written in. */
export type GeneratedDialect = 'frr' | 'eos' | 'ios';

export interface Port {
  /** 1 for the first port; each dialect has its own name for it. */
  readonly number: number;
  /** `10.0.0.0/31`. */
  readonly address: string;
  /** Router at the other end, by number. */
  readonly peer: number;
  /** Undefined: OSPF does not run here. */
  readonly ospf?: { readonly area: number; readonly cost: number };
  readonly shutdown?: boolean;
}

export interface PrefixListEntry {
  readonly permit: boolean;
  readonly prefix: string;
  readonly le?: number;
}

export interface RoutePolicyTerm {
  readonly permit: boolean;
  readonly match?: { readonly prefixList?: string; readonly community?: string };
  readonly set?: {
    readonly localPreference?: number;
    readonly metric?: number;
    /** AS numbers put in front of the path. */
    readonly prepend?: readonly number[];
    /** Added to those that the route has: `65000:1`. */
    readonly communities?: readonly string[];
  };
}

export interface BgpNeighbour {
  readonly address: string;
  readonly remoteAs: number;
  readonly policyIn?: string;
  readonly policyOut?: string;
  readonly nextHopSelf?: boolean;
  /** This router reflects the neighbour's routes. */
  readonly reflectorClient?: boolean;
  /** The session runs between the loopbacks. */
  readonly fromLoopback?: boolean;
}

export type RedistributedProtocol = 'static' | 'connected' | 'ospf' | 'bgp';

export interface RouterPlan {
  readonly number: number;
  readonly name: string;
  readonly dialect: GeneratedDialect;
  /** `172.16.0.1/32`; also the router id. */
  readonly loopback: string;
  readonly ports: readonly Port[];
  /** Subnets with hosts, each on an interface of its own: `10.128.0.1/24`. */
  readonly hosts: readonly string[];
  readonly statics: readonly { readonly prefix: string; readonly via: string | 'discard' }[];
  /** The loopback, the hosts' subnets and the ports that say so are in it. */
  readonly ospf?: {
    readonly area: number;
    readonly redistribute: readonly RedistributedProtocol[];
    readonly defaultOriginate: boolean;
  };
  readonly bgp?: {
    readonly asn: number;
    readonly neighbours: readonly BgpNeighbour[];
    readonly networks: readonly string[];
    readonly redistribute: readonly RedistributedProtocol[];
    readonly aggregates: readonly string[];
    readonly maximumPaths: number;
  };
  readonly prefixLists: ReadonlyMap<string, readonly PrefixListEntry[]>;
  /** Each permits what carries the one community. */
  readonly communityLists: ReadonlyMap<string, string>;
  readonly policies: ReadonlyMap<string, readonly RoutePolicyTerm[]>;
}

export interface NetworkPlan {
  readonly routers: readonly RouterPlan[];
  readonly links: readonly { readonly a: PortName; readonly b: PortName }[];
}

export interface PortName {
  readonly router: number;
  readonly port: number;
}
