/** Every single-byte change of every file of a package, and whether verification finds it. */
import { readReportFonts } from '../../core/evidence/files.ts';
import { type SampleSize, SMALL, sampleRun, testKey } from '../../core/evidence/fixtures/sample-run.ts';
import { composePackage } from '../../core/evidence/package/compose.ts';
import { verifyContents } from '../../core/evidence/package/verify.ts';
import { allowedSignerLine } from '../../core/evidence/seal/allowed-signers.ts';
import { plainReport } from '../invariants/plain-report.ts';

const key = testKey();
const allowedSigners = `${allowedSignerLine(key.principal, 'preflight-evidence@v1', key.algorithm, key.publicKeyBlob)}\n`;

export interface TamperResult {
  readonly files: number;
  readonly bytes: number;
  readonly changes: number;
  /** `path at byte n`, for changes that verification did not find. */
  readonly undetected: readonly string[];
}

/** A package of its files; the small one carries the plain report, so that every byte can be tried. */
export async function packageFor(size: SampleSize | 'small'): Promise<ReadonlyMap<string, Uint8Array>> {
  const { bundle, inputs } = sampleRun(size === 'small' ? SMALL : size);
  const render = size === 'small' ? { render: plainReport } : {};
  return (await composePackage(bundle, inputs, key, await readReportFonts(), render)).files;
}

/** Changes bytes one at a time: all of them, or those that `take` chooses. */
export function tamper(
  files: ReadonlyMap<string, Uint8Array>,
  take: (path: string, at: number, length: number) => boolean = () => true,
): TamperResult {
  const undetected: string[] = [];
  let [bytes, changes] = [0, 0];
  for (const [path, original] of files) {
    bytes += original.length;
    for (let at = 0; at < original.length; at += 1) {
      if (!take(path, at, original.length)) continue;
      const copy = original.slice();
      copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8));
      changes += 1;
      const contents = { files: new Map(files).set(path, copy), problems: [] };
      if (verifyContents(contents, { allowedSigners, principal: null, now: 0 }).ok)
        undetected.push(`${path} at byte ${at}`);
    }
  }
  return { files: files.size, bytes, changes, undetected };
}
