/**
 * report.pdf: the bundle for an examiner, as a tagged PDF/A-3a with bundle.json attached. A rendering, never the root of
 * trust. The same bundle, fonts and version of this software give the same bytes.
 */
import type { Approval } from '../approval.ts';
import type { EvidenceBundle } from '../bundle.ts';
import { BUNDLE_FILE } from '../package/layout.ts';
import { sha256Hex } from '../seal/sha256sums.ts';
import { Canvas } from './canvas.ts';
import type { ReportFonts } from './fonts.ts';
import { UNVERIFIED, writeRunningLines } from './running-lines.ts';
import type { ReportContext } from './section.ts';
import { SECTIONS } from './sections/index.ts';
import { writeFrontMatter } from './sections/summary.ts';
import { VERDICT } from './verdict-banner.ts';
import { Writer } from './writer.ts';

export interface RenderOptions {
  /** The bytes of bundle.json, which are attached. */
  readonly bundleBytes: Uint8Array;
  readonly fonts: ReportFonts;
  /** False puts UNVERIFIED across every page: the caller has not verified the package that the bundle came from. */
  readonly verified: boolean;
  /** Approvals of the package, verified; absent while it is being sealed. */
  readonly approvals?: readonly Approval[];
}

/** Renders a bundle. The bytes depend on nothing but the arguments. */
export async function renderReport(bundle: EvidenceBundle, options: RenderOptions): Promise<Uint8Array> {
  const created = new Date(bundle.created);
  const context: ReportContext = {
    bundle,
    bundleSha256: sha256Hex(options.bundleBytes),
    verified: options.verified,
    ...(options.approvals && { approvals: options.approvals }),
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
  writeRunningLines(canvas, context, 'Preflight evidence report');
  return canvas.finish();
}
