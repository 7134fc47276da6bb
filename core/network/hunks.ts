import type { Hunk } from './change.ts';

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
