import { describe, expect, it } from 'vitest';
import { frrHost } from '../support/frr.ts';
import { killTwin } from './kills.ts';

describe.skipIf(frrHost === null)(
  'a twin whose owner is killed (needs FRR and namespaces)',
  { timeout: 60_000 },
  () => {
    // Before there are namespaces, while they are made, while daemons start, and while they talk.
    it.each([0, 300, 900, 2_500])('leaves no process, namespace or file when that happens after %i ms', async (ms) => {
      expect((await killTwin(ms)).left).toEqual([]);
    });
  },
);
