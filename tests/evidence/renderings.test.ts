import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readReportFonts } from '../../core/evidence/files.ts';
import type { ReportFonts } from '../../core/evidence/report/fonts.ts';
import { variedBundle } from '../support/varied-bundle.ts';
import { realBundles } from './real-bundles.ts';
import { qpdfComplaints, renderCheck } from './render-check.ts';
import { installed } from './stock-tools.ts';

// `npm run render-check -- 1500` does the same for as many as are asked for.
describe.skipIf(!installed('qpdf'))('renderings of varied bundles (needs qpdf)', { timeout: 120_000 }, () => {
  let fonts: ReportFonts;
  const folder = mkdtempSync(join(tmpdir(), 'aegis-renderings-'));
  beforeAll(async () => {
    fonts = await readReportFonts();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([1, 2, 3, 4, 5])('of seed %i are whole, the same twice, and carry their bundle', async (seed) => {
    const { problems, files } = await renderCheck(variedBundle(seed), fonts, folder);
    expect([...problems, ...qpdfComplaints(folder, files)]).toEqual([]);
  });

  it('of real runs as well', async () => {
    for (const bundle of await realBundles(['single'])) {
      const { problems, files } = await renderCheck(bundle, fonts, folder);
      expect([...problems, ...qpdfComplaints(folder, files)]).toEqual([]);
    }
  });
});
