// Observes the seeds from, from + step, ... below end, and prints one line of JSON for each:
// `node worker.ts <ledger folder> <from> <end> <step>`.
import { observe, sharedLedger } from './invariants.ts';

const [folder = '', ...numbers] = process.argv.slice(2);
const [from = 0, end = 0, step = 1] = numbers.map(Number);
const ledger = sharedLedger(folder);
for (let seed = from; seed < end; seed += step)
  process.stdout.write(`${JSON.stringify(await observe(seed, ledger))}\n`);
