import { beforeAll, describe, expect, test } from 'vitest';
import type { EvidenceBundle } from '../bundle.ts';
import { canonicalBytes } from '../canonical.ts';
import { readReportFonts } from '../files.ts';
import { SMALL, sampleRun, testKey } from '../fixtures/sample-run.ts';
import { attachedFile } from './attachment.ts';
import type { ReportFonts } from './fonts.ts';
import { plainFont } from './plain-font.ts';
import { renderReport } from './report.ts';

const key = testKey();
const integrity = {
  namespace: 'preflight-evidence@v1',
  principal: key.principal,
  keyFingerprint: key.fingerprint,
} as const;
const bundle: EvidenceBundle = { ...sampleRun(SMALL).bundle, integrity };

let fonts: ReportFonts;
beforeAll(async () => {
  fonts = await readReportFonts();
});

const render = (subject: EvidenceBundle, verified = true): Promise<Uint8Array> =>
  renderReport(subject, { bundleBytes: canonicalBytes(subject), fonts, verified });
const latin1 = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');

describe('the document', () => {
  let pdf: string;
  beforeAll(async () => {
    pdf = latin1(await render(bundle));
  });

  test('says that it is PDF/A-3a, with an output intent, a language and a title', () => {
    expect(pdf).toMatch(/^%PDF-1\.7\n%[\x80-\xff]{4}/);
    expect(pdf).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(pdf).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
    expect(pdf).toContain('/S /GTS_PDFA1');
    expect(pdf).toContain('/Lang (en)');
    expect(pdf).toContain('/Marked true');
    expect(pdf).toContain('/DisplayDocTitle true');
  });

  test('carries no date but that of the bundle', () => {
    const dates = [...pdf.matchAll(/D:(\d{14})Z/g)].map((match) => match[1]);
    expect(dates.length).toBeGreaterThan(2);
    expect(new Set(dates)).toEqual(new Set(['20260131093000']));
  });

  test('has no encryption, no script and no link to the outside', () => {
    for (const forbidden of ['/Encrypt', '/JavaScript', '/JS ', '/Launch', '/URI'])
      expect(pdf).not.toContain(forbidden);
  });

  test('embeds every font', () => {
    const fontFiles = pdf.match(/\/FontFile2 /g) ?? [];
    const descriptors = pdf.match(/\/Type \/FontDescriptor/g) ?? [];
    expect(descriptors.length).toBeGreaterThanOrEqual(3);
    expect(fontFiles).toHaveLength(descriptors.length);
    expect(pdf).not.toContain('/Type1');
  });
});

test('the attached file is the bundle, byte for byte, as the source of the document', async () => {
  const pdf = await render(bundle);
  expect(attachedFile(pdf)).toEqual(canonicalBytes(bundle));
  expect(latin1(pdf)).toContain('/AFRelationship /Source');
});

test('two renderings are the same bytes', async () => {
  expect(Buffer.compare(await render(bundle), await render(bundle))).toBe(0);
});

test('an unverified bundle gives another document', async () => {
  expect(Buffer.compare(await render(bundle), await render(bundle, false))).not.toBe(0);
});

test('characters that no font has, or that hide themselves, do not stop the report', async () => {
  const device = bundle.change.devices[0];
  if (!device) throw new Error('The sample has a device.');
  const diff = `${device.diff}+ description \u4e2d\u6587 \u202eevil\u0007\u00ad\u{1f600} ${'x'.repeat(5000)}\n`;
  const odd = { ...bundle, change: { ...bundle.change, devices: [{ ...device, diff }] } };
  const pdf = await render(odd);
  expect(attachedFile(pdf)).toEqual(canonicalBytes(odd));
});

test('attachedFile gives null for a PDF without one attachment', async () => {
  const pdf = Buffer.from(await render(bundle));
  expect(attachedFile(pdf.subarray(0, 1000))).toBeNull();
  expect(attachedFile(Buffer.concat([pdf, pdf]))).toBeNull();
  const damaged = Buffer.from(pdf);
  const at = pdf.indexOf('stream\n', pdf.indexOf('/Type /EmbeddedFile'));
  damaged.fill(0, at + 7, at + 40);
  expect(attachedFile(damaged)).toBeNull();
});

test('a font without its layout tables keeps outlines, widths and the character map', () => {
  const plain = plainFont(fonts.mono);
  const tables = Array.from({ length: Buffer.from(plain).readUInt16BE(4) }, (_, index) =>
    Buffer.from(plain.subarray(12 + 16 * index, 16 + 16 * index)).toString('latin1'),
  );
  expect(tables).toEqual(expect.arrayContaining(['cmap', 'glyf', 'head', 'hmtx', 'loca', 'maxp']));
  for (const table of ['GSUB', 'GPOS', 'GDEF', 'kern']) expect(tables).not.toContain(table);
  expect(() => plainFont(new Uint8Array(100))).toThrow('not a TrueType font');
});
