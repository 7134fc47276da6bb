// `npm start`: builds, then preflights a sample change on the simulator.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll } from './build/bundles.ts';
import { projectFolder } from './install-packages.mjs';

/** The main job: what a newcomer sees first. */
const mainJob = ['preflight', 'labs/edge-slice', '--change', 'labs/edge-slice/changes/add-customer-prefix'];

const { milliseconds } = await buildAll();
console.log(`Built in ${(milliseconds / 1000).toFixed(1)} s.`);

const command = join(projectFolder, 'dist', 'aegis.mjs');
if (!existsSync(command)) {
  console.error('The command line is not built: server/cli.ts does not exist.');
  process.exit(1);
}
console.log(`\naegis ${mainJob.join(' ')}\n`);
const result = spawnSync(process.execPath, [command, ...mainJob], { cwd: projectFolder, stdio: 'inherit' });
process.exit(result.status ?? 1);
