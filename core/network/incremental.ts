/*
 * What an edit changes: nothing, where it only alters what no protocol reads (a description, a remark, the management of
 * the device), or where the lab is as it was a moment ago. The state is then the one that is known. Everything else is
 * computed from cold: a state that was reached from another one may be another of several stable states. But what an
 * earlier computation worked out is taken over where the same work would be done again, step by step
 * (`protocols/bgp/reuse.ts`).
 */
import type { Device } from '../config/device/device.ts';
import { type Computed, networkState } from './network-state.ts';
import { takenOver } from './protocols/bgp/index.ts';
import { compute, type SimulateOptions } from './simulate.ts';
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
  /** Where something was computed: the prefixes of BGP, and those of them that fare as they did. */
  readonly bgp?: { readonly prefixes: number; readonly reused: number };
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

interface Remembered {
  readonly snapshot: Snapshot;
  readonly state: NetworkState;
  readonly computed: Computed;
  /** Computations that rest on one another, this one included. */
  readonly generation: number;
}

/** Stores of one computation that the next ones add to grow without end; after so many a lab is computed from nothing. */
const MOST_GENERATIONS = 256;

/** A simulator that remembers the last few labs. For one lab that is edited; a preflight computes all anew. */
export class IncrementalSimulator {
  #remembered: Remembered[] = [];

  simulate(snapshot: Snapshot, options: SimulateOptions = {}): IncrementalResult {
    for (const known of this.#remembered) {
      const edit = classifyEdit(known.snapshot, snapshot);
      if (edit === 'routing') continue;
      options.signal?.throwIfAborted();
      const state = edit === 'none' ? known.state : withListsOf(snapshot, known.state);
      this.#remember({ ...known, snapshot, state });
      return { state, edit };
    }
    const earlier = this.#nearest(snapshot);
    const computed = compute(snapshot, options, earlier?.computed);
    const state = networkState(computed);
    this.#remember({ snapshot, state, computed, generation: (earlier?.generation ?? 0) + 1 });
    return { state, edit: 'routing', bgp: takenOver(computed.results.get('bgp')) };
  }

  /** The lab of the same devices and cables from which the fewest configurations differ. */
  #nearest(snapshot: Snapshot): Remembered | undefined {
    let nearest: { readonly known: Remembered; readonly differing: number } | undefined;
    for (const known of this.#remembered) {
      if (known.generation >= MOST_GENERATIONS || !sameLab(known.snapshot, snapshot)) continue;
      let differing = 0;
      for (const [name, { config }] of snapshot.nodes)
        if (known.snapshot.nodes.get(name)?.config !== config) differing += 1;
      if (differing * 2 <= snapshot.nodes.size + 1 && differing < (nearest?.differing ?? Number.POSITIVE_INFINITY))
        nearest = { known, differing };
    }
    return nearest?.known;
  }

  #remember(newest: Remembered): void {
    const others = this.#remembered.filter((one) => one.state !== newest.state && one.snapshot !== newest.snapshot);
    this.#remembered = [newest, ...others].slice(0, MOST_REMEMBERED);
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
