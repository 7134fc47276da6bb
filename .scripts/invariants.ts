// `npm run invariants [-- <runs> [--workers <n>] [--first <seed>]]`: what must hold of every preflight, checked on as many
// random ones as are asked for (500 when none are), by several processes that keep one ledger. Ends with 1 when something
// does not hold, or when a verdict or a refusal that should occur does not.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { verifyLedger } from '../core/evidence/ledger/verify-ledger.ts';
import { readLedger } from '../core/evidence/ledger-store.ts';
import { allowedSigners, type Observation } from '../tests/invariants/invariants.ts';
import { summarise } from '../tests/invariants/summary.ts';
import { projectFolder } from './install-packages.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { workers: { type: 'string', default: '8' }, first: { type: 'string', default: '0' } },
});
const [runs, workers, first] = [positionals[0] ?? '500', values.workers, values.first].map(Number) as [
  number,
  number,
  number,
];
if (![runs, workers, first].every(Number.isInteger) || runs < 1 || workers < 1 || workers > 64 || first < 0) {
  console.error('Say how many runs, and how many processes: npm run invariants -- 25000 --workers 8');
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'aegis-invariants-'));
const observations: Observation[] = [];
const start = performance.now();
const seconds = (): number => (performance.now() - start) / 1000;
let told = 0;
try {
  const codes = await Promise.all(
    Array.from({ length: Math.min(workers, runs) }, (_, index) => {
      const program = join(projectFolder, 'tests/invariants/worker.ts');
      const child = spawn(
        process.execPath,
        [program, folder, String(first), String(first + runs), String(index), String(Math.min(workers, runs))],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      createInterface({ input: child.stdout }).on('line', (line) => {
        observations.push(JSON.parse(line) as Observation);
        if (seconds() < told + 30) return;
        told = seconds();
        console.error(`${observations.length} of ${runs} after ${told.toFixed(0)} s`);
      });
      return new Promise<number | null>((settle) => child.on('close', settle));
    }),
  );
  const { verdicts, facts, kinds, violations, missing } = summarise(observations);
  const took = seconds();
  const files = await readLedger(folder);
  const ledger = files && verifyLedger(files, { allowedSigners });
  console.log(
    `${observations.length} preflights by ${codes.length} processes in ${took.toFixed(1)} s: ${(observations.length / took).toFixed(1)} a second`,
  );
  console.log('\nVerdicts');
  for (const [name, times] of Object.entries(verdicts)) console.log(`  ${name.padEnd(16)} ${times}`);
  console.log('\nFacts');
  for (const [name, times] of Object.entries(facts)) console.log(`  ${name.padEnd(16)} ${times}`);
  console.log('\nKinds of change: ready / need approval / blocked, of these refused');
  for (const [name, { ship_ready, needs_approval, blocked, refused }] of Object.entries(kinds))
    console.log(`  ${name.padEnd(26)} ${ship_ready} / ${needs_approval} / ${blocked}, ${refused}`);
  const problems = [
    ...violations,
    ...missing.map((name) => `did not occur: ${name}`),
    ...codes.flatMap((code) => (code === 0 ? [] : [`a process ended with ${code}`])),
    ...(observations.length === runs ? [] : [`${runs - observations.length} runs are missing`]),
    ...(ledger?.problems.map(({ message }) => `10 the ledger: ${message}`) ?? ['10 there is no ledger']),
    ...(ledger && ledger.records.length !== runs ? [`10 the ledger has ${ledger.records.length} records`] : []),
  ];
  for (const problem of problems.slice(0, 40)) console.error(problem);
  console.log(
    problems.length === 0 ? '\nEvery invariant holds; the ledger is free of gaps.' : `\n${problems.length} problems.`,
  );
  if (problems.length > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
