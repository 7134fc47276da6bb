import type { Behaviour } from '../../../config/behaviour.ts';
import type { Device, DialectId } from '../../../config/device/device.ts';
import type { SnapshotNode } from '../../../network/snapshot.ts';
import type { Route } from '../../../network/state.ts';

/** A BGP neighbour as a device shows it. */
export interface PeerReading {
  readonly vrf: string;
  /** Canonical address, or the interface of an unnumbered neighbour. */
  readonly peer: string;
  readonly established: boolean;
  /** The device's own word for the state. */
  readonly state: string;
}

/** What a device shows at one moment. */
export interface NodeReading {
  /** Active routes by VRF; the global table is `default`. */
  readonly routes: ReadonlyMap<string, readonly Route[]>;
  readonly peers: readonly PeerReading[];
}

/** A command to run in a container, as an argument list. */
export type Command = readonly string[];

/** Runs a command in the container and gives its standard output; rejects when it fails. */
export type Ask = (command: Command, input?: string) => Promise<string>;

/** Copies a text into the container. */
export type Put = (path: string, text: string) => Promise<void>;

export interface Context {
  readonly device: Device;
  readonly behaviour: Behaviour;
}

/** A kind of container: how it gets its configuration, and how its state is read. */
export interface Kind {
  readonly title: string;
  readonly containerlabKind: string;
  /** Kinds and dialects that it serves. */
  readonly serves: (node: SnapshotNode) => boolean;
  readonly dialects: readonly DialectId[];
  readonly extension: string;
  /** How the first configuration comes in: containerlab hands it over, or it is bound as a file. */
  readonly startup: 'startup-config' | 'bind';
  readonly startupConfig: (text: string) => string;
  /** Binds of the container (`bind`): files of the twin's folder only. */
  readonly binds?: (node: SnapshotNode, config: string) => readonly string[];
  /** Further files of the twin's folder, by name. */
  readonly further?: (node: SnapshotNode) => readonly (readonly [string, string])[];
  /** The name of an interface as containerlab writes it in a link; undefined when it has none. */
  readonly linkName: (port: string) => string | undefined;
  /**
   * Replaces the running configuration. Throws `Refused` with the device's own words when it does not take it. Absent:
   * the whole lab is deployed anew with the new configuration.
   */
  readonly apply?: (text: string, io: { readonly ask: Ask; readonly put: Put }) => Promise<void>;
  readonly read: (ask: Ask, context: Context) => Promise<NodeReading>;
}

/** The device does not take a configuration; `message` is its own words. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
