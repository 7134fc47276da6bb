import { describe, expect, test } from 'vitest';
import type { EvidenceBundle } from './bundle.ts';
import { canonicalBytes, canonicalJson } from './canonical.ts';
import { contradictions } from './contradictions.ts';
import { SMALL, sampleRun, testKey } from './fixtures/sample-run.ts';
import { checkBundle, parseBundle } from './parse-bundle.ts';
import { isSafeFileName } from './primitives.ts';

const key = testKey();
const integrity = {
  namespace: 'preflight-evidence@v1',
  principal: key.principal,
  keyFingerprint: key.fingerprint,
} as const;
const sample = (): EvidenceBundle => ({ ...sampleRun(SMALL).bundle, integrity });

/** The sample with one value replaced, by its path. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(sample()) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at = copy;
  for (const name of keys) at = at[name] as Record<string, unknown>;
  at[last] = value;
  return copy;
}

function problems(value: unknown): readonly string[] {
  const result = checkBundle(value);
  return result.ok ? [] : result.problems.map(({ message }) => message);
}

test('a complete bundle is accepted and comes back from its canonical bytes', () => {
  const bundle = sample();
  expect(problems(bundle)).toEqual([]);
  expect(parseBundle(canonicalBytes(bundle))).toEqual({ ok: true, bundle });
});

describe('the schema refuses', () => {
  test.each([
    ['an unknown version', 'bundleVersion', 2],
    ['an unknown verdict', 'verdict.value', 'ready'],
    ['a verdict without a reason', 'verdict.reasons', []],
    ['an unknown risk tier', 'risk.tier', 'none'],
    ['a float', 'twin.convergenceMs', 41.5],
    ['negative zero', 'twin.convergenceMs', -0],
    ['a negative count', 'twin.rounds', -1],
    ['an integer that is not safe', 'twin.rounds', 2 ** 53],
    ['a number as text', 'twin.nodes', '10'],
    ['a local time', 'created', '2026-01-31T09:30:00+01:00'],
    ['a day that does not exist', 'created', '2026-02-30T09:30:00Z'],
    ['a digest in capitals', 'states.before', 'A'.repeat(64)],
    ['a short digest', 'states.before', 'ab'],
    ['a run id that climbs out of its folder', 'runId', '../run'],
    ['a device name that climbs out of its folder', 'change.devices.0.name', '../../etc/passwd'],
    ['a device name with a separator', 'change.devices.0.name', 'a/b'],
    ['a device name that Windows keeps for itself', 'change.devices.0.name', 'con'],
    ['a topology that is named like the bundle', 'twin.topology.file', 'bundle.json'],
    ['a line break in a one-line text', 'operator', 'a\nb'],
    ['a bidirectional override', 'operator', 'a\u202eb'],
    ['half of a surrogate pair', 'change.devices.0.diff', '\ud800'],
    ['a line number of zero', 'findings.0.lines.from', 0],
    ['a namespace of something else', 'integrity.namespace', 'file'],
    ['an unknown key', 'note', 'x'],
    ['an unknown key deep inside', 'twin.note', 'x'],
    ['no stages', 'stages', []],
    ['a missing part', 'rollback', undefined],
    ['a status without its reason', 'egress', { status: 'not_run' }],
  ])('%s', (_title, path, value) => {
    const found = problems(changed(path, value));
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toMatch(/^At /);
  });
});

describe('a bundle may not contradict itself', () => {
  test.each([
    ['ready, but a stage failed', 'stages.0.status', 'failed', 'stage precheck failed'],
    ['ready, but not converged', 'twin.converged', false, 'did not converge'],
    ['ready, but the twin was not run', 'twin', { status: 'not_run', reason: 'x' }, 'the twin was not run'],
    ['ready, but no state was compared', 'stateDiff', { status: 'not_run', reason: 'x' }, 'was not measured'],
    ['ready, but an error was introduced', 'findings.0.severity', 'error', 'findings of error severity'],
    ['ready, but the risk is unknown', 'risk', { status: 'not_run', reason: 'x' }, 'the risk was not decided'],
    [
      'ready, but calls to outside were seen',
      'egress',
      { status: 'measured', method: 'x', result: 'observed', observed: ['192.0.2.9'] },
      'outside',
    ],
    [
      'ready, but the rollback was not executed',
      'rollback',
      { plan: { method: 'x', devices: [] }, executed: false, reason: 'no time', residual: null },
      'the rollback was not executed',
    ],
    ['executed, but nothing was compared', 'rollback.residual', null, 'not both'],
    ['executed, but with a reason why not', 'rollback.reason', 'x', 'not both'],
    ['executed, but the restored state is missing', 'states.rolledBack', null, 'digest of the restored state'],
    ['a tier that no rule gives', 'risk.rules.0.applies', true, 'the highest rule that applies is high'],
    ['a topology without its digest', 'twin.topology.sha256', null, 'both a file and its digest'],
    ['a finding that ends before it begins', 'findings.0.lines.to', 1, 'ends before it begins'],
    ['one stage twice', 'stages.1.id', 'precheck', 'occurs twice'],
    ['two devices that are one file on some systems', 'change.unchanged.0.name', 'DC1-BORDER1', 'occurs twice'],
    [
      'a changed device that did not change',
      'change.devices.0.after',
      sample().change.devices[0]?.before,
      'are the same',
    ],
    ['an added route that was there before', 'stateDiff.routes.1.kind', 'added', 'say otherwise'],
    [
      'a raw file that is a state',
      'raw',
      [{ name: 'state-after.json', sha256: 'a'.repeat(64), description: 'x' }],
      'twice',
    ],
    [
      'an authority that is milder than required',
      'authority',
      { status: 'decided', changeClasses: ['asn'], required: 'BLOCK', ceiling: 'HITL', effective: 'HITL', reasons: [] },
      'give BLOCK',
    ],
  ])('%s', (_title, path, value, message) => {
    expect(problems(changed(path, value)).join('\n')).toContain(message);
  });

  test('a lost session blocks, whatever else is said', () => {
    const { bundle } = sampleRun({ ...SMALL, verdict: 'blocked' });
    expect(contradictions({ ...bundle, integrity })).toEqual([]);
    for (const value of ['ship_ready', 'needs_approval'] as const) {
      const claimed = { ...bundle, integrity, verdict: { ...bundle.verdict, value } };
      expect(contradictions(claimed).join('\n')).toContain('sessions were lost, which must block');
    }
  });
});

test('bytes that are the same bundle in another spelling are refused, with the place', () => {
  const bytes = new TextEncoder().encode(` ${canonicalJson(sample())}`);
  expect(parseBundle(bytes)).toEqual({
    ok: false,
    problems: [{ message: 'The text is not in canonical form (RFC 8785).', offset: 0 }],
  });
});

test('names that are files on every system', () => {
  for (const name of ['r1', 'dc1-leaf1.site', 'A_b', '0']) expect(isSafeFileName(name)).toBe(true);
  for (const name of [
    '',
    '.',
    '..',
    '.hidden',
    'a.',
    'a b',
    'a/b',
    'a\\b',
    'a:b',
    'nul.cfg',
    'COM1',
    'é',
    'x'.repeat(101),
  ]) {
    expect(isSafeFileName(name)).toBe(false);
  }
});
