import type { Behaviour } from './behaviour.ts';
import type { MatchOptions, Table } from './command-table.ts';
import type { DeviceDraft, DialectId } from './device/device.ts';
import type { ConfigTree, Statement } from './tree.ts';

/** A network system's configuration language: how its text is read, its commands, and how the system behaves. */
export interface Dialect {
  readonly id: DialectId;
  /** Name for people, e.g. "Arista EOS". */
  readonly title: string;
  /** containerlab kinds that run it. */
  readonly containerlabKinds: readonly string[];
  /**
   * The tree of a text. What it shares with an earlier version of the text may be taken from that one's tree: the result
   * is the same.
   */
  readonly read: (text: string, before?: ConfigTree) => ConfigTree;
  /** The statements that are in effect, where that is not the tree as written (Junos groups). */
  readonly inherit?: (tree: ConfigTree) => readonly Statement[];
  readonly commands: Table;
  readonly matching: MatchOptions & {
    /** Several levels may stand on one line (`set a b c`, `from protocol static;`). */
    readonly inlineModes: boolean;
  };
  readonly behaviour: Behaviour;
  /** How much the text looks like this language: the sum of the weights of what was found, 0 = not at all. */
  readonly recognise: (text: string) => number;
  /** Reads a further file of the device, before the main one. A file that is not understood is listed as not modelled. */
  readonly companion?: (device: DeviceDraft, file: string, text: string) => void;
  /** Fills in what follows only from the whole (defaults, inherited stanzas). */
  readonly finish?: (device: DeviceDraft, tree: ConfigTree) => void;
}
