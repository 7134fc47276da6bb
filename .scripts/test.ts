// `npm test [-- <suite> ...]`: installs what is missing, builds, runs every suite (or those named), and ends with the
// line "N passed, N failed". A suite or test that cannot run is skipped by name, with the reason; with
// AEGIS_NO_SKIP=1 it fails instead.
import { rm } from 'node:fs/promises';
import type { SuiteResult } from '../tests/support/suite-result.ts';
import { installCodeServer, isCodeServerInstalled } from '../tests/vscode/harness/install.ts';
import { packageExtension } from './build/package-extension.ts';
import { logFolder, resultFolder, type Suite, suites } from './test/suites.ts';
import { installSystemPackages } from './test/system-packages.ts';

const skippingIsFailure = process.env.AEGIS_NO_SKIP === '1';
const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`;

for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
  process.on(signal, () => process.exit(code));
}

function chosenSuites(names: readonly string[]): readonly Suite[] {
  const unknown = names.filter((name) => !suites.some(({ id }) => id === name));
  if (unknown.length > 0) {
    console.error(`There is no suite ${unknown.join(', ')}. The suites are ${suites.map(({ id }) => id).join(', ')}.`);
    process.exit(2);
  }
  return names.length === 0 ? suites : suites.filter(({ id }) => names.includes(id));
}

/** Installs what the chosen suites need beside the npm packages. What cannot be installed shows as a skip later. */
async function prepare(chosen: readonly Suite[]): Promise<void> {
  const needs = (...ids: readonly string[]): boolean => chosen.some(({ id }) => ids.includes(id));
  if (needs('unit', 'extension-host', 'user-interface')) {
    const said = await installSystemPackages(logFolder);
    if (said !== null) console.log(said);
  }
  if (needs('extension-host', 'user-interface') && !isCodeServerInstalled()) {
    const start = performance.now();
    console.log('Installing code-server ...');
    try {
      installCodeServer();
      console.log(`Installed code-server in ${seconds(start)}.`);
    } catch (error) {
      console.log(error instanceof Error ? error.message : String(error));
    }
  }
  const start = performance.now();
  console.log(`${await packageExtension()} Built and packaged in ${seconds(start)}.`);
}

async function runSuite(suite: Suite): Promise<SuiteResult> {
  const reason = suite.obstacle();
  if (reason !== null) return { passed: 0, failures: [], skipped: [{ name: suite.title, reason }] };
  try {
    return await suite.run();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { passed: 0, failures: [{ name: suite.title, message }], skipped: [] };
  }
}

const started = performance.now();
const chosen = chosenSuites(process.argv.slice(2));
await rm(resultFolder, { recursive: true, force: true });
await prepare(chosen);

const results: { readonly suite: Suite; readonly result: SuiteResult; readonly time: string }[] = [];
for (const suite of chosen) {
  console.log(`\n== ${suite.title}`);
  const start = performance.now();
  const ran = await runSuite(suite);
  const result: SuiteResult = skippingIsFailure
    ? {
        passed: ran.passed,
        failures: [
          ...ran.failures,
          ...ran.skipped.map(({ name, reason }) => ({
            name,
            message: `skipped, which AEGIS_NO_SKIP forbids: ${reason}`,
          })),
        ],
        skipped: [],
      }
    : ran;
  results.push({ suite, result, time: seconds(start) });
  for (const { name, message } of result.failures) console.log(`failed: ${name}: ${message.split('\n')[0]}`);
  for (const { name, reason } of result.skipped) console.log(`skipped: ${name}: ${reason}`);
}

console.log('\n== Summary');
let passed = 0;
let failed = 0;
let skipped = 0;
for (const { suite, result, time } of results) {
  passed += result.passed;
  failed += result.failures.length;
  skipped += result.skipped.length;
  const skips = result.skipped.length > 0 ? `, ${result.skipped.length} skipped` : '';
  console.log(
    `${suite.title.padEnd(36)} ${time.padStart(8)}  ${result.passed} passed, ${result.failures.length} failed${skips}`,
  );
}
console.log(`Whole run: ${seconds(started)}.`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
