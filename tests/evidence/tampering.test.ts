import { expect, test } from 'vitest';
import { packageFor, tamper } from './tampering.ts';

/** `npm run tamper` tries every byte of a small package; here some of each file, and all of what no digest covers. */
test('no changed byte of a small package goes unseen', { timeout: 120_000 }, async () => {
  const { undetected, changes } = tamper(await packageFor('small'), (path, at, length) => {
    const step = /^SHA256SUMS/.test(path) ? 7 : Math.ceil(length / 25);
    return at % step === 0 || at === length - 1;
  });
  expect(changes).toBeGreaterThan(300);
  expect(undetected).toEqual([]);
});

test('nor of a large one, sampled', { timeout: 120_000 }, async () => {
  const files = await packageFor({ devices: 3, lines: 120, routes: 150, verdict: 'blocked' });
  const { undetected, changes } = tamper(files, (_path, at, length) => at % Math.ceil(length / 5) === 1 || length < 2);
  expect(changes).toBeGreaterThan(60);
  expect(undetected).toEqual([]);
});
