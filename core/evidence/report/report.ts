/**
 * report.pdf: the bundle for an examiner, as a tagged PDF/A-3a with bundle.json attached. A rendering, never the root of
 * trust. The same bundle, fonts and version of this software give the same bytes.
 */
import type { EvidenceBundle } from '../bundle.ts';
import { BUNDLE_FILE } from '../package/layout.ts';
import { sha256Hex } from '../seal/sha256sums.ts';
import { Canvas } from './canvas.ts';
import type { ReportFonts } from './fonts.ts';
import type { ReportContext, Section } from './section.ts';
import { change, exactDiff } from './sections/change.ts';
import { approvals, controls, exceptions, gate, riskAndAuthority, rollback } from './sections/decision.ts';
import { fidelity } from './sections/fidelity.ts';
import { impact } from './sections/impact.ts';
import { index, integrity } from './sections/integrity.ts';
import { summary, writeFrontMatter } from './sections/summary.ts';
import { tests } from './sections/tests.ts';
import { CONTENT_WIDTH, PAGE, TEXT } from './style.ts';
import { VERDICT } from './verdict-banner.ts';
import { Writer } from './writer.ts';

const SECTIONS: readonly Section[] = [
  summary,
  change,
  exactDiff,
  impact,
  tests,
  fidelity,
  rollback,
  riskAndAuthority,
  approvals,
  gate,
  controls,
  exceptions,
  integrity,
  index,
];

export interface RenderOptions {
  /** The bytes of bundle.json, which are attached. */
  readonly bundleBytes: Uint8Array;
  readonly fonts: ReportFonts;
  /** False puts UNVERIFIED across every page: the caller has not verified the package that the bundle came from. */
  readonly verified: boolean;
}

const UNVERIFIED = 'UNVERIFIED';

/** Page header and footer, drawn when the number of pages is known. */
function writeRunningLines(canvas: Canvas, { bundle, verified }: ReportContext): void {
  const { start, count } = canvas.document.bufferedPageRange();
  const right = PAGE.left + CONTENT_WIDTH;
  for (let page = 0; page < count; page += 1) {
    canvas.document.switchToPage(start + page);
    canvas.artifact('Pagination', () => {
      const left = verified
        ? 'Preflight evidence report'
        : `${UNVERIFIED}: the signature of this evidence was not verified`;
      canvas.put(left, PAGE.left, 38, verified ? TEXT.running : TEXT.runningBold);
      const run = `Run ${bundle.runId}`;
      canvas.put(run, right - canvas.width(run, TEXT.running), 38, TEXT.running);
      const { word } = VERDICT[bundle.verdict.value];
      const foot = PAGE.height - 42;
      canvas.put(`Verdict: ${word}`, PAGE.left, foot, TEXT.runningBold);
      const number = `Page ${page + 1} of ${count}`;
      canvas.put(number, right - canvas.width(number, TEXT.running), foot, TEXT.running);
    });
    canvas.rule(PAGE.left, 53, CONTENT_WIDTH);
    canvas.rule(PAGE.left, PAGE.height - 48, CONTENT_WIDTH);
  }
}

/** Renders a bundle. The bytes depend on nothing but the arguments. */
export async function renderReport(bundle: EvidenceBundle, options: RenderOptions): Promise<Uint8Array> {
  const created = new Date(bundle.created);
  const context: ReportContext = {
    bundle,
    bundleSha256: sha256Hex(options.bundleBytes),
    verified: options.verified,
  };
  const facts = {
    title: `Preflight evidence report, run ${bundle.runId}`,
    subject: `Verdict: ${VERDICT[bundle.verdict.value].word}`,
    producer: 'AEGIS',
    created,
  };
  const canvas = await Canvas.create(facts, options.fonts, options.verified ? null : UNVERIFIED);
  // pdfkit's types do not know `relationship`, which PDF/A-3 requires of every attachment.
  const attachment: PDFKit.Mixins.PDFAttachmentOptions & { readonly relationship: 'Source' } = {
    name: BUNDLE_FILE,
    type: 'application/json',
    description: 'The evidence bundle of which this document is a rendering',
    creationDate: created,
    modifiedDate: created,
    relationship: 'Source',
  };
  canvas.document.file(Buffer.from(options.bundleBytes), attachment);
  const writer = new Writer(canvas);
  writeFrontMatter(writer, bundle);
  for (const section of SECTIONS) {
    writer.section(section.title);
    section.write(writer, context);
  }
  writer.end();
  writeRunningLines(canvas, context);
  return canvas.finish();
}
