// Keys and ledger through the command line, as a site uses them over the life of a key.
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aegis, inTemporaryFolder } from './aegis.ts';

const patient = { timeout: 120_000 };

interface LedgerAnswer {
  readonly ok: boolean;
  readonly records: number;
  readonly problems: readonly { readonly kind: string; readonly message: string }[];
}

describe('keys and ledger', patient, () => {
  it('a key is replaced, then revoked, and what it sealed is judged by when', () =>
    inTemporaryFolder(async (folder) => {
      const config = join(folder, 'config');
      const evidence = join(folder, 'evidence');
      const trust = join(config, 'aegis/allowed_signers');
      const run = (...args: readonly string[]) => aegis(args, { config });
      const preflight = async (): Promise<string> => {
        const { stdout, stderr } = await run(
          'preflight',
          'labs/single',
          '--change',
          'labs/single/changes/add-static',
          '--evidence',
          evidence,
          '--json',
        );
        expect(stderr).toBe('');
        return (JSON.parse(stdout) as { evidence: string }).evidence;
      };
      const verifies = async (path: string, ...more: readonly string[]): Promise<boolean> =>
        (await run('verify', path, '--trust', trust, '--no-record', ...more)).code === 0;
      const ledger = async (...more: readonly string[]): Promise<LedgerAnswer> =>
        JSON.parse((await run('ledger', 'verify', evidence, '--json', ...more)).stdout) as LedgerAnswer;

      const first = await preflight();
      const copiedHead = join(folder, 'head');
      writeFileSync(copiedHead, readFileSync(join(evidence, 'ledger.checkpoint')));
      expect((await run('verify', first, '--trust', trust)).code).toBe(0);
      expect(await ledger()).toMatchObject({ ok: true, records: 2 });

      const rotated = await run('keys', 'rotate', '--algorithm', 'ecdsa-p256', '--evidence', evidence);
      expect(rotated).toMatchObject({ code: 0, stderr: '' });
      expect(readdirSync(join(config, 'aegis/keys')).filter((name) => !name.endsWith('.pub'))).toEqual(['seal_p256']);
      const second = await preflight();
      expect(await verifies(second)).toBe(true);
      // The former key has ended; the ledger, under the present key, shows that it sealed before.
      expect(await verifies(first)).toBe(true);
      const alone = join(folder, 'alone');
      execFileSync('cp', ['-r', first, alone]);
      // The end is written to the second.
      await expect.poll(() => verifies(alone), { timeout: 5000 }).toBe(false);
      const sealedAt = (JSON.parse(await readFile(join(first, 'bundle.json'), 'utf8')) as { created: string }).created;
      expect(await verifies(alone, '--at', sealedAt.replace(/\.\d+/, ''))).toBe(true);

      const revoked = await run('keys', 'revoke', '--reason', 'the disk was lost', '--evidence', evidence);
      expect(revoked).toMatchObject({ code: 0, stderr: '' });
      expect(await verifies(second)).toBe(false);
      expect((await run('keys', 'list', '--json')).stdout).toContain('"status":"revoked"');
      const third = await preflight();
      expect(await verifies(third)).toBe(true);

      expect(await ledger()).toMatchObject({ ok: true, records: 6 });
      expect(await ledger('--head', copiedHead)).toMatchObject({ ok: true });
      const shown = (await run('ledger', 'show', evidence)).stdout;
      for (const type of ['run', 'verify', 'key']) expect(shown).toMatch(new RegExp(`^\\d+ +\\S+ +${type} `, 'm'));

      // The bundle of the second run holds the head as it was before it.
      const { integrity } = JSON.parse(readFileSync(join(second, 'bundle.json'), 'utf8')) as {
        integrity: { ledger: { size: number } };
      };
      expect(integrity.ledger.size).toBe(3);

      const lines = readFileSync(join(evidence, 'ledger.jsonl'), 'utf8').split('\n');
      writeFileSync(join(evidence, 'ledger.jsonl'), lines.toSpliced(1, 1).join('\n'));
      expect((await ledger()).problems.map(({ kind }) => kind)).toContain('chain');
      const refused = await run(
        'preflight',
        'labs/single',
        '--change',
        'labs/single/changes/add-static',
        '--evidence',
        evidence,
        '--json',
      );
      expect(refused.code).toBe(3);
      expect(refused.stdout).toContain('is damaged');
      expect(readdirSync(evidence).filter((name) => name.startsWith('.partial'))).toEqual([]);
    }));

  it('makes keys for people that only they can read, and refuses one that others can', () =>
    inTemporaryFolder(async (folder) => {
      const config = join(folder, 'config');
      const made = await aegis(['keys', 'new', '--purpose', 'approval', '--principal', 'alice@noc'], { config });
      expect(made.code).toBe(0);
      expect(made.stdout).toContain('alice@noc namespaces="preflight-approval@v1" ssh-ed25519 ');
      const file = join(config, 'aegis/keys/approval_alice-noc');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(execFileSync('ssh-keygen', ['-l', '-f', file]).toString()).toContain('alice@noc');
      const again = await aegis(['keys', 'new', '--purpose', 'approval', '--principal', 'alice@noc'], { config });
      expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') });
      for (const format of ['ssh', 'pem', 'allowed-signers'])
        expect((await aegis(['keys', 'export', file, '--format', format], { config })).code).toBe(0);
      chmodSync(file, 0o644);
      const exposed = await aegis(['keys', 'export', file], { config });
      expect(exposed).toMatchObject({ code: 2, stderr: expect.stringContaining('others can reach the signing key') });
    }));

  it('pins a policy signer, and then a lab without a signed policy is blocked', () =>
    inTemporaryFolder(async (folder) => {
      const config = join(folder, 'config');
      const run = (...args: readonly string[]) => aegis(args, { config });
      await run('keys', 'new', '--purpose', 'policy', '--principal', 'policy@site');
      const key = join(config, 'aegis/keys/policy_policy-site');
      expect((await run('keys', 'pin', `${key}.pub`, '--purpose', 'policy', '--principal', 'policy@site')).code).toBe(
        0,
      );
      const policy = join(folder, 'aegis.policy.yml');
      writeFileSync(
        policy,
        'policyVersion: 1\nsite: bank-a\nceiling: AUTO\napprovals:\n  required: {low: 0, medium: 1, high: 1, critical: 1}\n  approvers: []\npromotion: {maxAgeHours: 24}\n',
      );
      const preflight = async (...more: readonly string[]) => {
        const { code, stdout } = await run(
          'preflight',
          'labs/single',
          '--change',
          'labs/single/changes/add-static',
          '--evidence',
          join(folder, 'evidence'),
          '--json',
          ...more,
        );
        return {
          code,
          reasons: (JSON.parse(stdout) as { verdict: { reasons: { message: string }[] } }).verdict.reasons,
        };
      };
      const missing = await preflight();
      expect(missing.code).toBe(1);
      expect(missing.reasons[0]?.message).toContain('there is no policy file');
      const unsigned = await preflight('--policy', policy);
      expect(unsigned.code).toBe(1);
      expect(unsigned.reasons[0]?.message).toContain('is not signed');
      execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-f', key, '-n', 'preflight-policy@v1', policy]);
      expect((await preflight('--policy', policy)).code).toBe(0);
    }));
});
