/** Renderings of a package that came from elsewhere: verified first, and marked everywhere when it is not in order. */

import { readApproval } from '../approval.ts';
import { renderCabPage } from '../cab/cab-page.ts';
import { canonicalJson } from '../canonical.ts';
import { renderHtml } from '../html/page.ts';
import { assessmentResults } from '../oscal/assessment-results.ts';
import { parseBundle } from '../parse-bundle.ts';
import type { ReportFonts } from '../report/fonts.ts';
import { renderReport } from '../report/report.ts';
import { sha256Hex } from '../seal/sha256sums.ts';
import { BUNDLE_FILE, isApprovalFile } from './layout.ts';
import { type PackageContents, type TrustInput, type Verification, verifyContents } from './verify.ts';

/** What a package can be rendered as, and how the file of it ends. */
export const REPORT_FORMATS = {
  /** The examiner's report. */
  pdf: '.pdf',
  /** The same for the screen. */
  html: '.html',
  /** One page for a change board. */
  cab: '.cab.pdf',
  /** The controls as OSCAL assessment results. */
  oscal: '.oscal.json',
} as const;
export type ReportFormat = keyof typeof REPORT_FORMATS;

export interface Rendering {
  readonly verification: Verification;
  /** Null when there is no readable bundle to render. */
  readonly bytes: Uint8Array | null;
}

/** Verifies a package and renders its bundle; without a verification that succeeded it says UNVERIFIED, on every page. */
export async function renderPackage(
  contents: PackageContents,
  input: TrustInput,
  fonts: ReportFonts,
  format: ReportFormat = 'pdf',
): Promise<Rendering> {
  const verification = verifyContents(contents, input);
  const bundleBytes = contents.files.get(BUNDLE_FILE);
  const parsed = bundleBytes ? parseBundle(bundleBytes) : null;
  if (!bundleBytes || !parsed?.ok) return { verification, bytes: null };
  const { bundle } = parsed;
  const verified = verification.ok;
  const bundleSha256 = sha256Hex(bundleBytes);
  // Only what verified is shown; whether it is still valid, unused and enough is the gate's question.
  const approvals = verified
    ? [...contents.files].flatMap(([path, bytes]) => {
        const read = isApprovalFile(path) ? readApproval(bytes) : null;
        return read?.ok ? [read.approval] : [];
      })
    : [];
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  switch (format) {
    case 'pdf':
      return { verification, bytes: await renderReport(bundle, { bundleBytes, fonts, verified, approvals }) };
    case 'html':
      return { verification, bytes: encode(renderHtml(bundle, { bundleSha256, verified, approvals })) };
    case 'cab':
      return { verification, bytes: await renderCabPage(bundle, { bundleSha256, fonts, verified, approvals }) };
    case 'oscal':
      return {
        verification,
        bytes: encode(`${canonicalJson(assessmentResults(bundle, { bundleSha256, verified }))}\n`),
      };
  }
}
