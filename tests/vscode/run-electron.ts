// The extension-host suite in the desktop's VS Code: the one that AEGIS_VSCODE_PATH names, or one that
// @vscode/test-electron downloads.
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { resultFileVariable } from '../support/suite-result.ts';
import { endNow } from './harness/cleanup.ts';
import { outputFolder, projectFolder } from './harness/paths.ts';
import { bundleSuite } from './harness/suite-bundle.ts';
import { temporaryFolder } from './harness/temporary-folder.ts';
import { labWorkspace } from './harness/workspace.ts';

async function main(): Promise<number> {
  const profile = temporaryFolder('electron');
  return await runTests({
    ...(process.env.AEGIS_VSCODE_PATH ? { vscodeExecutablePath: process.env.AEGIS_VSCODE_PATH } : {}),
    cachePath: join(projectFolder, '.cache', 'vscode-test'),
    extensionDevelopmentPath: projectFolder,
    extensionTestsPath: await bundleSuite(),
    extensionTestsEnv: {
      [resultFileVariable]: process.env[resultFileVariable] ?? join(outputFolder, 'results', 'electron.json'),
    },
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
