import { describe, expect, it } from 'vitest';
import { simulatorBackend } from '../../backends/simulator.ts';
import { parseConfig } from '../../config/parse.ts';
import { checkBundle } from '../../evidence/parse-bundle.ts';
import { buildBundle } from '../bundle.ts';
import { changeOf, pair } from '../fixtures/lab.ts';
import { runPreflight } from '../preflight.ts';
import type { PreflightServices } from '../run.ts';

const services: PreflightServices = {
  backend: simulatorBackend(),
  parse: parseConfig,
  clock: { now: () => '2026-01-31T09:30:00.000Z', monotonic: () => 0 },
  runId: 'run-1',
  tool: { name: 'AEGIS', version: '0.1.0' },
};

async function preflight(before: string, after: string) {
  const lab = pair(before);
  const change = await changeOf(lab, { r1: pair(after).configs.r1 ?? '' });
  return runPreflight({ change, baseline: 'the lab as it stands', operator: 'an operator' }, services);
}

const SPARE = 'interface eth9\n description spare\n shutdown\nexit\n';

describe('compliance in a preflight', () => {
  it('asks the devices of the change, and knows what the twin showed', async () => {
    const { run, verdict } = await preflight('', 'ip route 10.9.0.0/24 10.0.0.1\n');
    expect(run.compliance?.nodes).toEqual(['r1']);
    const tested = run.compliance?.rows.find(({ control }) => control === 'CM-3(2)');
    expect(tested).toMatchObject({ status: 'pass', class: 'twin-tested' });
    expect(run.compliance?.rows.find(({ control }) => control === 'CP-10')).toMatchObject({ status: 'pass' });
    expect(verdict.value).toBe('ship_ready');
  });

  it('needs an approval when a control held before the change and fails after it', async () => {
    const { run, verdict } = await preflight(SPARE, SPARE.replace(' shutdown\n', ''));
    expect(verdict.value).not.toBe('ship_ready');
    expect(verdict.reasons).toContainEqual(
      expect.objectContaining({
        code: 'control-worse',
        message: expect.stringContaining('Ports that are not used are shut down'),
        place: expect.objectContaining({ node: 'r1' }),
      }),
    );
    const { bundle } = buildBundle(run, verdict);
    expect(bundle.compliance).toMatchObject({
      status: 'checked',
      worsened: [{ device: 'r1', title: 'Ports that are not used are shut down' }],
    });
  });

  it('writes rows that are part of a bundle as it must be', async () => {
    const { run, verdict } = await preflight('', 'ip route 10.9.0.0/24 10.0.0.1\n');
    const { bundle } = buildBundle(run, verdict);
    const integrity = {
      namespace: 'preflight-evidence@v1',
      principal: 'seal@test',
      keyFingerprint: `SHA256:${'A'.repeat(43)}`,
    };
    expect(checkBundle({ ...bundle, integrity })).toMatchObject({ ok: true });
    if (bundle.compliance.status !== 'checked') throw new Error('The controls were asked.');
    expect(
      bundle.compliance.rows
        .flatMap(({ evidence }) => evidence)
        .some((text) => /^r1, configs\/r1\.cfg(:\d+)?: /.test(text)),
    ).toBe(true);
  });
});
