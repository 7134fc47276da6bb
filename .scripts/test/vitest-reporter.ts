import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import { resultFileVariable, type SuiteResult, writeSuiteResult } from '../../tests/support/suite-result.ts';

/** Counts Vitest's tests the way every suite of `npm test` is counted, with the reason of each skip. */
export default class SuiteResultReporter implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): Promise<void> {
    const file = process.env[resultFileVariable];
    if (file === undefined) throw new Error(`The environment variable ${resultFileVariable} names no file.`);

    let passed = 0;
    const failures: { name: string; message: string }[] = [];
    const skipped: { name: string; reason: string }[] = [];
    for (const module of modules) {
      const path = module.relativeModuleId;
      for (const error of module.errors()) failures.push({ name: path, message: error.message });
      for (const suite of module.children.allSuites()) {
        for (const error of suite.errors())
          failures.push({ name: `${path} > ${suite.fullName}`, message: error.message });
      }
      for (const suite of module.children.allSuites()) {
        // A group that makes its tests from files that are absent has none to skip: it is told by its own name.
        if (suite.options.mode === 'skip' && suite.children.size === 0) {
          skipped.push({ name: `${path} > ${suite.fullName}`, reason: 'its condition is not met' });
        }
      }
      for (const test of module.children.allTests()) {
        const name = `${path} > ${test.fullName}`;
        const result = test.result();
        if (result.state === 'passed') passed += 1;
        else if (result.state === 'failed') failures.push({ name, message: result.errors[0]?.message ?? 'failed' });
        else if (result.state === 'skipped') skipped.push({ name, reason: result.note ?? 'its condition is not met' });
        else failures.push({ name, message: 'did not finish' });
      }
    }
    for (const error of unhandledErrors)
      failures.push({ name: 'unhandled error', message: error.message ?? 'unknown' });

    const result: SuiteResult = { passed, failures, skipped };
    await writeSuiteResult(file, result);
  }
}
