import { unifiedDiff } from '../evidence/text-diff.ts';
import type { Change, ChangeSource, DeviceChange } from '../network/change.ts';
import { hunksOf } from '../network/hunks.ts';
import type { Snapshot } from '../network/snapshot.ts';

/** What differs in one device's configuration; undefined when nothing does. */
export function deviceChange(
  node: string,
  before: { readonly file: string; readonly text: string } | undefined,
  after: { readonly file: string; readonly text: string } | undefined,
): DeviceChange | undefined {
  const [beforeText, afterText] = [before?.text ?? '', after?.text ?? ''];
  if (before && after && beforeText === afterText) return undefined;
  const { removedLines, addedLines } = unifiedDiff(beforeText, afterText, node);
  return {
    node,
    file: after?.file ?? before?.file ?? node,
    kind: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    beforeText,
    afterText,
    hunks: hunksOf(removedLines, addedLines),
  };
}

/** The change that leads from one snapshot of a lab to another. */
export function changeBetween(before: Snapshot, after: Snapshot, source: ChangeSource, intent: string): Change {
  const names = [...new Set([...before.nodes.keys(), ...after.nodes.keys()])].sort();
  const devices = names.flatMap(
    (name) => deviceChange(name, before.nodes.get(name)?.config, after.nodes.get(name)?.config) ?? [],
  );
  return { source, intent, before, after, devices };
}
