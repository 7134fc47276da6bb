import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What every suite, whichever runner it uses, tells `npm test`. */
export interface SuiteResult {
  readonly passed: number;
  readonly failures: readonly { readonly name: string; readonly message: string }[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/** The environment variable that names the file into which a suite writes its result. */
export const resultFileVariable = 'AEGIS_SUITE_RESULT';

export async function writeSuiteResult(file: string, result: SuiteResult): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
}

/** The result that a suite wrote; null when it ended before it could write one. */
export async function readSuiteResult(file: string): Promise<SuiteResult | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as SuiteResult;
  } catch {
    return null;
  }
}
