import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../../.scripts/install-packages.mjs';
import { frrHost } from '../support/frr.ts';

/** The account that owns nothing, by which a test that runs as root shows what an ordinary account can do. */
const NOBODY = 65_534;
const asNobody = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] as const;
const command = join(projectFolder, 'server/cli.ts');

const isRoot = process.getuid?.() === 0;
/** A clone below a private folder cannot be read by anybody else. */
const isReadable = isRoot && spawnSync(asNobody[0], [...asNobody.slice(1), 'test', '-r', command]).status === 0;

const preflight = (name: string, change: string) => {
  const home = mkdtempSync(join(tmpdir(), 'aegis-nobody-'));
  try {
    if (isRoot) chownSync(home, NOBODY, NOBODY);
    chmodSync(home, 0o700);
    const lab = join(projectFolder, 'labs', name);
    const words = [
      ...(isRoot ? asNobody : []),
      ...[process.execPath, command, 'preflight', lab, '--change', join(lab, 'changes', change), '--json'],
      ...['--backend', 'frr', '--operator', 'an operator', '--evidence', join(home, 'evidence')],
    ];
    const { stdout, stderr, status } = spawnSync(words[0] as string, words.slice(1), {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home },
      encoding: 'utf8',
    });
    return {
      stderr,
      status,
      outcome: JSON.parse(stdout) as {
        verdict: {
          value: string;
          reasons: { code: string; message: string; device?: string; file?: string; line?: number }[];
        };
        stages: { id: string; status: string }[];
      },
    };
  } finally {
    rmSync(home, { recursive: true });
  }
};

describe.skipIf(frrHost === null || (isRoot && !isReadable))(
  'a preflight on FRR daemons as an ordinary user (needs FRR, namespaces, and a clone that anybody may read)',
  { timeout: 120_000 },
  () => {
    it('spawns, applies, rolls back and seals, without root', () => {
      const { stderr, outcome } = preflight('single', 'description-only');
      expect(stderr).toBe('');
      const statuses = Object.fromEntries(outcome.stages.map(({ id, status }) => [id, status]));
      expect(statuses).toMatchObject({
        'spawn-twin': 'passed',
        'apply-and-converge': 'passed',
        rollback: 'passed',
        seal: 'passed',
      });
      expect(outcome.verdict.value).not.toBe('blocked');
    });

    it('blocks a change that loses a session in a fabric of ten, with the session and its line', () => {
      const { outcome } = preflight('dcn-10node', 'wrong-remote-as');
      expect(outcome.verdict.value).toBe('blocked');
      const [lost] = outcome.verdict.reasons.filter(({ code }) => code === 'session-lost');
      expect(lost?.message).toMatch(/^leaf3: the BGP session with 10\.255\.1\.6 is lost: .*bgpd: /);
      const change = readFileSync(
        join(projectFolder, 'labs/dcn-10node/changes/wrong-remote-as/configs/spine1.cfg'),
        'utf8',
      );
      const wrong = change.split('\n').indexOf(' neighbor 10.255.1.7 remote-as 65031') + 1;
      expect(wrong).toBeGreaterThan(0);
      expect(lost).toMatchObject({ device: 'spine1', line: wrong });
    });
  },
);
