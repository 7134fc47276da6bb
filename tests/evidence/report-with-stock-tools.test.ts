import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EvidenceBundle } from '../../core/evidence/bundle.ts';
import { canonicalBytes } from '../../core/evidence/canonical.ts';
import { readReportFonts } from '../../core/evidence/files.ts';
import { type SampleSize, SMALL, sampleRun, testKey } from '../../core/evidence/fixtures/sample-run.ts';
import { renderReport } from '../../core/evidence/report/report.ts';
import { CONTENT_WIDTH, PAGE } from '../../core/evidence/report/style.ts';
import { installed, run } from './stock-tools.ts';

const key = testKey();
const integrity = {
  namespace: 'preflight-evidence@v1',
  principal: key.principal,
  keyFingerprint: key.fingerprint,
} as const;

/** A row that fits no page, words that fit no column, and characters that nobody can see. */
function withOddContent(bundle: EvidenceBundle): EvidenceBundle {
  const stages = bundle.stages.map((stage, index) =>
    index === 1
      ? {
          ...stage,
          details: Array.from({ length: 150 }, (_, line) => `detail ${line} of a stage with very many details`),
        }
      : stage,
  );
  const findings = bundle.findings.map((finding) => ({
    ...finding,
    device: 'a-device-with-a-name-that-is-longer-than-its-column.example.net',
    message: `description ${'unbroken'.repeat(60)} 中文 naïve`,
  }));
  return { ...bundle, stages, findings };
}

const SAMPLES: Readonly<Record<string, { readonly size: SampleSize; readonly verified: boolean }>> = {
  small: { size: SMALL, verified: true },
  large: { size: { devices: 3, lines: 300, routes: 500, verdict: 'blocked' }, verified: true },
  unverified: { size: { devices: 2, lines: 10, routes: 5, verdict: 'needs_approval' }, verified: false },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aegis-report-'));
  const fonts = await readReportFonts();
  for (const [name, { size, verified }] of Object.entries(SAMPLES)) {
    const bundle = withOddContent({ ...sampleRun(size).bundle, integrity });
    const bundleBytes = canonicalBytes(bundle);
    await writeFile(join(folder, `${name}.json`), bundleBytes);
    await writeFile(join(folder, `${name}.pdf`), await renderReport(bundle, { bundleBytes, fonts, verified }));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(!installed('qpdf'))('the report and qpdf (needs qpdf)', () => {
  test.each(Object.keys(SAMPLES))('qpdf --check finds nothing in the %s report', (name) => {
    const { status, output } = run(folder, 'qpdf', ['--check', `${name}.pdf`]);
    expect(output).toContain('No syntax or stream encoding errors found');
    expect(status).toBe(0);
  });
});

interface Word {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The words of every page with their places, as pdftotext sees them. */
function words(name: string): readonly (readonly Word[])[] {
  const { output } = run(folder, 'pdftotext', ['-bbox', `${name}.pdf`, '-']);
  return output
    .split('<page ')
    .slice(1)
    .map((page) =>
      [
        ...page.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g),
      ].map((match) => ({
        left: Number(match[1]),
        top: Number(match[2]),
        right: Number(match[3]),
        bottom: Number(match[4]),
        text: match[5] ?? '',
      })),
    );
}

describe.skipIf(!installed('pdfdetach', 'pdffonts', 'pdfinfo', 'pdftotext'))(
  'the report and poppler (needs poppler-utils)',
  { timeout: 90_000 },
  () => {
    test.each(Object.keys(SAMPLES))('the %s report gives back its bundle, byte for byte', async (name) => {
      expect(run(folder, 'pdfdetach', ['-list', `${name}.pdf`]).output).toContain('1: bundle.json');
      const saved = join(folder, `${name}.attached`);
      expect(run(folder, 'pdfdetach', ['-savefile', 'bundle.json', '-o', saved, `${name}.pdf`]).status).toBe(0);
      expect(Buffer.compare(await readFile(saved), await readFile(join(folder, `${name}.json`)))).toBe(0);
    });

    test.each(Object.keys(SAMPLES))(
      'every font of the %s report is an embedded subset with its characters known',
      (name) => {
        const fonts = run(folder, 'pdffonts', [`${name}.pdf`])
          .output.trimEnd()
          .split('\n')
          .slice(2);
        expect(fonts.length).toBeGreaterThanOrEqual(3);
        for (const font of fonts) expect(font).toMatch(/CID TrueType\s+Identity-H\s+yes yes yes/);
      },
    );

    test('the document is tagged: sections, headings, lists and tables', () => {
      expect(run(folder, 'pdfinfo', ['small.pdf']).output).toMatch(/Tagged:\s+yes/);
      const structure = run(folder, 'pdfinfo', ['-struct', 'small.pdf']).output;
      for (const element of [
        'Document',
        'Sect',
        'H1',
        'H2',
        'P (block)',
        'L (block)',
        'LI',
        'Lbl',
        'LBody',
        'Table',
        'TR',
        'TH',
        'TD',
        'Code',
      ]) {
        expect(structure).toContain(element);
      }
      expect(structure.match(/Sect /g)).toHaveLength(14);
    });

    test.each(Object.keys(SAMPLES))('no word of the %s report leaves the page or lies on another one', (name) => {
      for (const [index, page] of words(name).entries()) {
        expect(page.length).toBeGreaterThan(0);
        // The watermark is meant to lie under the text.
        const text = page.filter((word) => word.bottom - word.top < 40);
        for (const word of text) {
          const where = `page ${index + 1}: ${word.text}`;
          expect(word.left, where).toBeGreaterThanOrEqual(PAGE.left - 1);
          expect(word.right, where).toBeLessThanOrEqual(PAGE.left + CONTENT_WIDTH + 1);
          expect(word.top, where).toBeGreaterThan(30);
          expect(word.bottom, where).toBeLessThan(PAGE.height - 25);
        }
        const sorted = [...text].sort((left, right) => left.top - right.top);
        for (const [at, word] of sorted.entries()) {
          for (const next of sorted.slice(at + 1)) {
            if (next.top > word.bottom) break;
            const across = Math.min(word.right, next.right) - Math.max(word.left, next.left);
            const down = Math.min(word.bottom, next.bottom) - Math.max(word.top, next.top);
            // Boxes include a little room above and below the letters.
            const overlapping = across > 1 && down > 0.2 * Math.min(word.bottom - word.top, next.bottom - next.top);
            expect(overlapping, `page ${index + 1}: ${word.text} and ${next.text}`).toBe(false);
          }
        }
      }
    });

    test('what the text says can be found again: verdict, digests, every line of the diff', async () => {
      const bundle = JSON.parse(await readFile(join(folder, 'large.json'), 'utf8')) as EvidenceBundle;
      const text = run(folder, 'pdftotext', ['-layout', 'large.pdf', '-']).output;
      expect(text).toContain('BLOCKED');
      for (const device of bundle.change.devices) expect(text).toContain(device.after);
      for (const line of bundle.change.devices[0]?.diff.split('\n').slice(3, -1) ?? [])
        expect(text).toContain(line.trimEnd());
      for (const { prefix } of bundle.stateDiff.status === 'measured' ? bundle.stateDiff.routes : [])
        expect(text).toContain(prefix);
      expect(text).toContain('<U+4E2D><U+6587>');
    });

    test('tables repeat their heading and every page has its number and run', () => {
      const pages = run(folder, 'pdftotext', ['-layout', 'large.pdf', '-']).output.split('\f').slice(0, -1);
      expect(pages.length).toBeGreaterThan(20);
      for (const [index, page] of pages.entries()) {
        expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
        expect(page).toContain('run-20260131-093000-4f2a');
        expect(page).toContain('Verdict: BLOCKED');
      }
      expect(pages.filter((page) => /Prefix\s+Outcome\s+Before\s+After/.test(page)).length).toBeGreaterThan(10);
      expect(pages.some((page) => page.includes('dc1-border1, continued'))).toBe(true);
    });

    test('an unverified bundle says so across every page, a verified one nowhere', () => {
      const pages = run(folder, 'pdftotext', ['unverified.pdf', '-']).output.split('\f').slice(0, -1);
      for (const page of pages) expect(page.match(/UNVERIFIED/g)?.length ?? 0).toBeGreaterThanOrEqual(1);
      for (const page of words('unverified')) expect(page.some(({ top, bottom }) => bottom - top > 100)).toBe(true);
      expect(run(folder, 'pdftotext', ['large.pdf', '-']).output).not.toContain('UNVERIFIED');
    });
  },
);
