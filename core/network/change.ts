import type { Span } from '../config/span.ts';
import type { Snapshot } from './snapshot.ts';

/** One contiguous difference of a file: lines of the old text replaced by lines of the new (either may be empty). */
export interface Hunk {
  /** Zero-based first line and count in the old and in the new text. */
  readonly before: { readonly line: number; readonly count: number };
  readonly after: { readonly line: number; readonly count: number };
}

export interface DeviceChange {
  readonly node: string;
  readonly file: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly beforeText: string;
  readonly afterText: string;
  readonly hunks: readonly Hunk[];
}

/** Where a change comes from. */
export type ChangeSource = 'working_tree' | 'folder_overlay' | 'pasted' | 'nl_intent';

/** A change: the lab before and after, and the lines that differ. */
export interface Change {
  readonly source: ChangeSource;
  /** The operator's own words for what it is for; may be empty for a working-tree change. */
  readonly intent: string;
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly devices: readonly DeviceChange[];
}

/** Whether a span of the new text touches a changed line. */
export function touches(change: DeviceChange, span: Span): boolean {
  const last = span.endLine ?? span.line;
  return change.hunks.some(
    ({ after }) => after.count > 0 && span.line < after.line + after.count && last >= after.line,
  );
}
