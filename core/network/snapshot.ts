import type { ParsedConfig } from '../config/parse.ts';
import type { Span } from '../config/span.ts';

export type { ParsedConfig };

export interface Endpoint {
  readonly node: string;
  readonly interface: string;
}

/** A layer-1 link between two ports; `source` says whether it was declared or inferred from a shared subnet. */
export interface Link {
  readonly a: Endpoint;
  readonly b: Endpoint;
  readonly source: 'topology' | 'layer1' | 'inferred';
}

/** State of a physical interface as captured at run time (Batfish runtime_data.json). */
export interface InterfaceRuntime {
  readonly lineUp?: boolean;
  readonly bandwidthBps?: number;
  readonly speedBps?: number;
  /** Its line fails in this scenario; see `failures.ts`. */
  readonly failed?: true;
}

export interface SnapshotNode {
  readonly name: string;
  readonly kind?: string;
  readonly image?: string;
  readonly config: ParsedConfig;
}

/** A problem of the lab itself (not of one configuration). */
export interface SnapshotProblem {
  readonly file: string;
  readonly span?: Span;
  readonly message: string;
}

/** A route that a neighbour outside of the lab announces. */
export interface OutsideAnnouncement {
  readonly prefix: string;
  /** ASes behind the neighbour's own. */
  readonly asPath: readonly number[];
  readonly origin: 'igp' | 'egp' | 'incomplete';
  readonly med?: number;
  /** Counts with internal neighbours only. */
  readonly localPreference?: number;
  /** In canonical text. */
  readonly communities: readonly string[];
  readonly largeCommunities: readonly string[];
  /** The neighbour's own address when absent. */
  readonly nextHop?: string;
}

/** A BGP neighbour outside of the lab, as a file of the lab declares it. */
export interface OutsideSpeaker {
  /** Canonical text. */
  readonly address: string;
  readonly asn: number;
  readonly announcements: readonly OutsideAnnouncement[];
  readonly file: string;
}

/** A lab: its devices and links at one moment. Immutable; a change makes a new one. */
export interface Snapshot {
  readonly name: string;
  readonly format: 'containerlab' | 'batfish';
  /** Path of the lab's folder and of the topology file, as given by the caller. */
  readonly folder: string;
  readonly topologyFile?: string;
  /** Text of the topology file, as it was read. */
  readonly topologyText?: string;
  /** Sorted by name. */
  readonly nodes: ReadonlyMap<string, SnapshotNode>;
  readonly links: readonly Link[];
  /** Layer-1 information is complete: an interface without a link is not connected. False: links are inferred. */
  readonly linksComplete: boolean;
  readonly runtime: ReadonlyMap<string, ReadonlyMap<string, InterfaceRuntime>>;
  /** Nodes of the topology without a configuration that is understood (hosts, bridges, unsupported kinds). */
  readonly unmodelledNodes: readonly { readonly name: string; readonly kind: string; readonly reason: string }[];
  readonly problems: readonly SnapshotProblem[];
  /** `aegis.yml` in the lab's folder: what must hold in the lab. */
  readonly labFile?: { readonly file: string; readonly text: string };
  /** Neighbours outside of the lab that its files declare, sorted by address; computations add them as speakers. */
  readonly outside?: readonly OutsideSpeaker[];
  /** The files that declare them. */
  readonly outsideFiles?: readonly { readonly file: string; readonly text: string }[];
  /** Interfaces that share a broadcast domain whatever the links say: those of declared neighbours and theirs. */
  readonly joins?: readonly { readonly a: Endpoint; readonly b: Endpoint }[];
}
