import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isProcess, runEntry, sampleLedger, tickingClock } from './fixtures/sample-ledger.ts';
import { testKey } from './fixtures/sample-run.ts';
import { signHead } from './ledger/checkpoint.ts';
import { rootOf, treeOf } from './ledger/merkle.ts';
import { lineDigest, recordBytes, splitLines } from './ledger/record.ts';
import { verifyLedger } from './ledger/verify-ledger.ts';
import { LedgerError, NonceUsedError, readLedger } from './ledger-store.ts';
import { newP256Key } from './seal/openssh-key.ts';

const key = testKey();
const trust = { allowedSigners: `${key.principal} ssh-ed25519 ${Buffer.from(key.publicKeyBlob).toString('base64')}\n` };
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aegis-ledger-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const path = (name: string): string => join(folder, name);
async function verify(copies: Parameters<typeof verifyLedger>[2] = []) {
  const files = await readLedger(folder);
  if (!files) throw new Error('There is no ledger.');
  return verifyLedger(files, trust, copies);
}
const kinds = async (copies: Parameters<typeof verifyLedger>[2] = []): Promise<readonly string[]> =>
  (await verify(copies)).problems.map(({ kind }) => kind);

/** A ledger with some records, and its lines. */
async function filled(count: number): Promise<readonly string[]> {
  const ledger = sampleLedger(folder);
  for (let number = 1; number <= count; number += 1) await ledger.append(runEntry(`run-${number}`));
  return text(await readFile(path('ledger.jsonl')))
    .split('\n')
    .slice(0, -1);
}

test('records follow each other by the digests of their lines, under a signed head', async () => {
  const lines = await filled(5);
  const { ok, records, head } = await verify();
  expect(ok).toBe(true);
  expect(records.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  expect(records[2]?.prev).toBe(lineDigest(new TextEncoder().encode(lines[1])));
  expect(head).toMatchObject({ size: 5, root: rootOf(treeOf(lines.map((line) => new TextEncoder().encode(line)))) });
  expect(await readdir(folder)).toEqual(['ledger.checkpoint', 'ledger.jsonl']);
});

test('the Merkle tree is that of RFC 6962', () => {
  // Test vectors of the reference implementation of Certificate Transparency.
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const tree = treeOf(leaves.map((hex) => new Uint8Array(Buffer.from(hex, 'hex'))));
  expect(rootOf(treeOf([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(rootOf(treeOf([new Uint8Array()]))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  expect(rootOf(tree)).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
});

test('a second writer goes on where the first one ended, also with another algorithm that is trusted', async () => {
  await filled(2);
  const other = newP256Key('seal@second');
  const ledger = sampleLedger(folder, { key: other, trust, now: tickingClock(Date.UTC(2026, 1, 1)) });
  const { head } = await ledger.append(runEntry('run-3'));
  expect(head.size).toBe(3);
  const both = `${trust.allowedSigners}seal@second ${other.algorithm} ${Buffer.from(other.publicKeyBlob).toString('base64')}\n`;
  const files = await readLedger(folder);
  expect(files && verifyLedger(files, { allowedSigners: both }).ok).toBe(true);
  expect(await kinds()).toEqual(['head-trust']);
});

describe('what was done to a ledger is found', () => {
  const rewrite = (lines: readonly string[]) =>
    writeFile(path('ledger.jsonl'), lines.map((line) => `${line}\n`).join(''));
  /** The present head, as somebody copied it. */
  const copy = () => readFile(path('ledger.checkpoint'), 'utf8');
  /** Signs whatever the file holds now, as somebody who has the key could. */
  async function signAgain(): Promise<void> {
    const { lines } = splitLines(new Uint8Array(await readFile(path('ledger.jsonl'))));
    const [origin = ''] = (await copy()).split('\n');
    await writeFile(
      path('ledger.checkpoint'),
      signHead({ origin, size: lines.length, root: rootOf(treeOf(lines)) }, key),
    );
  }

  test('tail_cut', async () => {
    const lines = await filled(5);
    await rewrite(lines.slice(0, 3));
    expect(await kinds()).toEqual(['cut']);
  });

  test('tail_cut_with_its_head: only a copied head shows it', async () => {
    const lines = await filled(5);
    const copied = await copy();
    await rewrite(lines.slice(0, 3));
    await signAgain();
    expect(await kinds()).toEqual([]);
    expect(await kinds([copied])).toEqual(['cut']);
  });

  test('line_removed', async () => {
    const lines = await filled(5);
    await rewrite(lines.toSpliced(1, 1));
    expect(await kinds()).toEqual(expect.arrayContaining(['sequence', 'chain', 'cut']));
    await signAgain();
    expect(await kinds()).toEqual(expect.arrayContaining(['sequence', 'chain']));
  });

  test('fork: another history under the same key', async () => {
    const lines = await filled(3);
    const copied = await copy();
    const [origin = ''] = copied.split('\n');
    await rewrite(lines.slice(0, 1));
    await signAgain();
    const other = sampleLedger(folder, { now: tickingClock(Date.UTC(2026, 2, 1)) });
    for (const run of ['other-2', 'other-3', 'other-4']) await other.append(runEntry(run));
    expect(await kinds()).toEqual([]);
    expect(await kinds([copied])).toEqual(['fork']);
    expect(await kinds([{ origin: 'aegis-ledger/other', size: 1, root: 'a'.repeat(64) }])).toEqual(['fork']);
    expect(origin).toMatch(/^aegis-ledger\/[0-9a-f]{16}$/);
  });

  test('clock_runs_back', async () => {
    const lines = await filled(2);
    const last = new TextEncoder().encode(lines[1]);
    const record = { ...runEntry('run-3'), seq: 3, prev: lineDigest(last), time: '2020-01-01T00:00:00.000Z' };
    await rewrite([...lines, text(recordBytes(record))]);
    await signAgain();
    expect(await kinds()).toEqual(['clock']);
  });

  test('record_altered, in every byte', async () => {
    await filled(2);
    const original = new Uint8Array(await readFile(path('ledger.jsonl')));
    const head = await copy();
    for (let at = 0; at < original.length; at += 1) {
      const changed = original.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 7));
      expect(verifyLedger({ ledger: changed, checkpoint: head }, trust).ok, `byte ${at}`).toBe(false);
    }
    for (let at = 0; at < head.length; at += 1) {
      const changed = Buffer.from(head);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 7));
      expect(verifyLedger({ ledger: original, checkpoint: changed.toString() }, trust).ok, `head byte ${at}`).toBe(
        false,
      );
    }
  });

  test('two_bundles_with_one_run_id and approval_replayed, even when signed', async () => {
    const lines = await filled(1);
    const nonce = '0'.repeat(32);
    const add = async (...entries: readonly object[]): Promise<void> => {
      const all = [...lines];
      for (const [index, entry] of entries.entries()) {
        const prev = lineDigest(new TextEncoder().encode(all.at(-1)));
        const time = `2026-02-01T00:00:0${index}.000Z`;
        all.push(text(recordBytes({ ...runEntry('run-1'), ...entry, seq: index + 2, prev, time })));
      }
      await rewrite(all);
      await signAgain();
    };
    await add({});
    expect(await kinds()).toEqual(['run-twice']);
    await add({ type: 'promote', nonces: [nonce] }, { type: 'promote', nonces: [nonce] });
    expect(await kinds()).toEqual(['nonce']);
  });

  test('no_head, foreign_head, unsigned_record_appended, unfinished_line', async () => {
    const lines = await filled(2);
    const head = await copy();
    await rm(path('ledger.checkpoint'));
    expect(await kinds()).toEqual(['head']);
    const [origin = ''] = head.split('\n');
    await writeFile(path('ledger.checkpoint'), signHead({ origin, size: 2, root: 'a'.repeat(64) }, testKey(9)));
    expect(await kinds()).toEqual(['head-trust']);
    await writeFile(path('ledger.checkpoint'), head);
    const prev = lineDigest(new TextEncoder().encode(lines[1]));
    const forged = text(recordBytes({ ...runEntry('run-3'), seq: 3, prev, time: '2026-03-01T00:00:00Z' }));
    await rewrite([...lines, forged]);
    expect(await kinds()).toEqual(['unsigned-tail']);
    await rewrite(lines);
    await appendFile(path('ledger.jsonl'), '{"half');
    expect(await kinds()).toEqual(['incomplete']);
  });
});

describe('nothing is appended', () => {
  test("to a ledger with records that nobody signed, that was cut, or whose head is another key's", async () => {
    const lines = await filled(2);
    await appendFile(path('ledger.jsonl'), `${lines[1]}\n`);
    await expect(sampleLedger(folder).append(runEntry('x'))).rejects.toThrow('nobody signed');
    await writeFile(path('ledger.jsonl'), `${lines[0]}\n`);
    await expect(sampleLedger(folder).append(runEntry('x'))).rejects.toThrow('signed head counts');
    await expect(sampleLedger(folder, { key: testKey(9) }).append(runEntry('x'))).rejects.toThrow(
      'not signed by a key of this site',
    );
    expect(await readdir(folder)).not.toContain('ledger.lock');
  });

  test('when the clock was set back by more than a second', async () => {
    await filled(3);
    const early = sampleLedger(folder, { now: () => '2026-01-31T09:30:01.000Z' });
    await expect(early.append(runEntry('x'))).rejects.toThrow('Set the clock');
    const nearly = sampleLedger(folder, { now: () => '2026-01-31T09:30:02.500Z' });
    expect((await nearly.append(runEntry('x'))).record.time).toBe('2026-01-31T09:30:03.000Z');
    expect(await kinds()).toEqual([]);
  });

  test('that uses an approval or a run a second time, whoever used it first', async () => {
    const nonce = 'ab'.repeat(16);
    const promote = { ...runEntry('run-1'), type: 'promote' as const, nonces: [nonce] };
    await sampleLedger(folder).append(promote);
    const other = sampleLedger(folder, { now: tickingClock(Date.UTC(2026, 1, 1)) });
    await expect(other.append(promote)).rejects.toThrow(NonceUsedError);
    await other.append(runEntry('run-1'));
    await expect(other.append(runEntry('run-1'))).rejects.toThrow(LedgerError);
  });
});

describe('after a crash', () => {
  const appendable = async (): Promise<void> => {
    const now = tickingClock(Date.UTC(2026, 1, 1));
    await sampleLedger(folder, { now }).append(runEntry('afterwards'));
    expect(await kinds()).toEqual([]);
  };

  test('before the line, in the line, or after it, the ledger is whole again with the next record', async () => {
    await filled(2);
    const [before, head] = [await readFile(path('ledger.jsonl')), await readFile(path('ledger.checkpoint'))];
    await sampleLedger(folder, { now: tickingClock(Date.UTC(2026, 0, 31, 10)) }).append(runEntry('interrupted'));
    const [after, nextHead] = [await readFile(path('ledger.jsonl')), await readFile(path('ledger.checkpoint'))];
    for (const length of [before.length, before.length + 1, after.length - 1, after.length]) {
      await writeFile(path('ledger.jsonl'), after);
      await truncate(path('ledger.jsonl'), length);
      await writeFile(path('ledger.checkpoint'), head);
      await writeFile(path('ledger.checkpoint.next'), nextHead);
      await appendable();
      const { records } = await verify();
      // The record counts exactly when its line was written to the end.
      expect(records.map(({ run }) => run).includes('interrupted')).toBe(length === after.length);
    }
    await writeFile(path('ledger.jsonl'), before);
    await writeFile(path('ledger.checkpoint'), head);
    await writeFile(path('ledger.checkpoint.next'), nextHead.subarray(0, 20));
    await appendable();
  });

  test('a line that is not the one whose head was being published is not taken over', async () => {
    const lines = await filled(2);
    const head = await readFile(path('ledger.checkpoint'));
    await sampleLedger(folder, { now: tickingClock(Date.UTC(2026, 0, 31, 10)) }).append(runEntry('meant'));
    await writeFile(path('ledger.checkpoint.next'), await readFile(path('ledger.checkpoint')));
    await writeFile(path('ledger.checkpoint'), head);
    const forged = recordBytes({
      ...runEntry('forged'),
      seq: 3,
      prev: lineDigest(new TextEncoder().encode(lines[1])),
      time: '2026-01-31T10:00:00Z',
    });
    await writeFile(path('ledger.jsonl'), `${lines.join('\n')}\n${text(forged)}\n`);
    await expect(sampleLedger(folder).append(runEntry('x'))).rejects.toThrow('not the signed one');
  });

  test('the lock of a process that is gone is taken over, that of one that lives is not', async () => {
    await writeFile(path('ledger.lock'), 'test 4194399 0011223344556677\n');
    expect(isProcess(4194399)).toBe(false);
    await sampleLedger(folder).append(runEntry('run-1'));
    await writeFile(path('ledger.lock'), 'elsewhere 4194399 0011223344556677\n');
    await expect(sampleLedger(folder, { patience: 20 }).append(runEntry('run-2'))).rejects.toThrow('remove the file');
  });
});
