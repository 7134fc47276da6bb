/** Renders bundles twice and has the stock tool look at the result. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleSchema, type EvidenceBundle } from '../../core/evidence/bundle.ts';
import { renderCabPage } from '../../core/evidence/cab/cab-page.ts';
import { canonicalBytes } from '../../core/evidence/canonical.ts';
import { attachedFile } from '../../core/evidence/report/attachment.ts';
import type { ReportFonts } from '../../core/evidence/report/fonts.ts';
import { renderReport } from '../../core/evidence/report/report.ts';
import { sha256Hex } from '../../core/evidence/seal/sha256sums.ts';

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Files that `qpdf --check` is not content with, each with what it says. */
export function qpdfComplaints(folder: string, files: readonly string[]): readonly string[] {
  return files.flatMap((file) => {
    const { status, stdout, stderr } = spawnSync('qpdf', ['--check', file], { cwd: folder, encoding: 'utf8' });
    return status === 0 ? [] : [`${file}: qpdf: ${`${stdout}${stderr}`.trim().split('\n').at(-1)}`];
  });
}

const pages = (pdf: Uint8Array): number =>
  (
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\b(?!s)/g) ?? []
  ).length;

/** Renders one bundle as report and as the change board's page into a folder; what is wrong, in sentences. */
export async function renderCheck(
  bundle: EvidenceBundle,
  fonts: ReportFonts,
  folder: string,
): Promise<{ readonly problems: readonly string[]; readonly files: readonly string[]; readonly pages: number }> {
  const { runId } = bundle;
  const valid = bundleSchema.safeParse(bundle);
  if (!valid.success)
    return { problems: [`${runId}: not a bundle: ${JSON.stringify(valid.error.issues[0])}`], files: [], pages: 0 };
  const bundleBytes = canonicalBytes(bundle);
  const verified = runId.length % 2 === 0;
  const report = () => renderReport(bundle, { bundleBytes, fonts, verified });
  const board = () => renderCabPage(bundle, { bundleSha256: sha256Hex(bundleBytes), fonts, verified });
  const [pdf, again, cab, cabAgain] = [await report(), await report(), await board(), await board()];
  const problems: string[] = [];
  if (!same(pdf, again)) problems.push(`${runId}: two renderings of the report differ`);
  if (!same(cab, cabAgain)) problems.push(`${runId}: two renderings of the change board's page differ`);
  const attached = attachedFile(pdf);
  if (!attached || !same(attached, bundleBytes)) problems.push(`${runId}: the attachment is not the bundle`);
  if (pages(cab) !== 1) problems.push(`${runId}: the change board's page has ${pages(cab)} sheets`);
  const files = [`${runId}.pdf`, `${runId}.cab.pdf`] as const;
  writeFileSync(join(folder, files[0]), pdf);
  writeFileSync(join(folder, files[1]), cab);
  return { problems, files, pages: pages(pdf) };
}
