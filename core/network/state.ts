import type { AddressFamily } from '../config/device/bgp.ts';
import type { NotModelled } from '../config/device/device.ts';
import type { Span } from '../config/span.ts';

export type RouteProtocol =
  | 'connected'
  | 'local'
  | 'static'
  | 'ospf'
  | 'ospf-ia'
  | 'ospf-e1'
  | 'ospf-e2'
  | 'ospf-n1'
  | 'ospf-n2'
  | 'isis-l1'
  | 'isis-l2'
  | 'ebgp'
  | 'ibgp'
  | 'bgp'
  | 'bgp-aggregate'
  | 'aggregate'
  | 'eigrp'
  | 'eigrp-ext'
  | 'rip'
  | 'hsrp'
  | 'vrrp';

export interface NextHop {
  readonly ip: string | null;
  readonly interface: string | null;
  /** VRF in which the next hop lies when it is not the route's own. */
  readonly vrf: string | null;
  readonly drop?: true;
}

/** Why a route is there: a sentence per step, with the configuration lines behind it. */
export interface Reason {
  readonly text: string;
  readonly node?: string;
  readonly span?: Span;
}

/** An active route of the main table. */
export interface Route {
  readonly prefix: string;
  readonly protocol: RouteProtocol;
  readonly ad: number;
  readonly metric: number;
  readonly nextHops: readonly NextHop[];
  readonly tag?: number;
  /** Configuration lines that made it on this device, nearest cause first. */
  readonly spans?: readonly Span[];
}

export interface BgpPath {
  readonly prefix: string;
  /** Null for locally originated paths. */
  readonly nextHop: string | null;
  readonly from: string | null;
  readonly asPath: readonly string[];
  readonly localPref: number;
  readonly med: number;
  readonly origin: 'igp' | 'egp' | 'incomplete';
  readonly communities: readonly string[];
  readonly weight: number;
  readonly best: boolean;
  readonly multipath?: boolean;
  /** Why this path lost or won: the step of the decision process. */
  readonly decidedBy?: string;
}

export interface VrfState {
  /** Sorted by prefix (address, then length), IPv4 before IPv6. */
  readonly routes: readonly Route[];
  readonly bgp?: readonly BgpPath[];
}

export interface Session {
  readonly node: string;
  readonly vrf: string;
  /** Neighbour as configured: address or interface. */
  readonly peer: string;
  readonly peerNode: string | null;
  readonly localAs: number | null;
  readonly remoteAs: number | null;
  readonly type: 'ebgp' | 'ibgp';
  readonly families: readonly AddressFamily[];
  readonly state: 'established' | 'down';
  /**
   * Why it is down, in a stable code and a sentence. `peer-outside` = the neighbour is not in the lab: such a session
   * is unknown rather than broken.
   */
  readonly reason?: {
    readonly code:
      | 'peer-outside'
      | 'as-mismatch'
      | 'shutdown'
      | 'interface-down'
      | 'no-route'
      | 'not-connected'
      | 'no-return-neighbour'
      | 'password-mismatch'
      | 'no-common-family'
      | 'source-mismatch'
      | 'multihop'
      | 'ttl-security'
      | 'router-id-conflict'
      | 'vrf-mismatch'
      | 'maximum-prefix'
      | 'passive-both'
      | 'not-activated'
      | 'no-remote-as'
      /** Measured: the twin shows it down and no cause is known. */
      | 'not-established';
    readonly text: string;
    readonly spans: readonly { readonly node: string; readonly span: Span }[];
  };
  readonly span: Span;
}

/** An IGP adjacency. */
export interface Adjacency {
  readonly protocol: 'ospf' | 'ospfv3' | 'isis' | 'eigrp';
  readonly node: string;
  readonly vrf: string;
  readonly interface: string;
  readonly peerNode: string;
  readonly peerInterface: string;
  readonly state: 'up' | 'down';
  readonly detail?: string;
  readonly span?: Span;
}

/** A network without a stable state: what keeps changing. */
export interface Oscillation {
  readonly rounds: number;
  readonly nodes: readonly string[];
  readonly prefixes: readonly string[];
}

export interface Caveat {
  readonly node: string;
  readonly text: string;
  readonly span?: Span;
  /** It follows from this line alone and from nothing that a change elsewhere could alter. */
  readonly ofLine?: true;
}

/** A line that a network system did not take, or a configuration that it would not load. */
export interface RejectedLine {
  readonly node: string;
  readonly file: string;
  /** Zero-based; undefined when it concerns the whole file. */
  readonly line?: number;
  readonly message: string;
}

/** What a twin (of any backend) computed or measured. */
/** What a declared neighbour outside of the lab has of it. */
export interface OutsideView {
  /** Address of the neighbour. */
  readonly peer: string;
  /** Paths that devices of the lab announce to it. */
  readonly received: readonly BgpPath[];
}

export interface NetworkState {
  readonly nodes: ReadonlyMap<string, ReadonlyMap<string, VrfState>>;
  readonly sessions: readonly Session[];
  readonly adjacencies: readonly Adjacency[];
  readonly converged: boolean;
  readonly rounds: number;
  /** How it was seen that nothing moves any more, where that is not a fixpoint: one sentence. */
  readonly settled?: string;
  readonly oscillation?: Oscillation;
  /** Lines that the network systems did not take when they loaded their configurations; absent where none were loaded. */
  readonly rejected?: readonly RejectedLine[];
  readonly notModelled: ReadonlyMap<string, readonly NotModelled[]>;
  /** What this state leaves out or could not decide, in sentences (an undecided tie-break, a protocol not simulated). */
  readonly caveats: readonly Caveat[];
  /** Declared neighbours outside of the lab, sorted by address; absent where none are declared. */
  readonly outside?: readonly OutsideView[];
}

export interface RouteChange {
  readonly node: string;
  readonly vrf: string;
  readonly prefix: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before: readonly Route[];
  readonly after: readonly Route[];
}

export interface SessionChange {
  readonly node: string;
  readonly vrf: string;
  readonly peer: string;
  /** `lost` = was established and is down now; `removed` = no longer configured and was established. */
  readonly kind: 'added' | 'removed' | 'lost' | 'established' | 'changed';
  readonly before?: Session;
  readonly after?: Session;
}

export interface AdjacencyChange {
  readonly kind: 'added' | 'removed' | 'lost' | 'established';
  readonly before?: Adjacency;
  readonly after?: Adjacency;
}

/** Differences between two states; lists sorted by node, VRF, prefix / peer. */
export interface StateDiff {
  readonly routes: readonly RouteChange[];
  readonly sessions: readonly SessionChange[];
  readonly adjacencies: readonly AdjacencyChange[];
  readonly counts: {
    readonly routesAdded: number;
    readonly routesRemoved: number;
    readonly routesChanged: number;
    readonly sessionsLost: number;
    readonly sessionsAdded: number;
    readonly devicesAffected: number;
  };
}
