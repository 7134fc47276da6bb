// An examiner's road: a shell script with stock tools gives the same answer as this software, on every fixture.
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bindingOf, signApproval } from '../../core/evidence/approval.ts';
import type { EvidenceBundle } from '../../core/evidence/bundle.ts';
import { canonicalJson } from '../../core/evidence/canonical.ts';
import { readPackage, readReportFonts, sealPackage } from '../../core/evidence/files.ts';
import { runEntry, sampleLedger } from '../../core/evidence/fixtures/sample-ledger.ts';
import { SMALL, sampleRun, testKey } from '../../core/evidence/fixtures/sample-run.ts';
import { publicKeyPem, statementPayloads } from '../../core/evidence/package/statements.ts';
import { verifyContents } from '../../core/evidence/package/verify.ts';
import { allowedSignerLine } from '../../core/evidence/seal/allowed-signers.ts';
import { signEnvelope } from '../../core/evidence/seal/dsse.ts';
import { newP256Key, type SigningKey } from '../../core/evidence/seal/openssh-key.ts';
import { writeSums } from '../../core/evidence/seal/sha256sums.ts';
import { signMessage } from '../../core/evidence/seal/sshsig.ts';
import { requestTimestamp } from '../../core/evidence/timestamp-client.ts';
import { installed, run } from './stock-tools.ts';
import { type TimestampAuthority, timestampAuthority } from './timestamp-authority.ts';

const script = (name: string): string => resolve(import.meta.dirname, `../../core/evidence/examiner/${name}.sh`);
const NAMESPACE = 'preflight-evidence@v1';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const alice: SigningKey = { ...testKey(31), principal: 'alice@site' };
const intruder = testKey(32);

/** The reader's file: who seals, and who approves. */
const signersOf = (key: SigningKey, options = ''): string =>
  [
    allowedSignerLine(key.principal, NAMESPACE, key.algorithm, key.publicKeyBlob).replace(
      ' namespaces',
      ` ${options}namespaces`,
    ),
    allowedSignerLine('alice@site', 'preflight-approval@v1', alice.algorithm, alice.publicKeyBlob),
    '',
  ].join('\n');

interface Case {
  readonly package: string;
  signers: string;
  revoked: string;
  readonly key: SigningKey;
  readonly bundle: EvidenceBundle;
}

const file = (one: Case, path: string): string => join(one.package, path);
function flip(one: Case, path: string, at: number): void {
  const content = readFileSync(file(one, path));
  const place = at < 0 ? content.length + at : Math.min(at, content.length - 1);
  content[place] = (content[place] ?? 0) ^ 1;
  writeFileSync(file(one, path), content);
}
function replace(one: Case, path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(file(one, path), 'latin1');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  writeFileSync(file(one, path), changed, 'latin1');
}
/** Lists the files again, as whoever changed one would; the signature is made by this key, or stays. */
async function relist(one: Case, key: SigningKey | null): Promise<void> {
  const { files } = await readPackage(one.package);
  const unlisted = /^(SHA256SUMS(\.sig|\.tsr|\.tsr\.sig)?|approvals\/.*)$/;
  const sums = writeSums(new Map([...files].filter(([path]) => !unlisted.test(path))));
  writeFileSync(file(one, 'SHA256SUMS'), sums);
  if (key) writeFileSync(file(one, 'SHA256SUMS.sig'), signMessage(bytes(sums), NAMESPACE, key));
}
/** Signs the statement again with another subject list. */
function resubject(one: Case, change: (subjects: unknown[]) => unknown[]): void {
  const payload = statementPayloads(one.bundle).get('evidence.sigstore.json') ?? new Uint8Array();
  const statement = JSON.parse(new TextDecoder().decode(payload)) as { subject: unknown[] };
  const changed = bytes(canonicalJson({ ...statement, subject: change(statement.subject) }));
  const sigstore = JSON.parse(readFileSync(file(one, 'evidence.sigstore.json'), 'utf8')) as object;
  const dsseEnvelope = signEnvelope('application/vnd.in-toto+json', changed, one.key);
  writeFileSync(file(one, 'evidence.sigstore.json'), canonicalJson({ ...sigstore, dsseEnvelope }));
}
const nothing = (): void => undefined;
const APPROVAL = 'approvals/a.dsse.json';

/** What was done to a package, and what both must say. */
const FIXTURES: Readonly<Record<string, readonly [expected: boolean, change: (one: Case) => void | Promise<void>]>> = {
  happy_path: [true, nothing],
  moved_folder: [
    true,
    (one) => renameSync(one.package, `${one.package}x`) ?? renameSync(`${one.package}x`, one.package),
  ],
  bit_in_bundle: [false, (one) => flip(one, 'bundle.json', 200)],
  bit_in_sums: [false, (one) => flip(one, 'SHA256SUMS', 3)],
  bit_in_path_of_sums: [false, (one) => flip(one, 'SHA256SUMS', 70)],
  bit_in_signature: [false, (one) => flip(one, 'SHA256SUMS.sig', 120)],
  bit_in_armor_of_signature: [false, (one) => flip(one, 'SHA256SUMS.sig', 4)],
  line_break_in_signature: [false, (one) => replace(one, 'SHA256SUMS.sig', /([A-Za-z0-9])([A-Za-z0-9])\n/, '$1\n$2')],
  bit_in_configuration_before: [false, (one) => flip(one, 'configs/before/dc1-border1.cfg', 9)],
  bit_in_configuration_after: [false, (one) => flip(one, 'configs/after/dc1-border1.cfg', 9)],
  bit_in_unchanged_configuration: [false, (one) => flip(one, 'configs/unchanged/dc1-leaf1.cfg', 1)],
  bit_in_topology: [false, (one) => flip(one, 'topology.clab.yml', 3)],
  bit_in_state: [false, (one) => flip(one, 'raw/state-after.json', 3)],
  bit_in_report: [false, (one) => flip(one, 'report.pdf', 5000)],
  bit_in_statement: [false, (one) => flip(one, 'evidence.sigstore.json', 300)],
  bit_in_test_result: [false, (one) => flip(one, 'test-result.sigstore.json', 300)],
  bit_in_time_stamp: [false, (one) => flip(one, 'SHA256SUMS.tsr', 200)],
  bit_in_signature_of_time_stamp: [false, (one) => flip(one, 'SHA256SUMS.tsr.sig', 200)],
  bit_in_approval: [false, (one) => flip(one, APPROVAL, 60)],
  bit_in_key_id_of_approval: [false, (one) => replace(one, APPROVAL, /"keyid":"SHA256:./, '"keyid":"SHA256:_')],
  line_added: [false, (one) => appendFileSync(file(one, 'topology.clab.yml'), '\n')],
  edited_and_listed_again: [
    false,
    async (one) => {
      replace(one, 'configs/after/dc1-border1.cfg', '65021', '65029');
      await relist(one, null);
    },
  ],
  edited_listed_and_signed_by_another_key: [
    false,
    async (one) => {
      replace(one, 'configs/after/dc1-border1.cfg', '65021', '65029');
      await relist(one, intruder);
    },
  ],
  edited_listed_and_signed_under_the_same_name: [
    false,
    async (one) => {
      replace(one, 'bundle.json', '"operator":"a.operator"', '"operator":"b.operator"');
      await relist(one, { ...intruder, principal: one.key.principal });
    },
  ],
  signature_stripped: [false, (one) => unlinkSync(file(one, 'SHA256SUMS.sig'))],
  signature_empty: [false, (one) => writeFileSync(file(one, 'SHA256SUMS.sig'), '')],
  signature_swapped: [
    false,
    (one) => writeFileSync(file(one, 'SHA256SUMS.sig'), signMessage(bytes('another list'), NAMESPACE, one.key)),
  ],
  signature_for_something_else: [
    false,
    (one) =>
      writeFileSync(file(one, 'SHA256SUMS.sig'), signMessage(readFileSync(file(one, 'SHA256SUMS')), 'file', one.key)),
  ],
  algorithm_none: [false, (one) => writeFileSync(file(one, 'SHA256SUMS.sig'), '{"alg":"none"}')],
  statement_signed_by_another_key_with_the_same_key_id: [
    false,
    async (one) => {
      const payload = statementPayloads(one.bundle).get('evidence.sigstore.json') ?? new Uint8Array();
      const forged = signEnvelope('application/vnd.in-toto+json', payload, {
        ...intruder,
        fingerprint: one.key.fingerprint,
      });
      const sigstore = JSON.parse(readFileSync(file(one, 'evidence.sigstore.json'), 'utf8')) as object;
      writeFileSync(file(one, 'evidence.sigstore.json'), canonicalJson({ ...sigstore, dsseEnvelope: forged }));
      await relist(one, one.key);
    },
  ],
  payload_type_swapped: [
    false,
    async (one) => {
      replace(one, 'evidence.sigstore.json', 'application/vnd.in-toto+json', 'application/vnd.other+jsonxx');
      await relist(one, one.key);
    },
  ],
  statement_without_signature: [
    false,
    async (one) => {
      replace(one, 'evidence.sigstore.json', /"signatures":\[.*?\]/, '"signatures":[]');
      await relist(one, one.key);
    },
  ],
  statement_with_two_signatures: [
    false,
    async (one) => {
      replace(one, 'evidence.sigstore.json', /"signatures":\[(.*?)\]/, '"signatures":[$1,$1]');
      await relist(one, one.key);
    },
  ],
  subjects_emptied: [
    false,
    async (one) => {
      resubject(one, () => []);
      await relist(one, one.key);
    },
  ],
  subjects_extended: [
    false,
    async (one) => {
      resubject(one, (subjects) => [
        ...subjects,
        { name: 'configs/after/other.cfg', digest: { sha256: 'a'.repeat(64) } },
      ]);
      await relist(one, one.key);
    },
  ],
  statement_removed: [false, (one) => unlinkSync(file(one, 'evidence.sigstore.json'))],
  attachment_differs: [
    false,
    async (one) => {
      const other = sampleRun({ ...SMALL, routes: 5 });
      const sealed = await sealPackage({
        evidenceFolder: `${one.package}-other`,
        bundle: other.bundle,
        inputs: other.inputs,
        key: one.key,
        fonts: await readReportFonts(),
      });
      cpSync(join(sealed.folder, 'report.pdf'), file(one, 'report.pdf'));
      await relist(one, one.key);
    },
  ],
  report_is_none: [
    false,
    async (one) => {
      writeFileSync(file(one, 'report.pdf'), 'not a PDF');
      await relist(one, one.key);
    },
  ],
  file_removed: [false, (one) => unlinkSync(file(one, 'raw/state-before.json'))],
  file_added: [false, (one) => writeFileSync(file(one, 'raw/note.txt'), 'x')],
  hidden_file_added: [false, (one) => writeFileSync(file(one, '.note'), 'x')],
  empty_folder_added: [false, (one) => mkdirSync(file(one, 'empty'))],
  link_in_place_of_a_file: [
    false,
    (one) => {
      renameSync(file(one, 'topology.clab.yml'), `${one.package}-topology`);
      symlinkSync(`${one.package}-topology`, file(one, 'topology.clab.yml'));
    },
  ],
  key_not_listed: [
    false,
    (one) => {
      one.signers = signersOf(intruder);
    },
  ],
  key_expired: [
    false,
    (one) => {
      one.signers = signersOf(one.key, 'valid-before="20200101Z",');
    },
  ],
  key_of_the_future: [
    false,
    (one) => {
      one.signers = signersOf(one.key, 'valid-after="20990101Z",');
    },
  ],
  key_for_another_namespace: [
    false,
    (one) => {
      one.signers = signersOf(one.key).replace(NAMESPACE, 'git');
    },
  ],
  key_revoked: [
    false,
    (one) => {
      one.revoked = `${one.key.algorithm} ${Buffer.from(one.key.publicKeyBlob).toString('base64')} lost\n`;
    },
  ],
  another_key_revoked: [
    true,
    (one) => {
      one.revoked = `${intruder.algorithm} ${Buffer.from(intruder.publicKeyBlob).toString('base64')} lost\n`;
    },
  ],
  time_stamp_removed: [false, (one) => unlinkSync(file(one, 'SHA256SUMS.tsr'))],
  time_stamp_and_its_signature_removed: [
    true,
    (one) => {
      for (const name of ['SHA256SUMS.tsr', 'SHA256SUMS.tsr.sig']) unlinkSync(file(one, name));
    },
  ],
  approval_removed: [true, (one) => rmSync(file(one, 'approvals'), { recursive: true })],
  approval_of_another_bundle: [
    false,
    (one) => {
      writeFileSync(file(one, APPROVAL), approvalOf(one.bundle, { bundle: 'f'.repeat(64) }));
    },
  ],
  approval_by_a_key_that_may_not: [
    false,
    (one) => {
      writeFileSync(file(one, APPROVAL), approvalOf(one.bundle, {}, intruder));
    },
  ],
  approval_by_the_sealing_key: [
    false,
    (one) => {
      writeFileSync(file(one, APPROVAL), approvalOf(one.bundle, {}, one.key));
    },
  ],
};

const approvalOf = (bundle: EvidenceBundle, change: object = {}, key: SigningKey = alice): Uint8Array =>
  signApproval(
    {
      ...{ approvalVersion: 1, decision: 'approve', approver: 'alice@site', role: 'network' },
      ...bindingOf(bundle),
      ...{ notBefore: '2026-01-31T09:45:00Z', expires: '2026-01-31T18:00:00Z', nonce: 'ab'.repeat(16) },
      ...change,
    } as Parameters<typeof signApproval>[0],
    key,
  );

const TOOLS = ['bash', 'sha256sum', 'ssh-keygen', 'openssl', 'pdfdetach', 'qpdf'];

describe.skipIf(!installed(...TOOLS))(
  `an examiner without this software (needs ${TOOLS.join(', ')})`,
  { timeout: 60_000 },
  () => {
    let home: string;
    let authority: TimestampAuthority;
    beforeAll(async () => {
      home = await mkdtemp(join(tmpdir(), 'aegis-examiner-'));
      authority = await timestampAuthority(home);
    }, 60_000);
    afterAll(async () => {
      await authority.close();
      await rm(home, { recursive: true, force: true });
    });

    describe.each([
      ['Ed25519', { ...testKey(33), principal: 'seal@site' }],
      ['ECDSA', newP256Key('seal@site')],
    ])('sealed with %s', (name, key) => {
      let original: string;
      let bundle: EvidenceBundle;
      beforeAll(async () => {
        const sealed = await sealPackage({
          evidenceFolder: join(home, name),
          ...sampleRun(SMALL),
          key,
          fonts: await readReportFonts(),
          timestamp: (sums) =>
            requestTimestamp(sums, { address: authority.address, nonce: new Uint8Array(randomBytes(8)) }),
        });
        original = sealed.folder;
        bundle = sealed.bundle;
        mkdirSync(join(original, 'approvals'));
        writeFileSync(join(original, APPROVAL), approvalOf(bundle));
      }, 60_000);

      // With the second algorithm the fixtures in which keys and signatures matter are enough.
      const names = Object.keys(FIXTURES).filter(
        (fixture) =>
          name === 'Ed25519' ||
          /^(happy_path|bit_in_signature|edited_listed_and_signed_by_another_key|bit_in_statement|subjects_extended|key_revoked)$/.test(
            fixture,
          ),
      );
      test.each(names)('%s', async (fixture) => {
        const [expected, change] = FIXTURES[fixture] as (typeof FIXTURES)[string];
        const folder = join(home, `${name}-${fixture}`);
        cpSync(original, folder, { recursive: true });
        const one: Case = { package: folder, signers: signersOf(key), revoked: '', key, bundle };
        await change(one);
        const [signers, revoked] = [`${folder}.signers`, `${folder}.revoked`];
        writeFileSync(signers, one.signers);
        writeFileSync(revoked, one.revoked);
        const theirs = run(home, 'bash', [script('verify-package'), folder, signers, revoked, authority.caFile]);
        const ours = verifyContents(await readPackage(folder), {
          allowedSigners: one.signers,
          revokedKeys: one.revoked,
          principal: null,
          now: Date.now(),
          timestampAuthorities: authority.caPem,
        });
        const why = ours.checks.filter(({ status }) => status !== 'ok').map(({ summary }) => summary);
        expect(ours.ok, why.join(' ')).toBe(expected);
        expect(theirs.status, theirs.output).toBe(expected ? 0 : 1);
      });
    });

    test('a file that cannot be read is unusable, not fine', () => {
      expect(run(home, 'bash', [script('verify-package'), join(home, 'nowhere'), 'x']).status).toBe(2);
      expect(run(home, 'bash', [script('verify-package')]).status).toBe(2);
    });

    test('the ledger: chain, Merkle root, signature of its head, and a head copied earlier', async () => {
      const folder = join(home, 'ledger');
      const ledger = sampleLedger(folder);
      const pem = join(home, 'ledger.pem');
      writeFileSync(pem, publicKeyPem(testKey().publicKeyBlob));
      const check = (...more: readonly string[]) => run(home, 'bash', [script('verify-ledger'), folder, pem, ...more]);
      for (let number = 1; number <= 5; number += 1) await ledger.append(runEntry(`run-${number}`));
      const copied = join(home, 'head');
      cpSync(join(folder, 'ledger.checkpoint'), copied);
      for (let number = 6; number <= 11; number += 1) await ledger.append(runEntry(`run-${number}`));
      expect(check(copied)).toMatchObject({ status: 0, output: expect.stringContaining('11 lines') });
      const text = readFileSync(join(folder, 'ledger.jsonl'), 'utf8');
      const lines = text.trimEnd().split('\n');
      for (const changed of [
        lines.slice(0, -1),
        lines.toSpliced(3, 1),
        lines.with(4, (lines[4] ?? '').replace('a.operator', 'b.operator')),
        [...lines, lines[0] ?? ''],
      ]) {
        writeFileSync(join(folder, 'ledger.jsonl'), changed.map((line) => `${line}\n`).join(''));
        expect(check().status).toBe(1);
      }
      writeFileSync(join(folder, 'ledger.jsonl'), text);
      expect(check().status).toBe(0);
      replaceIn(copied, /^([^\n]*)\n5\n/, '$1\n4\n');
      expect(check(copied).status).toBe(1);
      writeFileSync(pem, publicKeyPem(intruder.publicKeyBlob));
      expect(check().status).toBe(1);
      chmodSync(folder, 0o755);
    });
  },
);

function replaceIn(path: string, from: RegExp, to: string): void {
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
}
