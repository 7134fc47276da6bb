// `npm run properties [-- <networks> [<first seed>]]`: what must hold of every network, checked on as many generated
// ones as are asked for (100 when none are). Ends with 1 when something does not hold, and says of which seed.
import { networkProperties, sampleOf } from '../tests/properties/network-properties.ts';

const [count = 100, first = 1] = process.argv.slice(2).map(Number);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(first)) {
  console.error('Say how many networks to check, as a whole number: npm run properties -- 1000');
  process.exit(2);
}

const MOST_SHOWN = 20;
const broken = new Map(networkProperties.map(({ name }) => [name, 0]));
let shown = 0;
let unstable = 0;
let devices = 0;
const start = performance.now();
for (let seed = first; seed < first + count; seed += 1) {
  const sample = sampleOf(seed);
  devices += sample.snapshot.nodes.size;
  if (!sample.state.converged) unstable += 1;
  for (const { name, broken: check } of networkProperties) {
    const problem = check(sample);
    if (problem === undefined) continue;
    broken.set(name, (broken.get(name) ?? 0) + 1);
    shown += 1;
    if (shown <= MOST_SHOWN) console.error(`${name}\n  ${JSON.stringify(sample.options)}\n  ${problem}`);
  }
}
const seconds = Math.round((performance.now() - start) / 1000);
console.log(`${count} networks, ${devices} devices, ${unstable} without a stable state, ${seconds} s`);
for (const [name, times] of broken) console.log(`  ${times === 0 ? 'holds' : `BROKEN ${times} times`}: ${name}`);
if (shown > 0) process.exitCode = 1;
