// A process that appends to a ledger: `node ledger-writer.ts <folder> <name> <count>`.
import { runEntry, sampleLedger } from '../../core/evidence/fixtures/sample-ledger.ts';

const [folder = '', name = '', count = '0'] = process.argv.slice(2);
const ledger = sampleLedger(folder, { now: () => new Date().toISOString() });
for (let number = 0; number < Number(count); number += 1) {
  await ledger.append(runEntry(`${name}-${number}`));
  process.stdout.write('.');
}
