import { describe, expect, it } from 'vitest';
import { simulatorBackend } from '../../backends/simulator.ts';
import { parseConfig } from '../../config/parse.ts';
import type { FailureKind } from '../../network/failures.ts';
import { buildBundle } from '../bundle.ts';
import { changeOf, type LabText } from '../fixtures/lab.ts';
import { runPreflight } from '../preflight.ts';

/** r1 reaches 10.9.0.0/24 behind r2 directly, and by way of r3 when the floating route is there. */
const lab = (floating: string): LabText => ({
  configs: {
    r1: `frr version 8.4
hostname r1
interface eth1
 ip address 10.0.12.1/24
interface eth2
 ip address 10.0.13.1/24
ip route 10.9.0.0/24 10.0.12.2
${floating}`,
    r2: `frr version 8.4
hostname r2
interface eth1
 ip address 10.0.12.2/24
interface eth2
 ip address 10.0.23.2/24
interface eth3
 ip address 10.9.0.1/24
`,
    r3: `frr version 8.4
hostname r3
interface eth1
 ip address 10.0.13.3/24
interface eth2
 ip address 10.0.23.3/24
ip route 10.9.0.0/24 10.0.23.2
`,
  },
  links: ['r1:eth1 r2:eth1', 'r1:eth2 r3:eth1', 'r2:eth2 r3:eth2', 'r2:eth3'],
});
const BACKUP = 'ip route 10.9.0.0/24 10.0.13.3 200\n';

const preflight = async (from: string, to: string, failures?: FailureKind) => {
  let time = 0;
  const change = await changeOf(lab(from), { r1: lab(to).configs.r1 as string });
  return runPreflight(
    { change, intent: 'Test.', baseline: 'the lab', operator: 'tester', ...(failures && { failures }) },
    {
      backend: simulatorBackend(),
      parse: parseConfig,
      clock: { now: () => '2026-01-01T00:00:00Z', monotonic: () => time++ },
      runId: 'run',
      tool: { name: 'aegis', version: '0' },
    },
  );
};

describe('single failures in a preflight', () => {
  it('show what a change takes away that no route shows yet', async () => {
    const { verdict, run } = await preflight(BACKUP, '', 'link');
    const worse = run.failures?.outcomes.filter((one) => one.worse.length > 0);
    expect(worse?.map(({ failure }) => failure.name)).toEqual(['r1:eth1 - r2:eth1']);
    expect(worse?.[0]?.worse).toEqual(['r1: there is no route to 10.9.0.0/24.']);
    expect(verdict.value).toBe('needs_approval');
    expect(verdict.reasons.map(({ code }) => code)).toContain('failure-worse');
    const { bundle } = buildBundle(run, verdict);
    expect(bundle.failures).toMatchObject({ status: 'checked', kind: 'link' });
  });

  it('do not hold what was lost before the change too against it', async () => {
    const { run } = await preflight('', 'ip route 10.8.0.0/24 10.0.12.2\n', 'link');
    expect(run.failures?.outcomes.flatMap(({ worse }) => worse)).toEqual([]);
    expect(run.failures?.outcomes.some(({ after }) => after.losses.length > 0)).toBe(true);
  });

  it('of devices are tried one by one', async () => {
    const { run } = await preflight('', BACKUP, 'node');
    expect(run.failures?.outcomes.map(({ failure }) => failure.name)).toEqual(['r1', 'r2', 'r3']);
  });

  it('are not tried, and nothing is claimed, when nobody asks', async () => {
    const { run, verdict } = await preflight('', BACKUP);
    expect(run.failures).toBeUndefined();
    expect(buildBundle(run, verdict).bundle.failures).toEqual({
      status: 'not_run',
      reason: 'No failures were asked for.',
    });
  });
});
