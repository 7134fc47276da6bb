import { expect, test } from 'vitest';
import { simulatorBackend } from '../backends/simulator.ts';
import { parseConfig } from '../config/parse.ts';
import type { UnsealedBundle } from '../evidence/bundle.ts';
import { canonicalJson } from '../evidence/canonical.ts';
import { readReportFonts } from '../evidence/files.ts';
import { testKey } from '../evidence/fixtures/sample-run.ts';
import { type ComposedPackage, composePackage } from '../evidence/package/compose.ts';
import { changeOf, pair } from './fixtures/lab.ts';
import { runPreflight } from './preflight.ts';

const RUN = { id: 'run-a', time: '2026-01-31T09:30:00.000Z', tick: 3 };

/** The sealed package of one change, at a time and under a name. */
async function sealedAt({ id, time, tick }: typeof RUN): Promise<ComposedPackage> {
  const r1 = `${pair().configs.r1}ip route 10.77.0.0/24 10.0.0.1\n`;
  let sealed: ComposedPackage | undefined;
  let elapsed = 0;
  const fonts = await readReportFonts();
  await runPreflight(
    { change: await changeOf(pair(), { r1 }), baseline: 'the lab', operator: 'an operator' },
    {
      backend: simulatorBackend(),
      parse: parseConfig,
      clock: {
        now: () => time,
        monotonic: () => {
          elapsed += tick;
          return elapsed;
        },
      },
      runId: id,
      tool: { name: 'aegis', version: '0.1.0' },
      seal: async (bundle, inputs) => {
        sealed = await composePackage(bundle, inputs, testKey(), fonts);
        return { folder: id, bundleSha256: sealed.bundleSha256 };
      },
    },
  );
  if (!sealed) throw new Error('The run was not sealed.');
  return sealed;
}

/** Run id and times, which alone may differ. */
function withoutTimes(bundle: UnsealedBundle): string {
  const timeless = JSON.stringify(bundle, (name, value: unknown) =>
    ['runId', 'created', 'startedAt', 'durationMs', 'convergenceMs'].includes(name) ? null : value,
  );
  return canonicalJson(JSON.parse(timeless));
}

test('the same input under the same clock gives the same package, byte for byte', async () => {
  const [one, other] = [await sealedAt(RUN), await sealedAt(RUN)];
  expect([...one.files.keys()]).toEqual([...other.files.keys()]);
  for (const [path, bytes] of one.files)
    expect(Buffer.compare(bytes, other.files.get(path) ?? new Uint8Array()), path).toBe(0);
});

test('at another time and under another name only run id and times differ', async () => {
  const [one, other] = [
    await sealedAt(RUN),
    await sealedAt({ id: 'run-b', time: '2026-05-05T05:05:05.000Z', tick: 11 }),
  ];
  expect(canonicalJson(one.bundle)).not.toBe(canonicalJson(other.bundle));
  expect(withoutTimes(one.bundle)).toBe(withoutTimes(other.bundle));
  const inputs = (sealed: ComposedPackage) =>
    [...sealed.files].filter(([path]) => /^(configs|raw|topology)/.test(path));
  expect(inputs(one)).toEqual(inputs(other));
});
