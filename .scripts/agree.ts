// `npm run agree [-- <networks> [<first seed>]]`: runs every FRR lab of labs/ and generated networks (200 when no number
// is given) on the simulator and on FRR's daemons, and compares every route and session. Ends with 1 when they do not
// agree on something that tests/frr/explained.ts does not explain.
import { globSync } from 'node:fs';
import { inTurns } from '../core/backends/frr/in-turns.ts';
import { findFrr, frrBackend } from '../core/backends/frr/index.ts';
import { loadSnapshot } from '../core/network/load/load-snapshot.ts';
import type { Snapshot } from '../core/network/snapshot.ts';
import { nodeFileReader } from '../server/files/node-file-reader.ts';
import { agreement, agreementLab, agreementOptions, disagreementText } from '../tests/frr/agreement.ts';
import { projectFolder } from './install-packages.mjs';

const [count = 200, first = 1] = process.argv.slice(2).map(Number);
if (!Number.isInteger(count) || count < 0 || !Number.isInteger(first)) {
  console.error('Say how many networks to compare, as a whole number: npm run agree -- 50');
  process.exit(2);
}
const host = await findFrr();
if ('obstacle' in host) {
  console.error(host.obstacle);
  process.exit(2);
}

/** Twins mostly wait for timers: several run side by side. */
const AT_ONCE = 4;
const MOST_SHOWN = 6;

const labs: { readonly name: string; readonly lab: Snapshot }[] = [];
for (const file of globSync('labs/*/*.clab.yml', { cwd: projectFolder }).sort()) {
  const lab = await loadSnapshot(`${projectFolder}/${file}`, { reader: nodeFileReader });
  if ([...lab.nodes.values()].every(({ config }) => config.dialect === 'frr')) labs.push({ name: file, lab });
}
for (let seed = first; seed < first + count; seed += 1)
  labs.push({ name: JSON.stringify(agreementOptions(seed)), lab: agreementLab(seed) });

const start = performance.now();
let routes = 0;
let differing = 0;
let explained = 0;
let failed = 0;
await inTurns(labs, AT_ONCE, async ({ name, lab }) => {
  try {
    const result = await agreement(lab, frrBackend(host));
    routes += result.routes;
    const open = result.disagreements.filter((one) => one.explained === undefined);
    explained += result.disagreements.length - open.length;
    differing += open.length;
    if (open.length === 0 && result.sessions.length === 0 && result.converged) return;
    failed += 1;
    console.log(`${name}: ${open.length} of ${result.routes} routes differ, ${result.sessions.length} sessions`);
    for (const text of [...result.waiting, ...result.sessions].slice(0, MOST_SHOWN)) console.log(`  ${text}`);
    for (const one of open.slice(0, MOST_SHOWN)) console.log(`  ${disagreementText(one)}`);
  } catch (error) {
    failed += 1;
    console.log(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
});
const seconds = Math.round((performance.now() - start) / 1000);
console.log(
  `${labs.length} networks, ${labs.length - failed} agree; ${routes} routes, ${differing} differ, ${explained} of the differences are explained; ${seconds} s`,
);
if (failed > 0) process.exitCode = 1;
