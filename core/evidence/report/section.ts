/** What a section of the report is: a title and a function that writes it. */
import type { Approval } from '../approval.ts';
import type { EvidenceBundle, NotRun } from '../bundle.ts';
import type { ReportWriter } from './report-writer.ts';
import { TEXT } from './style.ts';
import type { Cell, Mark } from './table.ts';

export interface ReportContext {
  readonly bundle: EvidenceBundle;
  readonly bundleSha256: string;
  readonly verified: boolean;
  /** Approvals that lie beside the bundle, where the package was read again after its seal and everything in it verified. */
  readonly approvals?: readonly Approval[];
}

export interface Section {
  readonly title: string;
  readonly write: (writer: ReportWriter, context: ReportContext) => void;
}

/** `1 device`, `2 devices`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** Milliseconds for people; integers, as in the bundle. */
export function duration(milliseconds: number): string {
  return milliseconds < 10_000 ? `${milliseconds} ms` : `${Math.floor(milliseconds / 1000)} s`;
}

/** A digest in the monospaced font, so that it can be compared by eye. */
export function mono(text: string): Cell {
  return { text, style: TEXT.cellMono };
}

export function writeNotRun(writer: ReportWriter, what: string, part: NotRun): void {
  writer.paragraph(`${what}: not run. ${part.reason}`);
}

/** Tables stop after this many rows and say so; the attached bundle holds all of them. */
const MOST_ROWS = 1500;

/** The rows that are printed, and a sentence about those that are not. */
export function limited<Row>(
  rows: readonly Row[],
  most = MOST_ROWS,
): { readonly rows: readonly Row[]; readonly note: string | null } {
  if (rows.length <= most) return { rows, note: null };
  return {
    rows: rows.slice(0, most),
    note: `${rows.length - most} further rows of ${rows.length} are not printed. All are in bundle.json, attached to this document.`,
  };
}

export const STATUS: Readonly<
  Record<'passed' | 'failed' | 'skipped' | 'not_run', { readonly word: string; readonly mark: Mark }>
> = {
  passed: { word: 'Passed', mark: 'passed' },
  failed: { word: 'FAILED', mark: 'failed' },
  skipped: { word: 'Skipped', mark: 'skipped' },
  not_run: { word: 'Not run', mark: 'open' },
};
