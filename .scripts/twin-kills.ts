// `npm run twin-kills [-- <times>]`: kills the owner of a twin with SIGKILL at random moments (100 times when no number is
// given) and looks for what is left: processes, namespaces, files. Ends with 1 when anything is.
import { killTwin } from '../tests/frr/kills.ts';

const [times = 100] = process.argv.slice(2).map(Number);
if (!Number.isInteger(times) || times < 1) {
  console.error('Say how many twins to kill, as a whole number: npm run twin-kills -- 20');
  process.exit(2);
}

/** A twin stands after some seconds: the moments lie before, in and behind every step of its making. */
const LATEST_MS = 12_000;

let bad = 0;
let slowest = 0;
let most = 0;
let living = 0;
const start = performance.now();
for (let time = 0; time < times; time += 1) {
  const { afterMs, processes, left, goneAfterMs } = await killTwin(Math.floor(Math.random() * LATEST_MS));
  slowest = Math.max(slowest, goneAfterMs);
  most = Math.max(most, processes);
  if (processes > 0) living += 1;
  if (left.length === 0) continue;
  bad += 1;
  console.log(`killed after ${afterMs} ms, left behind: ${left.join('; ')}`);
}
console.log(
  `${times} owners killed, ${living} while a twin had processes (at most ${most}); ${bad} left something behind; the rest was gone within ${slowest} ms; ${Math.round((performance.now() - start) / 1000)} s`,
);
if (bad > 0) process.exitCode = 1;
