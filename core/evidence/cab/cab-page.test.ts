import { expect, test } from 'vitest';
import type { EvidenceBundle } from '../bundle.ts';
import { readReportFonts } from '../files.ts';
import { type SampleSize, sampleRun, testKey } from '../fixtures/sample-run.ts';
import { renderCabPage } from './cab-page.ts';

const key = testKey();
const integrity = {
  namespace: 'preflight-evidence@v1',
  principal: key.principal,
  keyFingerprint: key.fingerprint,
} as const;
const of = (size: SampleSize): EvidenceBundle => ({ ...sampleRun(size).bundle, integrity });
const pages = (pdf: Uint8Array): number =>
  (
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\b(?!s)/g) ?? []
  ).length;
const options = async (verified = true) => ({ bundleSha256: 'a'.repeat(64), fonts: await readReportFonts(), verified });

test.each([
  { devices: 1, lines: 2, routes: 3, verdict: 'ship_ready' as const },
  { devices: 60, lines: 40, routes: 90, verdict: 'blocked' as const },
])('$devices device(s) fit on one sheet', async (size) => {
  expect(pages(await renderCabPage(of(size), await options()))).toBe(1);
});

test('so do long texts and many reasons', async () => {
  const bundle = of({ devices: 1, lines: 2, routes: 3, verdict: 'needs_approval' });
  const long = 'x '.repeat(1500).trim();
  const crowded: EvidenceBundle = {
    ...bundle,
    operator: long,
    request: { ...bundle.request, ticket: long, reason: long, author: long, emergency: long },
    verdict: { value: 'needs_approval', reasons: Array.from({ length: 40 }, () => ({ code: 'long', message: long })) },
  };
  expect(pages(await renderCabPage(crowded, await options()))).toBe(1);
});

test('two renderings are the same bytes, and an unverified one is another', async () => {
  const bundle = of({ devices: 2, lines: 2, routes: 3, verdict: 'ship_ready' });
  const first = await renderCabPage(bundle, await options());
  expect(Buffer.compare(first, await renderCabPage(bundle, await options()))).toBe(0);
  expect(Buffer.compare(first, await renderCabPage(bundle, await options(false)))).not.toBe(0);
});
