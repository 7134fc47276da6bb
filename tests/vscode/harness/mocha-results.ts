import Mocha from 'mocha';
import type { SuiteResult } from '../../support/suite-result.ts';

/** How each line about a test begins, so that it can be told from whatever else an extension host writes. */
export const testLine = '  test ';

/** A mocha that collects `describe` and `it`, and writes nothing by itself. */
export function quietMocha(timeout: number): Mocha {
  return new Mocha({ ui: 'bdd', timeout, reporter: class extends Mocha.reporters.Base {} });
}

/** Runs a mocha instance, writes one line per test to the console, and counts. */
export function runMocha(mocha: Mocha): Promise<SuiteResult> {
  return new Promise((resolve) => {
    let passed = 0;
    const failures: { name: string; message: string }[] = [];
    const skipped: { name: string; reason: string }[] = [];
    const runner = mocha.run(() => resolve({ passed, failures, skipped }));
    runner.on('pass', (test) => {
      passed += 1;
      console.log(`${testLine}passed  ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on('pending', (test) => {
      skipped.push({ name: test.fullTitle(), reason: 'the test skipped itself' });
      console.log(`${testLine}skipped ${test.fullTitle()}`);
    });
    runner.on('fail', (test, error) => {
      failures.push({ name: test.fullTitle(), message: error.message });
      console.log(`${testLine}FAILED  ${test.fullTitle()}\n${indent(error.stack ?? error.message)}`);
    });
  });
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n');
