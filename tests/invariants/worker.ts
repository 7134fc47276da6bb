// Observes its share of the seeds from `first` to `end`, and prints one line of JSON for each:
// `node worker.ts <ledger folder> <first> <end> <index> <workers>`.
import { observe, sharedLedger } from './invariants.ts';
import { caseKinds } from './random-case.ts';

const [folder = '', ...numbers] = process.argv.slice(2);
const [first = 0, end = 0, index = 0, workers = 1] = numbers.map(Number);
const ledger = sharedLedger(folder);
for (let seed = first; seed < end; seed += 1) {
  // Kinds follow each other by the seed; each worker gets all of them, since some take longer than others.
  if ((seed + Math.floor(seed / caseKinds.length)) % workers !== index) continue;
  process.stdout.write(`${JSON.stringify(await observe(seed, ledger))}\n`);
}
