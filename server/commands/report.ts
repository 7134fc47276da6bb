import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { readPackage, readReportFonts } from '../../core/evidence/files.ts';
import { defaultConfigFolder } from '../../core/evidence/key-store.ts';
import { REPORT_FORMATS, type ReportFormat, renderPackage } from '../../core/evidence/package/render.ts';
import { exitCodes } from './exit-codes.ts';
import { readAllowedSigners, requireFolder } from './package-input.ts';
import { print, shown } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface ReportOptions {
  readonly format?: string;
  readonly output?: string;
  /** The same as the format pdf with this output. */
  readonly pdf?: string;
  readonly trust?: string;
}

const isFormat = (text: string): text is ReportFormat => Object.hasOwn(REPORT_FORMATS, text);

/**
 * Renders a package. One that does not verify says UNVERIFIED on every page, and the exit code is 1. Without a name the
 * file is made in the working folder, never in the package: a file more would break its seal.
 */
export async function reportCommand(
  folder: string,
  { format = 'pdf', output, pdf, trust }: ReportOptions,
): Promise<number> {
  const wanted: string = pdf === undefined ? format : 'pdf';
  if (!isFormat(wanted))
    throw new UsageError(
      `There is no format "${shown(wanted)}". The formats are: ${Object.keys(REPORT_FORMATS).join(', ')}.`,
    );
  const file = pdf ?? output ?? `${basename(resolve(folder))}${REPORT_FORMATS[wanted]}`;
  const trustFile = trust ?? ownAllowedSigners();
  const allowedSigners = trustFile === undefined ? '' : await readAllowedSigners(trustFile);
  await requireFolder(folder);
  const input = { allowedSigners, principal: null, now: Date.now() };
  const report = await renderPackage(await readPackage(folder), input, await readReportFonts(), wanted);
  const problem = report.verification.checks.find(({ status }) => status === 'failed')?.summary;
  if (report.bytes === null) throw new UsageError(`${folder}: There is no bundle to render. ${problem ?? ''}`.trim());
  await writeFile(file, report.bytes);
  if (report.verification.ok) {
    print(`Wrote ${shown(file)}.`);
    return exitCodes.fine;
  }
  print(`Wrote ${shown(file)}, marked UNVERIFIED on every page: ${shown(problem ?? 'the package was not verified.')}`);
  return exitCodes.blocked;
}

/** The list of trusted keys that holds this user's own signing key. */
function ownAllowedSigners(): string | undefined {
  const file = join(defaultConfigFolder(process.env, process.platform, homedir()), 'allowed_signers');
  return existsSync(file) ? file : undefined;
}
