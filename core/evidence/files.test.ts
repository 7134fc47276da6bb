import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readPackage, readReportFonts, type SealOptions, sealPackage, verifyPackage } from './files.ts';
import { SMALL, sampleRun, testKey } from './fixtures/sample-run.ts';
import type { ReportFonts } from './report/fonts.ts';
import { allowedSignerLine } from './seal/allowed-signers.ts';
import { ED25519 } from './seal/openssh-key.ts';

const key = testKey();
const trustInput = {
  allowedSigners: allowedSignerLine(key.principal, 'preflight-evidence@v1', ED25519, key.publicKeyBlob),
  principal: key.principal,
  now: Date.UTC(2026, 1, 1),
};

let fonts: ReportFonts;
let evidenceFolder: string;
beforeAll(async () => {
  fonts = await readReportFonts();
});
beforeEach(async () => {
  evidenceFolder = join(await mkdtemp(join(tmpdir(), 'aegis-package-')), 'evidence');
});
afterEach(() => rm(join(evidenceFolder, '..'), { recursive: true, force: true }));

const options = (change: Partial<SealOptions> = {}): SealOptions => ({
  evidenceFolder,
  ...sampleRun(SMALL),
  key,
  fonts,
  ...change,
});

test('a sealed package is a folder named by its run that verifies', async () => {
  const sealed = await sealPackage(options());
  expect(await readdir(evidenceFolder)).toEqual(['run-20260131-093000-4f2a']);
  expect((await readdir(sealed.folder)).sort()).toEqual([
    'SHA256SUMS',
    'SHA256SUMS.sig',
    'bundle.json',
    'configs',
    'evidence.sigstore.json',
    'raw',
    'report.pdf',
    'test-result.sigstore.json',
    'topology.clab.yml',
  ]);
  const verification = await verifyPackage(sealed.folder, trustInput);
  expect(verification.checks.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(verification.ok).toBe(true);
});

test('a package keeps its validity when its folder is moved or renamed', async () => {
  const { folder } = await sealPackage(options());
  const moved = join(evidenceFolder, '..', 'exported');
  await rename(folder, moved);
  expect((await verifyPackage(moved, trustInput)).ok).toBe(true);
});

test('evidence is never overwritten', async () => {
  await sealPackage(options());
  await expect(sealPackage(options())).rejects.toThrow('evidence is never overwritten');
  expect(await readdir(evidenceFolder)).toEqual(['run-20260131-093000-4f2a']);
});

test('an empty folder of the same name is not replaced either', async () => {
  await mkdir(join(evidenceFolder, 'run-20260131-093000-4f2a'), { recursive: true });
  await expect(sealPackage(options())).rejects.toThrow('evidence is never overwritten');
});

test('a cancelled sealing leaves nothing', async () => {
  const controller = new AbortController();
  controller.abort(new Error('Cancelled by the user.'));
  await expect(sealPackage(options({ signal: controller.signal }))).rejects.toThrow('Cancelled by the user.');
  await expect(readdir(evidenceFolder)).rejects.toThrow('ENOENT');
});

test('a sealing that is cancelled, or fails, while it writes leaves nothing', async () => {
  // The signal reports an abort from the third question on: by then files have been written.
  let questions = 0;
  const signal = {
    throwIfAborted: () => {
      questions += 1;
      if (questions > 4) throw new Error('Cancelled while writing.');
    },
  } as AbortSignal;
  await expect(sealPackage(options({ signal }))).rejects.toThrow('Cancelled while writing.');
  expect(questions).toBeGreaterThan(4);
  expect(await readdir(evidenceFolder)).toEqual([]);
});

test('two sealings of one run at once: one package, one refusal', async () => {
  const outcomes = await Promise.allSettled([sealPackage(options()), sealPackage(options())]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await readdir(evidenceFolder)).toEqual(['run-20260131-093000-4f2a']);
});

test('links, empty folders and other things in a package are reported, never followed', async () => {
  const { folder } = await sealPackage(options());
  await symlink('/etc/hostname', join(folder, 'raw', 'link.json'));
  await symlink('/etc', join(folder, 'configs', 'elsewhere'));
  await mkdir(join(folder, 'empty'));
  await mkdir(join(folder, 'a', 'b', 'c', 'd', 'e'), { recursive: true });
  const { problems, files } = await readPackage(folder);
  expect(problems.map(({ file }) => file).sort()).toEqual(['a/b/c/d', 'configs/elsewhere', 'empty', 'raw/link.json']);
  expect([...files.keys()].some((path) => path.includes('link') || path.includes('elsewhere'))).toBe(false);
  expect((await verifyPackage(folder, trustInput)).ok).toBe(false);
});

test('a file in the place of a folder, or nothing there, is one clear sentence', async () => {
  await mkdir(evidenceFolder);
  const file = join(evidenceFolder, 'x');
  await writeFile(file, '');
  await expect(verifyPackage(file, trustInput)).rejects.toThrow('is not a folder');
  await expect(verifyPackage(join(file, 'y'), trustInput)).rejects.toThrow('is not a folder');
  await expect(verifyPackage(join(evidenceFolder, 'none'), trustInput)).rejects.toThrow('is not a folder');
});
