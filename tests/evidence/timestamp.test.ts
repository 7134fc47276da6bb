// RFC 3161 time stamps from a real authority, checked by openssl and by us, with the same answer.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readReportFonts } from '../../core/evidence/files.ts';
import { SMALL, sampleRun, testKey } from '../../core/evidence/fixtures/sample-run.ts';
import { checkStamp } from '../../core/evidence/package/check-timestamp.ts';
import { composePackage } from '../../core/evidence/package/compose.ts';
import { type TrustInput, verifyContents } from '../../core/evidence/package/verify.ts';
import { allowedSignerLine } from '../../core/evidence/seal/allowed-signers.ts';
import { verifyTimestamp } from '../../core/evidence/seal/timestamp.ts';
import { requestTimestamp } from '../../core/evidence/timestamp-client.ts';
import { installed, run } from './stock-tools.ts';
import { type TimestampAuthority, timestampAuthority } from './timestamp-authority.ts';

const data = new TextEncoder().encode('the list of digests\n');
const nonce = (): Uint8Array => new Uint8Array(randomBytes(8));

describe.skipIf(!installed('openssl'))('time stamps (needs openssl)', () => {
  let folder: string;
  let authorities: Readonly<Record<'ec' | 'rsa', TimestampAuthority>>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aegis-tsa-'));
    const [ec, rsa] = await Promise.all([timestampAuthority(folder, 'ec'), timestampAuthority(folder, 'rsa')]);
    authorities = { ec, rsa };
  }, 30_000);
  afterAll(async () => {
    await Promise.all([authorities.ec.close(), authorities.rsa.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  test.each(['ec', 'rsa'] as const)(
    'a stamp of an authority with an %s key is accepted by openssl and by us',
    async (kind) => {
      const { address, caFile, caPem } = authorities[kind];
      const stamp = await requestTimestamp(data, { address, nonce: nonce() });
      await writeFile(join(folder, 'data'), data);
      await writeFile(join(folder, `${kind}.tsr`), stamp);
      const theirs = run(folder, 'openssl', [
        'ts',
        '-verify',
        '-data',
        'data',
        '-in',
        `${kind}.tsr`,
        '-CAfile',
        caFile,
      ]);
      expect(theirs.output).toContain('Verification: OK');
      const ours = verifyTimestamp(stamp, data, caPem);
      expect(Math.abs(ours.time.getTime() - Date.now())).toBeLessThan(60_000);
      expect(ours.authority).toContain('Test TSA');
    },
  );

  test('neither openssl nor we accept it for other data, or with another authority trusted', async () => {
    const { address, caFile } = authorities.ec;
    const stamp = await requestTimestamp(data, { address, nonce: nonce() });
    await writeFile(join(folder, 'stamp.tsr'), stamp);
    await writeFile(join(folder, 'other'), 'other data');
    const openssl = (file: string, ca: string) =>
      run(folder, 'openssl', ['ts', '-verify', '-data', file, '-in', 'stamp.tsr', '-CAfile', ca]).status;
    expect(openssl('other', caFile)).not.toBe(0);
    expect(() => verifyTimestamp(stamp, new TextEncoder().encode('other data'), authorities.ec.caPem)).toThrow(
      'of something else',
    );
    await writeFile(join(folder, 'data'), data);
    expect(openssl('data', authorities.rsa.caFile)).not.toBe(0);
    expect(() => verifyTimestamp(stamp, data, authorities.rsa.caPem)).toThrow('no trusted certificate');
    expect(() => verifyTimestamp(stamp, data, '')).toThrow('no trusted certificate');
  });

  test('whatever byte is changed, we accept nothing that openssl refuses', async () => {
    const { address, caPem, caFile } = authorities.ec;
    const stamp = await requestTimestamp(data, { address, nonce: nonce() });
    await writeFile(join(folder, 'data'), data);
    let refused = 0;
    for (let at = 0; at < stamp.length; at += 1) {
      const copy = stamp.slice();
      copy[at] = (copy[at] ?? 0) ^ 0x01;
      try {
        verifyTimestamp(copy, data, caPem);
      } catch {
        refused += 1;
        continue;
      }
      // Framing that no signature covers; in a package the sealer's own signature covers it.
      await writeFile(join(folder, 'changed.tsr'), copy);
      const query = ['ts', '-verify', '-data', 'data', '-in', 'changed.tsr', '-CAfile', caFile];
      expect(run(folder, 'openssl', query).output, `byte ${at}`).toContain('Verification: OK');
    }
    expect(refused).toBeGreaterThan(stamp.length * 0.8);
  });

  test('in a package: every byte of the stamp counts, and the stamp outlives the key', async () => {
    const { address, caPem } = authorities.ec;
    const key = testKey();
    const { bundle, inputs } = sampleRun(SMALL);
    const { files } = await composePackage(bundle, inputs, key, await readReportFonts(), {
      timestamp: (sums) => requestTimestamp(sums, { address, nonce: nonce() }),
    });
    const line = allowedSignerLine(key.principal, 'preflight-evidence@v1', key.algorithm, key.publicKeyBlob);
    const verify = (changed: ReadonlyMap<string, Uint8Array>, trust: Partial<TrustInput> = {}) =>
      verifyContents(
        { files: changed, problems: [] },
        { allowedSigners: line, principal: null, now: Date.now(), ...trust },
      );

    expect(verify(files, { timestampAuthorities: caPem }).timestamp).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(verify(files)).toMatchObject({ ok: true, timestamp: null });
    for (const file of ['SHA256SUMS.tsr', 'SHA256SUMS.tsr.sig']) {
      const original = files.get(file) ?? new Uint8Array();
      for (let at = 0; at < original.length; at += 1) {
        const copy = original.slice();
        copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8));
        const stamp = checkStamp(new Map(files).set(file, copy), key.publicKeyBlob, undefined);
        expect(stamp?.check.status, `${file} byte ${at}`).toBe('failed');
      }
      const copy = original.slice();
      copy[40] = (copy[40] ?? 0) ^ 1;
      const { ok, checks } = verify(new Map(files).set(file, copy));
      expect(ok).toBe(false);
      expect(checks.filter(({ status }) => status !== 'ok').map(({ id }) => id)).toEqual(['timestamp']);
      const without = new Map(files);
      without.delete(file);
      expect(verify(without).ok).toBe(false);
    }

    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
    const retired = line.replace(' namespaces=', ` valid-before="${tomorrow}Z",namespaces=`);
    const later = Date.now() + 30 * 86_400_000;
    expect(verify(files, { allowedSigners: retired, now: later }).ok).toBe(false);
    expect(verify(files, { allowedSigners: retired, now: later, timestampAuthorities: caPem }).ok).toBe(true);
    const revokedKeys = `${key.algorithm} ${Buffer.from(key.publicKeyBlob).toString('base64')} lost\n`;
    expect(verify(files, { timestampAuthorities: caPem, revokedKeys }).ok).toBe(false);
  });

  test('what the air gap does not let pass is not called', async () => {
    const before = authorities.ec.calls();
    for (const address of ['http://192.0.2.1/tsa', 'http://tsa.example/', 'http://localhost.example/'])
      await expect(requestTimestamp(data, { address, nonce: nonce() })).rejects.toThrow('is not called');
    expect(authorities.ec.calls()).toBe(before);
  });

  test.each([
    ['refuses', 500, '', 'HTTP status 500'],
    ['leads elsewhere', 302, '', 'HTTP status 302'],
    ['answers with something else', 200, '<html>', 'is not DER'],
    ['answers with too much', 200, 'x'.repeat(100_000), 'too long'],
  ])('an authority that %s is reported', async (_title, status, body, message) => {
    const server = createServer((_request, response) =>
      response.writeHead(status, { location: 'http://127.0.0.1/' }).end(body),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await expect(requestTimestamp(data, { address, nonce: nonce() })).rejects.toThrow(message);
    server.close();
    await once(server, 'close');
    await expect(requestTimestamp(data, { address, nonce: nonce() })).rejects.toThrow('cannot be reached');
  });

  test('an answer to another request is refused', async () => {
    const { address } = authorities.ec;
    const old = await requestTimestamp(data, { address, nonce: nonce() });
    const server = createServer((_request, response) => response.writeHead(200).end(old));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const replaying = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await expect(requestTimestamp(data, { address: replaying, nonce: nonce() })).rejects.toThrow('this request');
    server.close();
    await once(server, 'close');
  });
});
