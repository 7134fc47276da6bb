// What cannot be used: one clear line, exit code 2, and nothing written.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aegis, inTemporaryFolder } from './aegis.ts';

describe('commands of the evidence refuse', { timeout: 120_000 }, () => {
  it('folders, keys, times and files that are none', () =>
    inTemporaryFolder(async (folder) => {
      const config = join(folder, 'config');
      const empty = join(folder, 'empty');
      mkdirSync(empty);
      mkdirSync(join(config, 'aegis'), { recursive: true, mode: 0o700 });
      writeFileSync(join(folder, 'text'), 'not a key\n');
      writeFileSync(join(config, 'aegis/allowed_signers'), 'what is this\n');
      const cases: readonly (readonly [string, ...string[]])[] = [
        ['There is no such folder', 'ledger', 'verify', join(folder, 'nowhere')],
        ['There is no ledger here', 'ledger', 'verify', empty],
        ['There is no key file', 'approve', empty, '--key', join(folder, 'nowhere')],
        ['There is no such folder', 'promote', join(folder, 'nowhere')],
        ['is not a time', 'verify', empty, '--trust', join(folder, 'text'), '--at', 'yesterday'],
        ['not a public key', 'keys', 'pin', join(folder, 'text'), '--purpose', 'policy', '--principal', 'a@b'],
        ['cannot be a principal', 'keys', 'new', '--principal', '*'],
        ['There is no sealing key yet', 'keys', 'rotate'],
        ['Line 1 of the allowed signers file', 'keys', 'list'],
        ['is invalid', 'schema', 'nothing'],
      ];
      for (const [message, ...args] of cases) {
        const { code, stdout, stderr } = await aegis(args, { config, cwd: folder });
        expect({ code, stdout }, args.join(' ')).toEqual({ code: 2, stdout: '' });
        expect(stderr).toContain(message);
        expect(stderr.trimEnd().split('\n')).toHaveLength(1);
        expect(stderr).not.toContain('internal error');
      }
      expect(existsSync(join(config, 'aegis/keys/seal_ed25519'))).toBe(false);
    }));
});
