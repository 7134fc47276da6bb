// `npm run render-check [-- <bundles> [<first seed>]]`: renders that many bundles (100 when none are named) as reports and
// as change board pages, twice each, and has qpdf check every file. Those of real runs of the labs come first, then
// variations of them and of made-up runs. Ends with 1 when anything is wrong, and says of which bundle.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readReportFonts } from '../core/evidence/files.ts';
import { realBundles } from '../tests/evidence/real-bundles.ts';
import { qpdfComplaints, renderCheck } from '../tests/evidence/render-check.ts';
import { installed } from '../tests/evidence/stock-tools.ts';
import { variedBundle } from '../tests/support/varied-bundle.ts';

const [count = 100, first = 1] = process.argv.slice(2).map(Number);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(first)) {
  console.error('Say how many bundles to render, as a whole number: npm run render-check -- 1500');
  process.exit(2);
}
if (!installed('qpdf')) {
  console.error('qpdf is not installed; the files could not be checked.');
  process.exit(2);
}

/** One in so many variations is of a real run: those are large. */
const REAL_SHARE = 20;

const fonts = await readReportFonts();
const real = await realBundles(['single', 'edge-slice', 'dcn-10node']);
const folder = mkdtempSync(join(tmpdir(), 'aegis-render-check-'));
const start = performance.now();
let [bad, sheets, variedReal] = [0, 0, 0];
try {
  for (let at = 0; at < count; at += 1) {
    const seed = first + at;
    const base = seed % REAL_SHARE === 0 ? real[Math.floor(seed / REAL_SHARE) % real.length] : undefined;
    if (base && at >= real.length) variedReal += 1;
    const bundle = real[at] ?? variedBundle(seed, base);
    const { problems, files, pages } = await renderCheck(bundle, fonts, folder);
    sheets += pages;
    const all = [...problems, ...qpdfComplaints(folder, files)];
    for (const problem of all) console.error(problem);
    if (all.length > 0) bad += 1;
    for (const file of files) rmSync(join(folder, file), { force: true });
    if ((at + 1) % 100 === 0) console.log(`${at + 1} of ${count}, ${bad} with a problem`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const seconds = Math.round((performance.now() - start) / 1000);
console.log(
  `${count} bundles (${Math.min(count, real.length)} of real runs, ${variedReal} variations of them), ${sheets} pages of reports, each rendered twice, ${bad} with a problem, ${seconds} s`,
);
if (bad > 0) process.exitCode = 1;
