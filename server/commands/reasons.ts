import type { Snapshot } from '../../core/network/snapshot.ts';
import type { Reason } from '../../core/network/state.ts';

/** A reason with the file and the line (counted from 1) that are behind it. */
export interface PlacedReason {
  readonly text: string;
  readonly node?: string;
  readonly file?: string;
  readonly line?: number;
}

export function placed({ nodes }: Snapshot, { text, node, span }: Reason): PlacedReason {
  const file = span?.file ?? (node === undefined ? undefined : nodes.get(node)?.config.file);
  return {
    text,
    ...(node !== undefined && { node }),
    ...(span && file !== undefined && { file, line: span.line + 1 }),
  };
}

/** `text  [file:line]`. */
export const reasonText = (snapshot: Snapshot, reason: Reason): string => {
  const { text, file, line } = placed(snapshot, reason);
  return file === undefined ? text : `${text}  [${file}:${line}]`;
};
