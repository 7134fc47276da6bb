import { unifiedDiff } from '../evidence/text-diff.ts';
import type { Change, ChangeSource, DeviceChange, Hunk } from '../network/change.ts';
import type { Snapshot } from '../network/snapshot.ts';

/** The contiguous differences that removed and added line numbers (counted from 1, in order) stand for. */
export function hunksOf(removedLines: readonly number[], addedLines: readonly number[]): readonly Hunk[] {
  const hunks: { before: { line: number; count: number }; after: { line: number; count: number } }[] = [];
  let removed = 0;
  let added = 0;
  // Lines that are neither removed nor added pair up, so that the distance to the next difference is the same on both sides.
  let [old, now] = [1, 1];
  while (removed < removedLines.length || added < addedLines.length) {
    const skip = Math.min(
      (removedLines[removed] ?? Number.POSITIVE_INFINITY) - old,
      (addedLines[added] ?? Number.POSITIVE_INFINITY) - now,
    );
    old += skip;
    now += skip;
    const hunk = { before: { line: old - 1, count: 0 }, after: { line: now - 1, count: 0 } };
    for (let grew = true; grew; ) {
      grew = false;
      while (removedLines[removed] === old) {
        removed += 1;
        old += 1;
        hunk.before.count += 1;
        grew = true;
      }
      while (addedLines[added] === now) {
        added += 1;
        now += 1;
        hunk.after.count += 1;
        grew = true;
      }
    }
    hunks.push(hunk);
  }
  return hunks;
}

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
