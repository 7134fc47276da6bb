// Several real processes write one ledger, and some of them are killed while they do.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runEntry, sampleLedger } from '../../core/evidence/fixtures/sample-ledger.ts';
import { testKey } from '../../core/evidence/fixtures/sample-run.ts';
import { verifyLedger } from '../../core/evidence/ledger/verify-ledger.ts';
import { readLedger } from '../../core/evidence/ledger-store.ts';

const key = testKey();
const trust = { allowedSigners: `${key.principal} ssh-ed25519 ${Buffer.from(key.publicKeyBlob).toString('base64')}\n` };

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-writers-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const writer = (folder: string, name: string, count: number) =>
  spawn(process.execPath, [join(import.meta.dirname, 'ledger-writer.ts'), folder, name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

test('six processes append at once, and every record is there once', { timeout: 60_000 }, () =>
  inFolder(async (folder) => {
    const [writers, each] = [6, 12];
    const codes = await Promise.all(
      Array.from({ length: writers }, async (_, index) => {
        const child = writer(folder, `writer${index}`, each);
        child.stdout.resume();
        const [code] = (await once(child, 'close')) as [number];
        return code;
      }),
    );
    expect(codes).toEqual(Array.from({ length: writers }, () => 0));
    const files = await readLedger(folder);
    const result = files && verifyLedger(files, trust);
    expect(result?.problems).toEqual([]);
    expect(new Set(result?.records.map(({ run }) => run)).size).toBe(writers * each);
  }),
);

test('processes that are killed at any moment leave a ledger that is whole', { timeout: 60_000 }, () =>
  inFolder(async (folder) => {
    let told = 0;
    for (let round = 0; round < 5; round += 1) {
      const child = writer(folder, `round${round}`, 100_000);
      let seen = 0;
      child.stdout.on('data', (part: Buffer) => {
        seen += part.length;
        told += part.length;
        // Killed in the middle of whatever it does after so many records.
        if (seen > 3 + round) child.kill('SIGKILL');
      });
      await once(child, 'close');
    }
    await sampleLedger(folder, { now: () => new Date().toISOString() }).append(runEntry('last'));
    const files = await readLedger(folder);
    const result = files && verifyLedger(files, trust);
    expect(result?.problems).toEqual([]);
    // Whatever a writer was told is recorded, is.
    expect(result?.records.length).toBeGreaterThan(told);
  }),
);
