import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyLedger } from '../../core/evidence/ledger/verify-ledger.ts';
import { readLedger } from '../../core/evidence/ledger-store.ts';
import { allowedSigners, type Observation, observe, sharedLedger } from './invariants.ts';
import { caseKinds } from './random-case.ts';
import { summarise } from './summary.ts';

/** Each kind of change three times; `npm run invariants -- 25000` takes as many as it is told. */
const RUNS = caseKinds.length * 3;

let folder: string;
const observations: Observation[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aegis-invariants-'));
  const ledger = sharedLedger(folder);
  for (let seed = 0; seed < RUNS; seed += 1) observations.push(await observe(seed, ledger));
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test(`every invariant holds of ${RUNS} random preflights`, () => {
  expect(summarise(observations).violations).toEqual([]);
});

test('every verdict, every fact and every kind of refusal occurs', () => {
  expect(summarise(observations).missing).toEqual([]);
});

test('10 the ledger is free of gaps, and has each run once', async () => {
  const files = await readLedger(folder);
  const { problems, records } = verifyLedger(files as NonNullable<typeof files>, { allowedSigners });
  expect(problems).toEqual([]);
  expect(records.map(({ run }) => run)).toEqual(Array.from({ length: RUNS }, (_, seed) => `run-${seed}`));
});
