/**
 * The text of dist/aegis.mjs. It only chooses the Node that runs dist/cli.mjs: the Node that started it when that is
 * new enough, else the one among the project's packages, else none, with a sentence that says so.
 */
export const launcher = `#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const cli = new URL('./cli.mjs', import.meta.url);
if (Number.parseInt(process.versions.node, 10) >= 22) {
  await import(cli.href);
} else {
  const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
  if (!existsSync(node)) {
    console.error(\`aegis needs Node 22 or newer; this is \${process.versions.node}.\`);
    process.exit(2);
  }
  const child = spawn(node, [fileURLToPath(cli), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
}
`;
