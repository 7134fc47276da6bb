// The one entry of every npm script: `node .scripts/run.mjs <script> [arguments]`.
// It runs on whatever Node the machine has (20 or newer), installs the npm packages that are missing,
// and hands over to `.scripts/<script>.ts` on the Node 24 that the packages bring.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { installPackages, projectFolder, projectNode } from './install-packages.mjs';

const [script, ...scriptArguments] = process.argv.slice(2);
const file = `${projectFolder}/.scripts/${script}.ts`;
if (script === undefined || !existsSync(file)) {
  console.error(`There is no script .scripts/${script ?? '<name>'}.ts. The names are the npm scripts of package.json.`);
  process.exit(2);
}

try {
  await installPackages(projectFolder);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

const child = spawn(projectNode, [file, ...scriptArguments], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`Node 24 at ${projectNode} does not start: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
