// The extension-host suite in the desktop's VS Code: the one that AEGIS_VSCODE_PATH names, or one that
// @vscode/test-electron downloads.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { resultFileVariable, writeSuiteResult } from '../support/suite-result.ts';
import { endNow } from './harness/cleanup.ts';
import { outputFolder, projectFolder } from './harness/paths.ts';
import { bundleSuite } from './harness/suite-bundle.ts';
import { temporaryFolder } from './harness/temporary-folder.ts';
import { labWorkspace } from './harness/workspace.ts';

const resultFile = process.env[resultFileVariable] ?? join(outputFolder, 'results', 'electron.json');

/** The program of VS Code; null, with the reason in the result file, where none can be had. */
async function findCode(): Promise<string | null> {
  const given = process.env.AEGIS_VSCODE_PATH;
  if (given !== undefined && given !== '') {
    if (!existsSync(given)) throw new Error(`AEGIS_VSCODE_PATH names ${given}, which does not exist.`);
    return given;
  }
  try {
    return await downloadAndUnzipVSCode({ cachePath: join(projectFolder, '.cache', 'vscode-test') });
  } catch (error) {
    const reason = `VS Code cannot be downloaded: ${error instanceof Error ? error.message : String(error)}`;
    await writeSuiteResult(resultFile, {
      passed: 0,
      failures: [],
      skipped: [{ name: 'Extension host (desktop)', reason }],
    });
    return null;
  }
}

async function main(): Promise<number> {
  const vscodeExecutablePath = await findCode();
  if (vscodeExecutablePath === null) return 0;
  const profile = temporaryFolder('electron');
  return await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: projectFolder,
    extensionTestsPath: await bundleSuite(),
    extensionTestsEnv: { [resultFileVariable]: resultFile },
    launchArgs: [
      labWorkspace('edge-slice'),
      ...['--user-data-dir', join(profile, 'user-data'), '--extensions-dir', join(profile, 'extensions')],
      ...['--disable-workspace-trust', '--disable-telemetry', '--disable-updates', '--skip-welcome', '--no-sandbox'],
    ],
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
endNow();
process.exit();
