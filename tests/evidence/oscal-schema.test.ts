import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { simulatorBackend } from '../../core/backends/simulator.ts';
import { parseConfig } from '../../core/config/parse.ts';
import type { EvidenceBundle } from '../../core/evidence/bundle.ts';
import { type SampleSize, sampleRun, testKey } from '../../core/evidence/fixtures/sample-run.ts';
import { assessmentResults } from '../../core/evidence/oscal/assessment-results.ts';
import { buildBundle } from '../../core/orchestrator/bundle.ts';
import { changeOf, pair } from '../../core/orchestrator/fixtures/lab.ts';
import { runPreflight } from '../../core/orchestrator/preflight.ts';
import { sharedFolder } from '../support/shared.ts';

const folder = sharedFolder('schemas');
const key = testKey();
const integrity = {
  namespace: 'preflight-evidence@v1',
  principal: key.principal,
  keyFingerprint: key.fingerprint,
} as const;

/** A real run of the pipeline. */
async function realBundle(after: string): Promise<EvidenceBundle> {
  const { run, verdict } = await runPreflight(
    {
      change: await changeOf(pair(), { r1: `${pair().configs.r1}${after}` }),
      baseline: 'the lab',
      operator: 'an operator',
    },
    {
      backend: simulatorBackend(),
      parse: parseConfig,
      clock: { now: () => '2026-01-31T09:30:00.000Z', monotonic: () => 0 },
      runId: 'run-1',
      tool: { name: 'AEGIS', version: '0.1.0' },
    },
  );
  return { ...buildBundle(run, verdict).bundle, integrity };
}

describe.skipIf(folder === null)('OSCAL by the official schema (needs ../shared/schemas)', () => {
  const schema =
    folder === null ? {} : JSON.parse(readFileSync(join(folder, 'oscal_assessment-results_schema.json'), 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = folder === null ? () => false : ajv.compile(schema);
  const valid = (bundle: EvidenceBundle, verified: boolean): unknown => {
    const document = JSON.parse(JSON.stringify(assessmentResults(bundle, { bundleSha256: 'a'.repeat(64), verified })));
    return validate(document) ? 'valid' : (validate as { errors?: unknown }).errors;
  };
  const sizes: readonly SampleSize[] = (['ship_ready', 'needs_approval', 'blocked'] as const).flatMap((verdict) =>
    [1, 9].map((devices) => ({ devices, lines: 3, routes: 4, verdict })),
  );

  it.each(sizes)('every sample: $verdict, $devices device(s)', (size) => {
    const bundle = { ...sampleRun(size).bundle, integrity };
    expect(valid(bundle, true)).toBe('valid');
    expect(valid(bundle, false)).toBe('valid');
    expect(valid({ ...bundle, compliance: { status: 'not_run', reason: 'The change was refused.' } }, true)).toBe(
      'valid',
    );
  });

  it.each([
    ['a route', 'ip route 10.9.0.0/24 10.0.0.1\n'],
    ['a banner that hides a command', 'banner motd #\nreload\n#\nconf t\nreload\n'],
    ['BGP', 'router bgp 65001\n neighbor 10.0.0.1 remote-as 65002\n'],
  ])('a real run: %s', async (_, after) => {
    expect(valid(await realBundle(after), true)).toBe('valid');
  });

  it('refuses a document that is not one', () => {
    expect(validate({ 'assessment-results': {} })).toBe(false);
  });
});
