// The entry of the extension-host suite: VS Code calls run() inside its extension host, be it the desktop's or
// code-server's. Every *.suite.ts beside this file is bundled to a CommonJS file beside this one.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { resultFileVariable, writeSuiteResult } from '../../support/suite-result.ts';
import { quietMocha, runMocha } from '../harness/mocha-results.ts';

export async function run(): Promise<void> {
  const mocha = quietMocha(60_000);
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.suite.cjs'));
  for (const name of files) mocha.addFile(join(__dirname, name));
  const result = await runMocha(mocha);

  const file = process.env[resultFileVariable];
  if (file === undefined) throw new Error(`The extension host does not see the variable ${resultFileVariable}.`);
  await writeSuiteResult(file, result);
  if (result.failures.length > 0) throw new Error(`${result.failures.length} of the tests failed.`);
}
