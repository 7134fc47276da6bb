import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readReportFonts, sealPackage, verifyPackage } from '../../core/evidence/files.ts';
import { SMALL, sampleRun, testKey } from '../../core/evidence/fixtures/sample-run.ts';
import { loadOrCreateSigningKey, type StoredKey } from '../../core/evidence/key-store.ts';
import { allowedSignerLine, parseAllowedSigners, trust } from '../../core/evidence/seal/allowed-signers.ts';
import { newP256Key, readPrivateKey, writePrivateKey } from '../../core/evidence/seal/openssh-key.ts';
import { parseSignature, signMessage, verifyMessage } from '../../core/evidence/seal/sshsig.ts';
import { installed, run } from './stock-tools.ts';

const NAMESPACE = 'preflight-evidence@v1';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

let home: string;
let stored: StoredKey;
let folder: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'aegis-stock-'));
  stored = await loadOrCreateSigningKey({
    configFolder: join(home, 'config'),
    workspaces: [join(home, 'workspace')],
    principal: 'seal@site',
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    platform: process.platform,
    userId: process.getuid?.() ?? null,
  });
  const fonts = await readReportFonts();
  const sealed = await sealPackage({
    evidenceFolder: join(home, 'evidence'),
    ...sampleRun(SMALL),
    key: stored.key,
    fonts,
  });
  folder = sealed.folder;
});
afterAll(() => rm(home, { recursive: true, force: true }));

const verifyArguments = (signers: string, principal: string): readonly string[] => [
  ...['-Y', 'verify', '-f', signers, '-I', principal],
  ...['-n', NAMESPACE, '-s', join(folder, 'SHA256SUMS.sig')],
];

describe.skipIf(!installed('ssh-keygen'))('the seal and ssh-keygen (needs ssh-keygen)', () => {
  const sums = (): Promise<Uint8Array> => readFile(join(folder, 'SHA256SUMS'));

  test('ssh-keygen -Y verify accepts the package with the published allowed_signers', async () => {
    const { status, output } = run(
      folder,
      'ssh-keygen',
      verifyArguments(stored.allowedSignersFile, 'seal@site'),
      await sums(),
    );
    expect(output).toContain(`Good "${NAMESPACE}" signature for seal@site with ED25519 key ${stored.key.fingerprint}`);
    expect(status).toBe(0);
  });

  test('ssh-keygen and we refuse the same altered list', async () => {
    const altered = Buffer.from(await sums());
    altered[3] = altered[3] === 0x30 ? 0x31 : 0x30;
    expect(run(folder, 'ssh-keygen', verifyArguments(stored.allowedSignersFile, 'seal@site'), altered).status).not.toBe(
      0,
    );
  });

  test('ssh-keygen reads our private key, and its fingerprint is ours', () => {
    expect(run(home, 'ssh-keygen', ['-l', '-f', stored.keyFile]).output).toContain(stored.key.fingerprint);
    const publicKey = run(home, 'ssh-keygen', ['-y', '-f', stored.keyFile]).output;
    expect(publicKey).toContain(Buffer.from(stored.key.publicKeyBlob).toString('base64'));
  });

  test('ssh-keygen -Y sign with our key writes the bytes that we write', async () => {
    const message = join(home, 'message');
    await writeFile(message, 'a message');
    expect(run(home, 'ssh-keygen', ['-Y', 'sign', '-f', stored.keyFile, '-n', NAMESPACE, message]).status).toBe(0);
    expect(await readFile(`${message}.sig`, 'utf8')).toBe(signMessage(bytes('a message'), NAMESPACE, stored.key));
  });

  test('we read a key that ssh-keygen made, and verify what it signed', async () => {
    const keyFile = join(home, 'theirs');
    expect(run(home, 'ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'theirs@site', '-f', keyFile]).status).toBe(
      0,
    );
    const theirs = readPrivateKey(await readFile(keyFile, 'utf8'));
    expect(theirs.principal).toBe('theirs@site');
    await writeFile(join(home, 'note'), 'note');
    run(home, 'ssh-keygen', ['-q', '-Y', 'sign', '-f', keyFile, '-n', NAMESPACE, join(home, 'note')]);
    const parsed = parseSignature(await readFile(join(home, 'note.sig'), 'utf8'));
    expect(Buffer.compare(parsed.publicKeyBlob, theirs.publicKeyBlob)).toBe(0);
    expect(verifyMessage(bytes('note'), NAMESPACE, parsed)).toBe(true);
  });

  test('the same with ECDSA on P-256, in both directions and many times, since its numbers vary in length', async () => {
    const theirs = join(home, 'p256');
    run(home, 'ssh-keygen', ['-q', '-t', 'ecdsa', '-b', '256', '-N', '', '-C', 'p256@site', '-f', theirs]);
    const key = readPrivateKey(await readFile(theirs, 'utf8'));
    expect(run(home, 'ssh-keygen', ['-l', '-f', theirs]).output).toContain(key.fingerprint);
    await writeFile(join(home, 'p256.message'), 'note');
    run(home, 'ssh-keygen', ['-q', '-Y', 'sign', '-f', theirs, '-n', NAMESPACE, join(home, 'p256.message')]);
    const parsed = parseSignature(await readFile(join(home, 'p256.message.sig'), 'utf8'));
    expect(verifyMessage(bytes('note'), NAMESPACE, parsed)).toBe(true);
    expect(verifyMessage(bytes('nope'), NAMESPACE, parsed)).toBe(false);

    const ours = newP256Key('ours@site');
    await writeFile(join(home, 'ours'), writePrivateKey(ours, 7), { mode: 0o600 });
    expect(run(home, 'ssh-keygen', ['-y', '-f', join(home, 'ours')]).output).toContain(
      Buffer.from(ours.publicKeyBlob).toString('base64'),
    );
    await writeFile(
      join(home, 'p256.signers'),
      `${allowedSignerLine('ours@site', NAMESPACE, ours.algorithm, ours.publicKeyBlob)}\n`,
    );
    for (let round = 0; round < 12; round += 1) {
      const message = bytes(`message ${round}`);
      await writeFile(join(home, 'p256.sig'), signMessage(message, NAMESPACE, ours));
      const { status, output } = run(
        home,
        'ssh-keygen',
        ['-Y', 'verify', '-f', 'p256.signers', '-I', 'ours@site', '-n', NAMESPACE, '-s', 'p256.sig'],
        message,
      );
      expect(output).toContain('with ECDSA key');
      expect(status).toBe(0);
    }
  });

  test('we refuse a key of another kind, and one with a passphrase, with a reason', async () => {
    run(home, 'ssh-keygen', ['-q', '-t', 'ecdsa', '-b', '384', '-N', '', '-f', join(home, 'ecdsa')]);
    const ecdsa = await readFile(join(home, 'ecdsa'), 'utf8');
    expect(() => readPrivateKey(ecdsa)).toThrow('only ssh-ed25519 and ecdsa-sha2-nistp256 can seal');
    run(home, 'ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'secret phrase', '-f', join(home, 'locked')]);
    const locked = await readFile(join(home, 'locked'), 'utf8');
    expect(() => readPrivateKey(locked)).toThrow('encrypted');
  });

  // The last column is what both must say at 2026-01-31 12:00 UTC.
  const other = Buffer.from(testKey(9).publicKeyBlob).toString('base64');
  test.each([
    ['plain', 'seal@site KEY', true],
    ['another principal', 'other@site KEY', false],
    ['a wildcard', '*@site KEY', true],
    ['a wildcard for one character', 'seal@sit? KEY', true],
    ['an exception', '*,!seal@site KEY', false],
    ['quoted principals', '"seal@site,b@c" KEY', true],
    ['its namespace', 'seal@site namespaces="preflight-evidence@v1" KEY', true],
    ['a namespace pattern', 'seal@site namespaces="file,preflight-*" KEY', true],
    ['another namespace', 'seal@site namespaces="file" KEY', false],
    ['valid', 'seal@site valid-after="20260101Z",valid-before="20260201Z" KEY', true],
    ['expired', 'seal@site valid-before="20260131115959Z" KEY', false],
    ['valid to the second', 'seal@site valid-before="20260131120000Z" KEY', true],
    ['not yet valid', 'seal@site valid-after="20260131120001Z" KEY', false],
    ['valid from the second', 'seal@site valid-after="20260131120000Z" KEY', true],
    ['local time, expired', 'seal@site valid-before="20260130" KEY', false],
    ['a certificate authority', 'seal@site cert-authority KEY', false],
    ['another key', `seal@site ssh-ed25519 ${other}`, false],
    ['the second of two lines', `seal@site ssh-ed25519 ${other}\n# mine\n\nseal@site KEY a comment`, true],
    ['an unknown option', 'seal@site trust-me="yes" KEY', false],
    ['an impossible time', 'seal@site valid-before="20261399Z" KEY', false],
    ['an empty span', 'seal@site valid-after="20270101Z",valid-before="20260101Z" KEY', false],
    ['an empty file', '', false],
  ])('ssh-keygen and we decide alike: %s', async (_title, template, expected) => {
    const file = join(home, 'signers');
    const blob = Buffer.from(stored.key.publicKeyBlob).toString('base64');
    const text = `${template.replaceAll('KEY', `ssh-ed25519 ${blob}`)}\n`;
    await writeFile(file, text);
    const theirs = run(
      folder,
      'ssh-keygen',
      [...verifyArguments(file, 'seal@site'), '-Overify-time=20260131120000Z'],
      await sums(),
    );
    expect(theirs.status === 0, theirs.output).toBe(expected);

    const verification = await verifyPackage(folder, {
      allowedSigners: text,
      principal: 'seal@site',
      now: Date.UTC(2026, 0, 31, 12),
    });
    expect(verification.ok).toBe(expected);
  });

  test('a published key that is trusted for nothing else', async () => {
    const signers = parseAllowedSigners(await readFile(stored.allowedSignersFile, 'utf8'));
    expect(trust(signers, stored.key.publicKeyBlob, 'seal@site', 'git', 0).trusted).toBe(false);
  });
});

describe.skipIf(!installed('sha256sum'))('SHA256SUMS and sha256sum (needs sha256sum)', () => {
  test('sha256sum -c accepts every file, strictly', () => {
    const { status, output } = run(folder, 'sha256sum', ['-c', '--strict', 'SHA256SUMS']);
    expect(
      output
        .trimEnd()
        .split('\n')
        .every((line) => line.endsWith(': OK')),
    ).toBe(true);
    expect(status).toBe(0);
  });

  test('sha256sum -c names the file that we name', async () => {
    const run2 = sampleRun({ ...SMALL, routes: 1 });
    const bundle = { ...run2.bundle, runId: 'tampered' };
    const fonts = await readReportFonts();
    const sealed = await sealPackage({
      evidenceFolder: join(home, 'evidence'),
      bundle,
      inputs: run2.inputs,
      key: stored.key,
      fonts,
    });
    await appendFile(join(sealed.folder, 'raw', 'state-after.json'), ' ');
    const { status, output } = run(sealed.folder, 'sha256sum', ['-c', 'SHA256SUMS']);
    expect(status).toBe(1);
    expect(output).toContain('raw/state-after.json: FAILED');
    const ours = await verifyPackage(sealed.folder, {
      allowedSigners: await readFile(stored.allowedSignersFile, 'utf8'),
      principal: null,
      now: 0,
    });
    const digests = ours.checks.find(({ id }) => id === 'digests');
    expect(digests?.problems.map(({ file }) => file)).toEqual(['raw/state-after.json']);
  });
});
