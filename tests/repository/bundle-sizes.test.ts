// What the editor waits for when the extension starts: the budgets of its bundles. Twelve languages are read.
import { expect, test } from 'vitest';
import { bytesAtStart } from '../../.scripts/build/bundles.ts';

test('the server reads at most 1.7 MB at its start, the extension 500 kB', { timeout: 60_000 }, async () => {
  const { server, client } = await bytesAtStart();
  expect(server).toBeGreaterThan(100_000);
  expect(server).toBeLessThanOrEqual(1_700_000);
  expect(client).toBeGreaterThan(100_000);
  expect(client).toBeLessThanOrEqual(500_000);
});
