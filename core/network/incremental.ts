/*
 * What an edit changes: nothing, where it only alters what no protocol reads (a description, a remark, the management of
 * the device), or where the lab is as it was a moment ago. The state is then the one that is known. Everything else is
 * computed from cold: a state that was reached from another one may be another of several stable states.
 */
import type { Device } from '../config/device/device.ts';
import { type SimulateOptions, simulate } from './simulate.ts';
import type { Snapshot, SnapshotNode } from './snapshot.ts';
import type { NetworkState } from './state.ts';

/**
 * `none`: no configuration differs. `cosmetic`: those that differ say the same to every protocol, at the same lines.
 * `routing`: something that a protocol reads differs.
 */
export type EditKind = 'none' | 'cosmetic' | 'routing';

export interface IncrementalResult {
  /** Equal to what `simulate` gives for the snapshot. */
  readonly state: NetworkState;
  /** How the snapshot differs from the nearest one that is remembered. */
  readonly edit: EditKind;
}

/** The lab before, after, and a few that were tried in between. */
const MOST_REMEMBERED = 4;

/** Members of a device that the simulation never reads; of what it does read it leaves out descriptions. */
const UNREAD: ReadonlySet<string> = new Set(['definitions', 'references', 'notModelled', 'management', 'hostname']);

const factsOfDevice = new WeakMap<Device, string>();

/** All that a simulation reads of a device, the places of its lines included, as one text. */
function factsOf(device: Device): string {
  const known = factsOfDevice.get(device);
  if (known !== undefined) return known;
  const read = Object.entries(device).filter(([name]) => !UNREAD.has(name));
  const text = JSON.stringify(read, (key, value: unknown) => {
    if (key === 'description') return undefined;
    return value instanceof Map ? { map: [...value] } : value instanceof Set ? { set: [...value] } : value;
  });
  factsOfDevice.set(device, text);
  return text;
}

const sameNode = (a: SnapshotNode, b: SnapshotNode): boolean =>
  a.config === b.config ||
  (a.config.dialect === b.config.dialect &&
    a.config.behaviour === b.config.behaviour &&
    a.kind === b.kind &&
    factsOf(a.config.device) === factsOf(b.config.device));

const runtimeText = ({ runtime }: Snapshot): string =>
  JSON.stringify([...runtime].map(([node, ports]) => [node, [...ports]]));

/** Whether all that is not a configuration is the same: cabling, captured state, devices that are not modelled. */
const sameLab = (a: Snapshot, b: Snapshot): boolean =>
  a.linksComplete === b.linksComplete &&
  a.nodes.size === b.nodes.size &&
  (a.links === b.links || JSON.stringify(a.links) === JSON.stringify(b.links)) &&
  (a.runtime === b.runtime || runtimeText(a) === runtimeText(b)) &&
  JSON.stringify(a.unmodelledNodes) === JSON.stringify(b.unmodelledNodes) &&
  (a.outside === b.outside || JSON.stringify(a.outside ?? []) === JSON.stringify(b.outside ?? []));

/** How one snapshot differs from another. */
export function classifyEdit(before: Snapshot, after: Snapshot): EditKind {
  if (before === after) return 'none';
  if (!sameLab(before, after)) return 'routing';
  let edit: EditKind = 'none';
  for (const [name, node] of after.nodes) {
    const old = before.nodes.get(name);
    if (!old || !sameNode(old, node)) return 'routing';
    if (old.config !== node.config) edit = 'cosmetic';
  }
  return edit;
}

/** A simulator that remembers the last few labs. For one lab that is edited; a preflight computes all anew. */
export class IncrementalSimulator {
  #remembered: { readonly snapshot: Snapshot; readonly state: NetworkState }[] = [];

  simulate(snapshot: Snapshot, options: SimulateOptions = {}): IncrementalResult {
    for (const known of this.#remembered) {
      const edit = classifyEdit(known.snapshot, snapshot);
      if (edit === 'routing') continue;
      options.signal?.throwIfAborted();
      const state = edit === 'none' ? known.state : withListsOf(snapshot, known.state);
      this.#remember(snapshot, state);
      return { state, edit };
    }
    const state = simulate(snapshot, options);
    this.#remember(snapshot, state);
    return { state, edit: 'routing' };
  }

  #remember(snapshot: Snapshot, state: NetworkState): void {
    const others = this.#remembered.filter((one) => one.state !== state && one.snapshot !== snapshot);
    this.#remembered = [{ snapshot, state }, ...others].slice(0, MOST_REMEMBERED);
  }
}

/** The state with what the snapshot's own configurations leave out: lines that are not modelled change nothing else. */
const withListsOf = (snapshot: Snapshot, state: NetworkState): NetworkState => ({
  ...state,
  notModelled: new Map(
    [...snapshot.nodes.values()]
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
      .map((node) => [node.name, node.config.device.notModelled]),
  ),
});
