import type { BundleVerdict } from '../bundle.ts';
import type { TextStyle } from './style.ts';
import type { Cell, Column } from './table.ts';

/** A line of code or of a difference. */
export interface CodeLine {
  /** Printed before the line, right-aligned in a column of its own. */
  readonly gutter: string;
  readonly text: string;
  readonly background?: string;
}

/** What the sections of a report are written on: paper (writer.ts), or a page for the screen (../html/html-writer.ts). */
export interface ReportWriter {
  section(title: string): void;
  /** `room`: what must fit below on the same page. */
  subheading(title: string, room?: number): void;
  paragraph(text: string, style?: TextStyle): void;
  list(items: readonly string[], style?: TextStyle): void;
  /** Names on the left, values on the right. */
  facts(rows: readonly (readonly [name: string, value: string | Cell])[]): void;
  table(columns: readonly Column[], rows: readonly (readonly (string | Cell)[])[]): void;
  code(lines: readonly CodeLine[], title?: string | null): void;
  /** The title of the whole document. */
  title(title: string, subtitle: string, note: string): void;
  banner(verdict: BundleVerdict): void;
}
