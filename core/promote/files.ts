/** What the promotion reads and writes: approvals, records of promotions, and a known_hosts file for one push. */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '../evidence/canonical.ts';
import type { PromotionRecord } from './record.ts';

/** Writes an approval into its package, under a name that no other approval has. */
export async function writeApproval(packageFolder: string, name: string, bytes: Uint8Array): Promise<string> {
  const folder = join(packageFolder, 'approvals');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.dsse.json`);
  await writeFile(file, bytes, { flag: 'wx', mode: 0o644 });
  return file;
}

/** Keeps the record of a promotion beside the packages: `promotions/<run>.<time>.json`. */
export async function writeRecord(evidenceFolder: string, record: PromotionRecord): Promise<string> {
  const folder = join(evidenceFolder, 'promotions');
  await mkdir(folder, { recursive: true });
  const time = record.started.replace(/[-:.]/g, '');
  const run = record.runId.replace(/[^A-Za-z0-9._-]/g, '-');
  const file = join(folder, `${run}.${time}-${randomBytes(3).toString('hex')}.json`);
  await writeFile(file, canonicalJson(record), { flag: 'wx', mode: 0o644 });
  return file;
}

/** A folder for known_hosts files that is there while it is used. */
export async function withKnownHosts<T>(use: (write: (lines: string) => Promise<string>) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-hosts-'));
  try {
    return await use(async (lines) => {
      const file = join(folder, randomBytes(6).toString('hex'));
      await writeFile(file, lines, { mode: 0o600, flag: 'wx' });
      return file;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
