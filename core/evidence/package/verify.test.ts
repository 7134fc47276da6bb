import { beforeAll, describe, expect, test } from 'vitest';
import { bindingOf, signApproval } from '../approval.ts';
import { readReportFonts } from '../files.ts';
import { SMALL, sampleRun, testKey } from '../fixtures/sample-run.ts';
import { renderReport } from '../report/report.ts';
import { allowedSignerLine } from '../seal/allowed-signers.ts';
import { ED25519, type SigningKey } from '../seal/openssh-key.ts';
import { sha256Hex, writeSums } from '../seal/sha256sums.ts';
import { signMessage } from '../seal/sshsig.ts';
import { type ComposedPackage, composePackage } from './compose.ts';
import { UNLISTED_FILES } from './layout.ts';
import { renderPackage } from './render.ts';
import { type Verification, verifyContents } from './verify.ts';

const NAMESPACE = 'preflight-evidence@v1';
const key = testKey();
const intruder = testKey(66);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (file: Uint8Array | undefined): string => new TextDecoder().decode(file);
const trusting = (signer: SigningKey): string =>
  allowedSignerLine(signer.principal, NAMESPACE, ED25519, signer.publicKeyBlob);

let sealed: ComposedPackage;
beforeAll(async () => {
  const { bundle, inputs } = sampleRun(SMALL);
  sealed = await composePackage(bundle, inputs, key, await readReportFonts());
});

type Files = Map<string, Uint8Array>;

function verify(files: ReadonlyMap<string, Uint8Array>, allowedSigners = trusting(key)): Verification {
  return verifyContents({ files, problems: [] }, { allowedSigners, principal: null, now: Date.UTC(2026, 1, 1) });
}

/** Lists and signs again what somebody changed. */
function resign(files: Files, signer: SigningKey): void {
  const sums = bytes(writeSums(new Map([...files].filter(([path]) => !UNLISTED_FILES.includes(path)))));
  files.set('SHA256SUMS', sums);
  files.set('SHA256SUMS.sig', bytes(signMessage(sums, NAMESPACE, signer)));
}

const failures = (verification: Verification): readonly string[] =>
  verification.checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
const files = (verification: Verification): ReadonlySet<string | undefined> =>
  new Set(verification.checks.flatMap(({ problems }) => problems.map(({ file }) => file)));

test('a package as sealed passes every check', () => {
  const verification = verify(sealed.files);
  expect(verification.checks.map(({ id, status }) => `${id} ${status}`)).toEqual([
    'signature ok',
    'trust ok',
    'digests ok',
    'files ok',
    'bundle ok',
    'inputs ok',
    'diffs ok',
    'report ok',
    'sealer ok',
    'attestations ok',
  ]);
  expect(verification.ok).toBe(true);
  expect(verification.bundle?.verdict.value).toBe('ship_ready');
  expect(verification.principals).toEqual([key.principal]);
});

describe('every changed bit is found, and its file is named', () => {
  const SMALL_FILE = 700;
  const SAMPLES = 120;

  test.each([
    'SHA256SUMS',
    'SHA256SUMS.sig',
    'bundle.json',
    'evidence.sigstore.json',
    'test-result.sigstore.json',
    'report.pdf',
    'topology.clab.yml',
    'configs/before/dc1-border1.cfg',
    'configs/after/dc1-border1.cfg',
    'configs/unchanged/dc1-leaf1.cfg',
    'raw/state-before.json',
    'raw/state-after.json',
    'raw/state-rolled-back.json',
  ])('%s', (path) => {
    const original = sealed.files.get(path) ?? new Uint8Array();
    expect(original.length).toBeGreaterThan(0);
    const step = original.length <= SMALL_FILE ? 1 : Math.ceil(original.length / SAMPLES);
    for (let at = 0; at < original.length; at += step) {
      const copy = original.slice();
      copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8));
      const verification = verify(new Map(sealed.files).set(path, copy));
      expect(verification.ok, `byte ${at}`).toBe(false);
      expect(verification.bundle).toBeNull();
      expect(files(verification), `byte ${at}`).toContain(path);
    }
  });

  test('the list of the cases above is the list of the files', () => {
    expect(sealed.files.size).toBe(13);
  });

  test('a byte of bundle.json and of SHA256SUMS is named exactly', () => {
    for (const [path, at] of [
      ['bundle.json', 100],
      ['SHA256SUMS', 10],
      ['SHA256SUMS', 200],
    ] as const) {
      const copy = (sealed.files.get(path) ?? new Uint8Array()).slice();
      copy[at] = (copy[at] ?? 0) ^ 1;
      const problems = verify(new Map(sealed.files).set(path, copy)).checks.flatMap((check) => check.problems);
      expect(problems.some((problem) => problem.file === path && problem.offset === at)).toBe(true);
    }
  });

  test('a byte added or cut off at the end of any file', () => {
    for (const [path, content] of sealed.files) {
      const longer = new Uint8Array([...content, 10]);
      expect(files(verify(new Map(sealed.files).set(path, longer))), path).toContain(path);
      expect(files(verify(new Map(sealed.files).set(path, content.slice(0, -1)))), path).toContain(path);
    }
  });
});

describe('tampering', () => {
  const tampered = (change: (copy: Files) => void): Verification => {
    const copy = new Map(sealed.files);
    change(copy);
    return verify(copy);
  };
  const forgeBundle = (copy: Files, from: string, to: string): void => {
    const changed = text(copy.get('bundle.json')).replace(from, to);
    expect(changed).not.toBe(text(copy.get('bundle.json')));
    copy.set('bundle.json', bytes(changed));
  };

  test('edited and listed again, with the old signature', () => {
    const verification = tampered((copy) => {
      const signature = copy.get('SHA256SUMS.sig') ?? new Uint8Array();
      forgeBundle(copy, '"operator":"a.operator"', '"operator":"b.operator"');
      resign(copy, key);
      copy.set('SHA256SUMS.sig', signature);
    });
    expect(failures(verification)).toEqual(['signature', 'report', 'attestations']);
  });

  test('edited, listed and signed again by a key that is not trusted', () => {
    const verification = tampered((copy) => {
      forgeBundle(copy, '"operator":"a.operator"', '"operator":"b.operator"');
      resign(copy, intruder);
    });
    expect(failures(verification)).toEqual(['trust', 'report', 'sealer', 'attestations']);
    expect(verification.checks[1]?.problems[0]?.action).toContain('another channel');
  });

  test('a verdict that the facts do not carry, even when it is signed by the trusted key', async () => {
    const run = sampleRun({ ...SMALL, verdict: 'blocked' });
    const blocked = await composePackage(run.bundle, run.inputs, key, await readReportFonts());
    const copy: Files = new Map(blocked.files);
    forgeBundle(copy, '"value":"blocked"', '"value":"ship_ready"');
    resign(copy, key);
    expect(failures(verify(copy))).toContain('bundle');
  });

  test('an edited configuration whose digest in the bundle was not edited', () => {
    const verification = tampered((copy) => {
      copy.set('configs/after/dc1-border1.cfg', bytes('hostname evil\n'));
      resign(copy, key);
    });
    expect(failures(verification)).toEqual(['inputs', 'diffs']);
    expect(files(verification)).toContain('configs/after/dc1-border1.cfg');
  });

  test('an edited diff', () => {
    const verification = tampered((copy) => {
      forgeBundle(copy, '+ neighbor 192.0.2.1 remote-as 65021', '+ neighbor 192.0.2.1 remote-as 65020');
      resign(copy, key);
    });
    expect(failures(verification)).toEqual(['diffs', 'report', 'attestations']);
  });

  test('a report of another bundle', async () => {
    const fonts = await readReportFonts();
    const run = sampleRun({ ...SMALL, routes: 5 });
    const other = await composePackage(run.bundle, run.inputs, key, fonts);
    const verification = tampered((copy) => {
      copy.set('report.pdf', other.files.get('report.pdf') ?? new Uint8Array());
      resign(copy, key);
    });
    expect(failures(verification)).toEqual(['report']);
    const bare = await renderReport(other.bundle, { bundleBytes: bytes('{}'), fonts, verified: true });
    expect(failures(tampered((copy) => resign(copy.set('report.pdf', bare), key)))).toEqual(['report']);
  });

  test.each([
    ['a missing signature', 'SHA256SUMS.sig', ['signature', 'files']],
    ['a missing list', 'SHA256SUMS', ['signature', 'files']],
    ['a missing bundle', 'bundle.json', ['signature', 'files']],
    ['a missing configuration', 'configs/before/dc1-border1.cfg', ['signature', 'files', 'inputs', 'diffs']],
  ])('%s', (_title, path, expected) => {
    const verification = tampered((copy) => copy.delete(path));
    expect(verification.ok).toBe(false);
    expect(files(verification)).toContain(path);
    // With the list intact its signature still holds; what is gone is named by the list.
    expect(failures(verification)).toEqual(
      path.startsWith('SHA256SUMS') ? expected : expected.filter((id) => id !== 'signature'),
    );
  });

  test('a file too many, listed or not', () => {
    const unlisted = tampered((copy) => copy.set('raw/extra.json', bytes('{}')));
    expect(failures(unlisted)).toEqual(['files']);
    const listed = tampered((copy) => resign(copy.set('raw/extra.json', bytes('{}')), key));
    expect(failures(listed)).toEqual(['files']);
    expect(files(listed)).toContain('raw/extra.json');
  });

  test('a signature made for another purpose', () => {
    const verification = tampered((copy) => {
      copy.set('SHA256SUMS.sig', bytes(signMessage(copy.get('SHA256SUMS') ?? new Uint8Array(), 'file', key)));
    });
    expect(failures(verification)).toEqual(['signature']);
    expect(verification.checks[0]?.summary).toContain('"file"');
  });

  test('an unreadable file of allowed signers trusts nothing', () => {
    expect(failures(verify(sealed.files, 'seal@site ssh-ed25519 nonsense'))).toEqual(['trust']);
  });

  test('a key that has expired', () => {
    const line = trusting(key).replace('namespaces=', 'valid-before="20260101Z",namespaces=');
    const verification = verify(sealed.files, line);
    expect(failures(verification)).toEqual(['trust']);
    expect(verification.checks[1]?.summary).toContain('no longer valid');
  });

  test('what is not a plain file', () => {
    const problem = { file: 'raw/state-after.json', message: 'raw/state-after.json is a symbolic link.', action: 'x' };
    const copy = new Map(sealed.files);
    copy.delete(problem.file);
    const input = { allowedSigners: trusting(key), principal: null, now: 0 };
    const verification = verifyContents({ files: copy, problems: [problem] }, input);
    expect(failures(verification)).toEqual(['files', 'inputs']);
  });
});

describe('the report of a package from elsewhere', () => {
  const input = (signer: SigningKey) => ({ allowedSigners: trusting(signer), principal: null, now: 0 });

  test('is the sealed report again when the package verifies', async () => {
    const { verification, bytes: pdf } = await renderPackage(
      { files: sealed.files, problems: [] },
      input(key),
      await readReportFonts(),
    );
    expect(verification.ok).toBe(true);
    expect(Buffer.compare(pdf ?? bytes(''), sealed.files.get('report.pdf') ?? bytes(''))).toBe(0);
  });

  test('is another document, marked, when it does not', async () => {
    const { verification, bytes: pdf } = await renderPackage(
      { files: sealed.files, problems: [] },
      input(intruder),
      await readReportFonts(),
    );
    expect(verification.ok).toBe(false);
    expect(pdf).not.toBeNull();
    expect(Buffer.compare(pdf ?? bytes(''), sealed.files.get('report.pdf') ?? bytes(''))).not.toBe(0);
  });

  test('shows approvals that lie beside the bundle and verify, and none that do not', async () => {
    const approver: SigningKey = { ...testKey(21), principal: 'Alice Example' };
    const approval = {
      approvalVersion: 1,
      decision: 'approve',
      approver: 'Alice Example',
      role: 'network',
      ...bindingOf(sealed.bundle),
      notBefore: '2026-01-31T09:00:00Z',
      expires: '2026-02-01T09:00:00Z',
      nonce: 'a'.repeat(32),
    } as const;
    const files = new Map(sealed.files).set('approvals/alice.dsse.json', signApproval(approval, approver));
    const letting = `${trusting(key)}\n"Alice Example" namespaces="preflight-approval@v1" ${approver.algorithm} ${Buffer.from(approver.publicKeyBlob).toString('base64')}\n`;
    const page = async (allowedSigners: string): Promise<string> => {
      const { bytes: html } = await renderPackage(
        { files, problems: [] },
        { allowedSigners, principal: null, now: Date.UTC(2026, 1, 1) },
        await readReportFonts(),
        'html',
      );
      return text(html ?? undefined);
    };
    expect(await page(letting)).toContain('Alice Example');
    const unknown = await page(trusting(key));
    expect(unknown).not.toContain('Alice Example');
    expect(unknown).toContain('UNVERIFIED');
  });

  test('is not made of a bundle that cannot be read', async () => {
    const files = new Map(sealed.files).set('bundle.json', bytes('{'));
    expect((await renderPackage({ files, problems: [] }, input(key), await readReportFonts())).bytes).toBeNull();
  });
});

describe('sealing refuses', () => {
  const run = sampleRun(SMALL);
  const compose = async (change: Partial<ReturnType<typeof sampleRun>>): Promise<ComposedPackage> =>
    composePackage(change.bundle ?? run.bundle, change.inputs ?? run.inputs, key, await readReportFonts());
  const without = (path: string): Files => {
    const copy = new Map(run.inputs);
    copy.delete(path);
    return copy;
  };

  test('a bundle that does not follow the schema, or contradicts itself', async () => {
    const twin = { ...run.bundle.twin, converged: false } as typeof run.bundle.twin;
    await expect(compose({ bundle: { ...run.bundle, twin } })).rejects.toThrow(
      'ship_ready although the twin did not converge',
    );
    await expect(compose({ bundle: { ...run.bundle, runId: '../x' } })).rejects.toThrow('runId');
  });

  test('input files that are not exactly those of the bundle', async () => {
    await expect(compose({ inputs: without('raw/state-after.json') })).rejects.toThrow(
      'raw/state-after.json is described but missing',
    );
    const other = new Map(run.inputs).set('configs/after/dc1-border1.cfg', bytes('x'));
    await expect(compose({ inputs: other })).rejects.toThrow('does not have the SHA-256');
    await expect(compose({ inputs: new Map(run.inputs).set('../evil', bytes('x')) })).rejects.toThrow(
      '../evil is not described',
    );
  });

  test('a diff that is not that of the configurations', async () => {
    const device = run.bundle.change.devices[0];
    if (!device) throw new Error('The sample has a device.');
    const devices = [{ ...device, diff: device.diff.replace('65021', '65029') }];
    const bundle = { ...run.bundle, change: { ...run.bundle.change, devices } };
    await expect(compose({ bundle })).rejects.toThrow('does not lead from');
  });

  test('the same run sealed twice gives the same bytes', async () => {
    const again = await compose({});
    for (const [path, content] of sealed.files)
      expect(sha256Hex(again.files.get(path) ?? bytes('')), path).toBe(sha256Hex(content));
  });
});
