/** The report of a package that came from elsewhere: verified first, and marked on every page when it is not in order. */
import { parseBundle } from '../parse-bundle.ts';
import type { ReportFonts } from '../report/fonts.ts';
import { renderReport } from '../report/report.ts';
import { BUNDLE_FILE } from './layout.ts';
import { type PackageContents, type TrustInput, type Verification, verifyContents } from './verify.ts';

export interface PackageReport {
  readonly verification: Verification;
  /** Null when there is no readable bundle to render. */
  readonly pdf: Uint8Array | null;
}

/** Verifies a package and renders its bundle; without a verification that succeeded every page says UNVERIFIED. */
export async function renderPackage(
  contents: PackageContents,
  input: TrustInput,
  fonts: ReportFonts,
): Promise<PackageReport> {
  const verification = verifyContents(contents, input);
  const bundleBytes = contents.files.get(BUNDLE_FILE);
  const parsed = bundleBytes ? parseBundle(bundleBytes) : null;
  if (!bundleBytes || !parsed?.ok) return { verification, pdf: null };
  return { verification, pdf: await renderReport(parsed.bundle, { bundleBytes, fonts, verified: verification.ok }) };
}
