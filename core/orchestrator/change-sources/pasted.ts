import { unusable } from '../../network/load/unusable.ts';
import type { Snapshot } from '../../network/snapshot.ts';

/** The texts of a change that is one device's whole configuration, by path in the lab. Throws `UnusableInput`. */
export function pastedTexts(lab: Snapshot, device: string, text: string): ReadonlyMap<string, string> {
  const node = lab.nodes.get(device);
  if (node === undefined) {
    const names = [...lab.nodes.keys()];
    const some =
      names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ');
    throw unusable(
      lab.topologyFile ?? lab.folder,
      `The lab ${lab.name} has no device ${device} with a configuration; it has ${some}.`,
    );
  }
  return new Map([[node.config.file, text]]);
}
