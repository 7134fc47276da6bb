// Bundles the command line, the language server and the extension into dist/.
//   node .scripts/run.mjs build
import { buildAll } from './build/bundles.ts';

const { missing, lines, milliseconds } = await buildAll();
for (const line of lines) console.log(line);
for (const entry of missing) console.log(`Not built: ${entry} does not exist.`);
console.log(`Built in ${(milliseconds / 1000).toFixed(1)} s.`);
