// The extension-host suite under code-server and Chromium: offline, with the real `vscode` API.
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { resultFileVariable } from '../support/suite-result.ts';
import { launchBrowser } from './harness/browser.ts';
import { endNow } from './harness/cleanup.ts';
import { startCodeServer } from './harness/code-server.ts';
import { testLine } from './harness/mocha-results.ts';
import { outputFolder, projectFolder, screenshotFolder } from './harness/paths.ts';
import { bundleSuite } from './harness/suite-bundle.ts';
import { labWorkspace } from './harness/workspace.ts';

/** How long VS Code may take to load and run the whole suite. */
const limit = 180_000;

async function main(): Promise<number> {
  const resultFile = process.env[resultFileVariable] ?? join(outputFolder, 'results', 'extension-host.json');
  const suite = await bundleSuite();
  const workspace = labWorkspace('edge-slice');
  const server = await startCodeServer({
    name: 'extension-host',
    testDriver: true,
    environment: { [resultFileVariable]: resultFile },
  });
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });

  const log = createWriteStream(join(outputFolder, 'logs', 'extension-host.console.log'));
  let exited: (code: number) => void = () => undefined;
  const exitCode = new Promise<number>((resolve) => {
    exited = resolve;
  });
  await page.exposeFunction('codeAutomationLog', (type: string, parts: readonly unknown[]) => {
    const line = parts.map(String).join(' ');
    log.write(`${type}: ${line}\n`);
    if (line.startsWith(testLine)) console.log(line);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => exited(code));
  await page.goto(
    server.page(workspace, [
      ['extensionDevelopmentPath', server.remote(projectFolder)],
      ['extensionTestsPath', server.remote(suite)],
    ]),
  );

  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<number>((resolve) => {
    timer = setTimeout(() => resolve(-1), limit);
  });
  const code = await Promise.race([exitCode, tooLong]);
  clearTimeout(timer);
  if (code === -1) {
    await page.screenshot({ path: join(screenshotFolder, 'failed-extension-host.png') });
    console.error(
      `The suite did not end within ${limit / 1000} s. See .test-output/logs and .test-output/screenshots.`,
    );
  }
  await browser.close();
  server.stop();
  return code === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
endNow();
process.exit();
