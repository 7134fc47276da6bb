import { expect, test } from 'vitest';
import { bundleSchema, type EvidenceBundle } from '../../core/evidence/bundle.ts';
import { sampleRun } from '../../core/evidence/fixtures/sample-run.ts';
import { runText } from './run-text.ts';

const { bundle: unsealed } = sampleRun({ devices: 1, lines: 2, routes: 3, verdict: 'blocked' });
const bundle: EvidenceBundle = bundleSchema.parse({
  ...unsealed,
  integrity: {
    namespace: 'preflight-evidence@v1',
    principal: 'sealer@example.invalid',
    keyFingerprint: `SHA256:${'A'.repeat(43)}`,
  },
});
const sectionOf = (text: string, title: string): readonly string[] =>
  text.split(`# ${title}\n`)[1]?.split('\n\n')[0]?.split('\n') ?? [];

test('the verdict and every reason stand first', () => {
  const [value, ...reasons] = sectionOf(runText(bundle), 'Verdict');
  expect(value).toBe(bundle.verdict.value);
  expect(reasons).toEqual(bundle.verdict.reasons.map(({ code, message }) => `${code}: ${message}`));
  expect(runText(bundle)).toMatch(/^# Verdict\n/);
});

test('every route and every session that differs is there, and every stage', () => {
  const { stateDiff, stages } = bundle;
  if (stateDiff.status !== 'measured') throw new Error('the sample has a measured state difference');
  const text = runText(bundle);
  for (const { device, prefix } of stateDiff.routes) expect(text).toContain(`${device}: ${prefix}`);
  for (const { device, peer } of stateDiff.sessions) expect(text).toContain(`${device}: BGP session with ${peer}`);
  expect(sectionOf(text, 'Stages')).toHaveLength(stages.length);
});

test('a part that was not run says why, and is not said to be without differences', () => {
  const text = runText({ ...bundle, stateDiff: { status: 'not_run', reason: 'The twin did not converge.' } });
  expect(sectionOf(text, 'Routes')).toEqual(['not run: The twin did not converge.']);
});

test('two runs of the same facts differ only in what names the run', () => {
  const again = { ...bundle, runId: 'another-run', created: '2026-01-02T03:04:05Z' };
  const [one, other] = [runText(bundle), runText(again)].map((text) => text.split('\n'));
  const different = one!.flatMap((line, index) => (line === other![index] ? [] : [line.split(/\s+/)[0]]));
  expect(different).toEqual(['id', 'created']);
});
