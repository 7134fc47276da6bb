import type { Span } from '../../../config/span.ts';
import type { Caveat } from '../../../network/state.ts';

/** A configuration under construction: FRR's lines, each with the device's own line that it stands for. */
export interface Page {
  /** `span`: the device's line; undefined for what no single line says. */
  readonly line: (text: string, span?: Span) => void;
  /** Says what is not carried over. With a span it follows from that line alone. */
  readonly note: (text: string, span?: Span) => void;
  readonly lines: readonly { readonly text: string; readonly span: Span | undefined }[];
  readonly notes: readonly Caveat[];
}

export function newPage(node: string): Page {
  const lines: { text: string; span: Span | undefined }[] = [];
  const notes = new Map<string, Caveat>();
  return {
    lines,
    get notes() {
      return [...notes.values()];
    },
    line: (text, span) => void lines.push({ text, span }),
    note: (text, span) => {
      const key = `${span?.line ?? ''} ${text}`;
      if (!notes.has(key)) notes.set(key, { node, text, ...(span && { span, ofLine: true as const }) });
    },
  };
}

/** A name that FRR takes: one word. */
export const word = (name: string): string => name.replace(/[^\w.:-]/g, '_') || '_';
