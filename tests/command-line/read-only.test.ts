import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedFolder } from '../support/shared.ts';
import { aegis } from './aegis.ts';

describe('aegis simulate', { timeout: 90_000 }, () => {
  it('prints a table for people', async () => {
    const { code, stdout } = await aegis(['simulate', 'labs/single']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^10\.10\.20\.0\/24 +static +1\/0 +10\.10\.1\.2/m);
    expect(stdout).toMatch(/Converged after \d+ rounds?\./);
  });

  it('prints its documented format for machines', async () => {
    const { code, stdout } = await aegis(['simulate', 'labs/single', '--json']);
    expect(code).toBe(0);
    const state = JSON.parse(stdout) as {
      readonly nodes: Record<string, Record<string, { readonly routes: readonly unknown[] }>>;
      readonly notModelled: Record<string, readonly unknown[]>;
    };
    expect(Object.keys(state).sort()).toEqual(['nodes', 'notModelled']);
    expect(state.nodes.r1?.default?.routes).toContainEqual({
      prefix: '10.10.20.0/24',
      protocol: 'static',
      ad: 1,
      metric: 0,
      nextHops: [expect.objectContaining({ ip: '10.10.1.2', vrf: null })],
    });
    expect(state.notModelled.r1).toContainEqual({ line: expect.any(Number), text: expect.any(String) });
  });

  it('is the same, byte for byte, each time and from each folder', async () => {
    const [a, b] = await Promise.all([
      aegis(['simulate', 'labs/dcn-10node', '--json']),
      aegis(['simulate', 'dcn-10node/dcn-10node.clab.yml', '--json'], { cwd: join(import.meta.dirname, '../../labs') }),
    ]);
    expect(a.stdout).toBe(b.stdout);
  });
});

describe('aegis compliance', { timeout: 90_000 }, () => {
  it('prints each control with its status and the lines behind it, and says failures by its exit code', async () => {
    const { code, stdout } = await aegis(['compliance', 'labs/edge-slice', '--framework', 'disa-stig']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL +\S+ \[(high|medium|low)\] /m);
    expect(stdout).toMatch(/configs\/\w+\.cfg:\d+: /);
    expect(stdout).toMatch(/Nothing here is a certification\.\n$/);
  });

  it('prints every row for machines', async () => {
    const { stdout } = await aegis(['compliance', 'labs/edge-slice', '--json']);
    const { devices, rows } = JSON.parse(stdout) as {
      devices: string[];
      rows: { framework: string; status: string }[];
    };
    expect(devices).toContain('pe1');
    expect(new Set(rows.map(({ framework }) => framework)).size).toBe(12);
  });

  it('names the frameworks when one is asked for that there is not', async () => {
    const { code, stderr } = await aegis(['compliance', 'labs/single', '--framework', 'none']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/The frameworks are: pci-dss, soc2/);
  });
});

describe('aegis lint', { timeout: 90_000 }, () => {
  it('finds nothing of error severity in the labs', async () => {
    for (const lab of ['single', 'edge-slice', 'dcn-10node']) {
      expect(await aegis(['lint', `labs/${lab}`])).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/0 of error severity\.\n$/),
      });
    }
  });

  it('reads one file, or a folder of configurations, and says errors by its exit code', async () => {
    const folder = 'labs/edge-slice/changes/policy-removed';
    const file = await aegis(['lint', 'labs/edge-slice/configs/pe1.cfg', '--json']);
    expect(JSON.parse(file.stdout)).toMatchObject({ counts: { P0: 0 } });
    const whole = await aegis(['lint', `${folder}/configs`]);
    expect(whole.code).toBe(1);
    expect(whole.stdout).toMatch(/^labs\/edge-slice\/changes\/policy-removed\/configs\/pe1\.cfg:\d+:\d+ +P0 error /m);
  });

  it('writes SARIF with paths that are relative to the current folder', async () => {
    const { stdout } = await aegis([
      'lint',
      join(import.meta.dirname, '../../labs/edge-slice/changes/policy-removed/configs'),
      '--sarif',
    ]);
    const log = JSON.parse(stdout) as {
      readonly version: string;
      readonly runs: readonly {
        readonly results: readonly {
          readonly ruleId: string;
          readonly locations: readonly {
            readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
          }[];
        }[];
      }[];
    };
    expect(log.version).toBe('2.1.0');
    expect(log.runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(
      'labs/edge-slice/changes/policy-removed/configs/pe1.cfg',
    );
  });
});

describe('aegis diff', { timeout: 90_000 }, () => {
  it('counts and lists what a change does', async () => {
    const { code, stdout } = await aegis(['diff', 'labs/single', '--change', 'labs/single/changes/add-static']);
    expect(code).toBe(0);
    expect(stdout).toContain('Routes: 1 added, 0 removed, 0 changed.');
    expect(stdout).toMatch(/\+ +r1 +default +10\.10\.50\.0\/24/);
  });
});

const realnets = sharedFolder('realnets');

describe.skipIf(realnets === null)('real networks (needs ../shared/realnets)', { timeout: 90_000 }, () => {
  it.each(realnets === null ? [] : readdirSync(join(realnets, 'labs')))('%s loads and simulates', async (name) => {
    const { code, stdout, stderr } = await aegis(['simulate', join(realnets ?? '', 'labs', name), '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(Object.keys((JSON.parse(stdout) as { readonly nodes: object }).nodes).length).toBeGreaterThan(0);
  });
});
