import { describe, expect, it } from 'vitest';
import type { EvidenceBundle } from '../bundle.ts';
import { SMALL, sampleRun, testKey } from '../fixtures/sample-run.ts';
import { assessmentResults } from './assessment-results.ts';
import { controlToken } from './control-token.ts';
import { uuidV5 } from './uuid.ts';

const key = testKey();
const integrity = {
  namespace: 'preflight-evidence@v1',
  principal: key.principal,
  keyFingerprint: key.fingerprint,
} as const;
const bundle: EvidenceBundle = { ...sampleRun(SMALL).bundle, integrity };
const of = (subject: EvidenceBundle, verified = true) =>
  assessmentResults(subject, { bundleSha256: 'a'.repeat(64), verified })['assessment-results'];

interface Finding {
  readonly target: { readonly 'target-id': string; readonly status: { readonly state: string } };
}

describe('OSCAL assessment results', () => {
  it('have one set per framework, and a finding only where a control was decided', () => {
    const { results } = of(bundle);
    expect(results.map(({ title }) => title)).toEqual([
      'DISA STIG',
      'NIST SP 800-53 Rev. 5',
      'SOC 2 (TSC 2017, points of focus 2022)',
    ]);
    const findings = (result: (typeof results)[number]) =>
      'findings' in result && result.findings ? result.findings : [];
    const [stig, nist, soc] = results.map((result) => findings(result) as readonly Finding[]);
    expect(stig?.map(({ target }) => [target['target-id'], target.status.state])).toEqual([
      ['cisc-rt-000470', 'satisfied'],
      ['cisc-rt-000120', 'not-satisfied'],
    ]);
    expect(nist?.map(({ target }) => target['target-id'])).toEqual(['cm-3.2']);
    expect(soc).toEqual([]);
    expect('findings' in (results[2] ?? {})).toBe(false);
  });

  it('are the same for the same run, and other identifiers for another', () => {
    expect(of(bundle)).toEqual(of(bundle));
    expect(of({ ...bundle, runId: 'run-2' }).uuid).not.toBe(of(bundle).uuid);
  });

  it('say in title, property and remarks that evidence was not verified', () => {
    const { metadata } = of(bundle, false);
    expect(metadata.title).toMatch(/^UNVERIFIED/);
    expect(metadata.remarks).toMatch(/^UNVERIFIED/);
    expect(metadata.props).toContainEqual(expect.objectContaining({ name: 'verification', value: 'unverified' }));
  });

  it('say that nothing was assessed where no control was asked', () => {
    const { results } = of({ ...bundle, compliance: { status: 'not_run', reason: 'The change was refused.' } });
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ title: 'No control was assessed', description: 'The change was refused.' });
  });
});

it('identifiers are version 5 UUIDs of their name', () => {
  expect(uuidV5('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(uuidV5('a')).not.toBe(uuidV5('b'));
});

it.each([
  ['PCI DSS v4.0.1', '1.2.1', 'pci-1.2.1'],
  ['NIST SP 800-53 Rev. 5', 'CM-3(2)', 'cm-3.2'],
  ['HIPAA Security Rule (45 CFR 164)', '164.312(e)(1)', 'hipaa-164.312.e.1'],
  ['DORA RTS 2024/1774 art. 17 and NIS 2 2024/2690 annex 6.4', 'NIS2 6.4.2(risk)', 'nis2-6.4.2.risk'],
  ['A framework: of somebody', '7', 'a-framework-of-somebody-7'],
])('%s %s is the token %s', (framework, control, token) => {
  expect(controlToken(framework, control)).toBe(token);
});
