import { describe, expect, test } from 'vitest';
import { testKey } from './fixtures/sample-run.ts';
import { approvedServices, ceilingOf, decidePolicy, type PolicyInput, readPolicy } from './policy.ts';
import { signMessage } from './seal/sshsig.ts';

const signer = testKey(3);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const keyText = (seed: number): string => `ssh-ed25519 ${Buffer.from(testKey(seed).publicKeyBlob).toString('base64')}`;
const pin = `policy@site namespaces="preflight-policy@v1" ${keyText(3)}\n`;
const POLICY = `
policyVersion: 1
site: bank-a
ceiling: HITL
approvals:
  required: { low: 0, medium: 1, high: 2, critical: 2 }
  approvers:
    - name: Alice Example
      roles: [network]
      key: ${keyText(4)}
promotion:
  maxAgeHours: 72
`;

const decide = (input: Partial<PolicyInput> & { readonly text?: string } = {}) => {
  const { text = POLICY, ...rest } = input;
  return decidePolicy({
    policy: bytes(text),
    signature: signMessage(bytes(text), 'preflight-policy@v1', signer),
    allowedSigners: pin,
    revokedKeys: '',
    now: 0,
    ...rest,
  });
};

test('a policy that a pinned key signed is believed; what it leaves out is the strict answer', () => {
  const decision = decide();
  expect(decision).toMatchObject({
    status: 'trusted',
    signer: 'policy@site',
    policy: { promotion: { live: false, targets: {} }, perimeter: [] },
  });
  expect(ceilingOf(decision)).toMatchObject({ level: 'HITL' });
});

test('a site without a policy and without a policy signer has none', () => {
  expect(decide({ policy: null, signature: null, allowedSigners: '' })).toEqual({ status: 'absent' });
  expect(ceilingOf({ status: 'absent' })).toBeNull();
});

describe('what is not believed blocks everything, and says why', () => {
  test.each([
    ['unsigned', { signature: null }, 'is not signed'],
    ['removed although a signer is pinned', { policy: null, signature: null }, 'there is no policy file'],
    ['changed after it was signed', { policy: bytes(POLICY.replace('HITL', 'AUTO')) }, 'does not fit'],
    [
      'signed by somebody else',
      { signature: signMessage(bytes(POLICY), 'preflight-policy@v1', testKey(5)) },
      'not pinned',
    ],
    [
      'signed for something else',
      { signature: signMessage(bytes(POLICY), 'preflight-evidence@v1', signer) },
      'does not fit',
    ],
    [
      'signed by a key that is allowed for everything only',
      { allowedSigners: `policy@site ${keyText(3)}\n` },
      'not pinned',
    ],
    ['signed by a key for seals', { allowedSigners: pin.replace('policy@v1', 'evidence@v1') }, 'not pinned'],
    [
      'signed by an expired key',
      { allowedSigners: pin.replace('namespaces', 'valid-before="20200101Z",namespaces'), now: Date.UTC(2026, 0) },
      'no longer valid',
    ],
    ['signed by a revoked key', { revokedKeys: keyText(3) }, 'is revoked'],
    ['with a signature that is none', { signature: 'alg: none' }, 'cannot be read'],
    ['judged by keys that cannot be read', { allowedSigners: 'what is this' }, 'Line 1'],
    ['judged by revocations that cannot be read', { revokedKeys: 'what is this' }, 'Line 1'],
    ['of another version', { text: POLICY.replace('policyVersion: 1', 'policyVersion: 2') }, 'policyVersion'],
    ['with an unknown ceiling', { text: POLICY.replace('HITL', 'ANY') }, 'ceiling'],
    ['with an unknown key', { text: `${POLICY}allowAll: true\n` }, 'schema'],
    ['with a key twice', { text: `${POLICY}ceiling: AUTO\n` }, 'not valid YAML'],
    ['with an alias', { text: POLICY.replace('site: bank-a', 'site: &a bank-a\n\nx: *a') }, 'alias'],
    ['with a merge', { text: `${POLICY}<<: { ceiling: AUTO }\n` }, 'schema'],
    ['with a prototype', { text: `${POLICY}__proto__: { ceiling: AUTO }\n` }, 'schema'],
    ['with a key that is none', { text: POLICY.replace(keyText(4), 'ssh-rsa AAAA') }, 'approvers'],
    [
      'that is not UTF-8',
      { policy: Uint8Array.of(0xff), signature: signMessage(Uint8Array.of(0xff), 'preflight-policy@v1', signer) },
      'UTF-8',
    ],
  ])('%s', (_title, input, reason) => {
    const decision = decide(input);
    expect(decision).toMatchObject({ status: 'untrusted', reason: expect.stringContaining(reason) });
    expect(ceilingOf(decision)?.level).toBe('BLOCK');
    expect(ceilingOf(decision)?.reason).toContain(reason);
  });
});

test('property: no byte of a signed policy can be changed', () => {
  const signature = signMessage(bytes(POLICY), 'preflight-policy@v1', signer);
  for (let at = 0; at < POLICY.length; at += 1) {
    const copy = bytes(POLICY);
    copy[at] = (copy[at] ?? 0) ^ 1;
    expect(decide({ policy: copy, signature }).status).toBe('untrusted');
  }
});

test('a policy can be read without being believed, for the editor', () => {
  expect(readPolicy(bytes(POLICY)).ok).toBe(true);
  expect(readPolicy(bytes('a: [')).ok).toBe(false);
});

test('approved services have ports and ranges of ports, which are numbers that a port can have', () => {
  const services = (ports: string) =>
    readPolicy(
      bytes(
        `${POLICY}services:\n  - { protocol: tcp, ports: ${ports}, reason: Web }\n  - { protocol: icmp, reason: Operations }\n`,
      ),
    );
  const read = services("['443', '8000-8010']");
  expect(read.ok && approvedServices(read.policy.services ?? [])).toEqual([
    {
      protocol: 'tcp',
      ports: [
        [443, 443],
        [8000, 8010],
      ],
    },
    { protocol: 'icmp' },
  ]);
  for (const wrong of ["['70000']", "['20-10']", '[]', "['https']"])
    expect(services(wrong)).toMatchObject({ ok: false });
});
