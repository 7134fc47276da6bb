// The user-interface suite: the packaged extension in code-server, used through Chromium as a person would.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { resultFileVariable, writeSuiteResult } from '../support/suite-result.ts';
import { endNow } from './harness/cleanup.ts';
import { quietMocha, runMocha } from './harness/mocha-results.ts';
import { outputFolder } from './harness/paths.ts';
import { sharedSession } from './harness/session.ts';

async function main(): Promise<number> {
  const folder = join(import.meta.dirname, 'user-interface');
  const mocha = quietMocha(240_000);
  for (const file of globSync(process.env.AEGIS_UI_SUITE ?? '*.suite.ts', { cwd: folder }).sort())
    mocha.addFile(join(folder, file));
  await mocha.loadFilesAsync();
  const result = await runMocha(mocha);
  await writeSuiteResult(
    process.env[resultFileVariable] ?? join(outputFolder, 'results', 'user-interface.json'),
    result,
  );
  await (await sharedSession()).browser.close();
  return result.failures.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
endNow();
process.exit();
