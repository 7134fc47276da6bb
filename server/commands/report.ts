import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readPackage, readReportFonts } from '../../core/evidence/files.ts';
import { defaultConfigFolder } from '../../core/evidence/key-store.ts';
import { renderPackage } from '../../core/evidence/package/render.ts';
import { exitCodes } from './exit-codes.ts';
import { readAllowedSigners, requireFolder } from './package-input.ts';
import { print, shown } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Writes the report. One whose package does not verify says UNVERIFIED on every page, and the exit code is 1. */
export async function reportCommand(
  folder: string,
  { pdf, trust }: { readonly pdf: string; readonly trust?: string },
): Promise<number> {
  const trustFile = trust ?? ownAllowedSigners();
  const allowedSigners = trustFile === undefined ? '' : await readAllowedSigners(trustFile);
  await requireFolder(folder);
  const input = { allowedSigners, principal: null, now: Date.now() };
  const report = await renderPackage(await readPackage(folder), input, await readReportFonts());
  const problem = report.verification.checks.find(({ status }) => status === 'failed')?.summary;
  if (report.pdf === null) throw new UsageError(`${folder}: There is no bundle to render. ${problem ?? ''}`.trim());
  await writeFile(pdf, report.pdf);
  if (report.verification.ok) {
    print(`Wrote ${shown(pdf)}.`);
    return exitCodes.fine;
  }
  print(`Wrote ${shown(pdf)}, marked UNVERIFIED on every page: ${shown(problem ?? 'the package was not verified.')}`);
  return exitCodes.blocked;
}

/** The list of trusted keys that holds this user's own signing key. */
function ownAllowedSigners(): string | undefined {
  const file = join(defaultConfigFolder(process.env, process.platform, homedir()), 'allowed_signers');
  return existsSync(file) ? file : undefined;
}
