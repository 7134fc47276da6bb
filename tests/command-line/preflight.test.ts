import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aegis, inTemporaryFolder, project } from './aegis.ts';

const change = (lab: string, name: string): readonly string[] => [
  `labs/${lab}`,
  '--change',
  `labs/${lab}/changes/${name}`,
];

// Each test runs whole processes; a machine that does other things as well may take its time.
const patient = { timeout: 90_000 };

describe('aegis preflight', patient, () => {
  it('shows each stage, the verdict with its reasons, the state difference and the evidence', () =>
    inTemporaryFolder(async (folder) => {
      const { code, stdout, stderr } = await aegis(
        ['preflight', ...change('single', 'add-static'), '--evidence', join(folder, 'evidence')],
        { config: join(folder, 'config') },
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const title of [
        'Guard precheck',
        'Static check',
        'Spawn twin',
        'Apply and converge',
        'State diff',
        'Rollback executed',
        'Risk and authority',
        'Verdict',
        'Seal evidence',
      ]) {
        expect(stdout).toMatch(new RegExp(`passed +${title} +\\d+ ms`));
      }
      expect(stdout).toContain('READY TO SHIP (ship_ready)');
      expect(stdout).toContain('Routes: 1 added, 0 removed, 0 changed.');
      expect(stdout).not.toContain('\u001b');
      const [run = ''] = readdirSync(join(folder, 'evidence')).filter((name) => !name.startsWith('ledger'));
      expect(stdout).toContain(join(folder, 'evidence', run));

      const trust = join(folder, 'config/aegis/allowed_signers');
      const verified = await aegis(['verify', join(folder, 'evidence', run), '--trust', trust, '--json'], {
        config: join(folder, 'config'),
      });
      expect(verified.code).toBe(0);
      expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, verdict: 'ship_ready', runId: run });

      const bundle = join(folder, 'evidence', run, 'bundle.json');
      const bytes = await readFile(bundle);
      bytes[bytes.length >> 1]! ^= 1;
      await writeFile(bundle, bytes);
      const broken = await aegis(['verify', join(folder, 'evidence', run), '--trust', trust], {
        config: join(folder, 'config'),
      });
      expect(broken.code).toBe(1);
      expect(broken.stdout).toContain('bundle.json');
      const report = await aegis([
        'report',
        join(folder, 'evidence', run),
        '--pdf',
        join(folder, 'r.pdf'),
        '--trust',
        trust,
      ]);
      expect([1, 2]).toContain(report.code);
    }));

  it.each([
    ['needs_approval', 3, change('edge-slice', 'local-preference-shift')],
    ['blocked', 1, change('edge-slice', 'policy-removed')],
  ])('says %s by exit code %i, and seals that too', (value, code, args) =>
    inTemporaryFolder(async (folder) => {
      const ended = await aegis(
        ['preflight', ...args, '--evidence', join(folder, 'evidence'), '--json', '--operator', 'n.engineer'],
        { config: join(folder, 'config') },
      );
      expect(ended).toMatchObject({ code, stderr: '' });
      const outcome = JSON.parse(ended.stdout) as {
        readonly verdict: { readonly value: string; readonly reasons: readonly unknown[] };
        readonly evidence: string;
      };
      expect(outcome.verdict.value).toBe(value);
      expect(outcome.verdict.reasons.length).toBeGreaterThan(0);
      const bundle = JSON.parse(await readFile(join(outcome.evidence, 'bundle.json'), 'utf8')) as Record<
        string,
        unknown
      >;
      expect(bundle).toMatchObject({
        operator: 'n.engineer',
        verdict: { value },
        egress: { status: 'measured', result: 'none' },
      });
      expect(existsSync(join(outcome.evidence, 'report.pdf'))).toBe(true);
    }),
  );

  it('takes the working tree against a git revision, and a pasted configuration', () =>
    inTemporaryFolder(async (folder) => {
      const lab = join(folder, 'lab');
      await cp(join(project, 'labs/single'), lab, { recursive: true });
      const git = (...args: readonly string[]) =>
        execFileSync('git', ['-C', lab, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { stdio: 'pipe' });
      git('init', '-q');
      git('add', '.');
      git('commit', '-q', '-m', 'before');
      const file = join(lab, 'configs/r1.cfg');
      const text = await readFile(file, 'utf8');
      const changed = text.replace(
        'ip route 10.10.20.0/24 10.10.1.2\n',
        'ip route 10.10.20.0/24 10.10.1.2\nip route 10.10.77.0/24 10.10.1.2\n',
      );
      expect(changed).not.toBe(text);
      const options = { config: join(folder, 'config') };

      const pasted = await aegis(
        [
          'preflight',
          lab,
          '--paste',
          'r1',
          '--json',
          '--evidence',
          join(folder, 'evidence'),
          '--intent',
          'Reach the new office.',
        ],
        { ...options, input: changed },
      );
      expect(JSON.parse(pasted.stdout)).toMatchObject({
        verdict: { value: 'ship_ready' },
        stateDiff: { counts: { routesAdded: 1 } },
      });

      await writeFile(file, changed);
      const tree = await aegis(['preflight', 'lab', '--json', '--evidence', 'evidence'], { ...options, cwd: folder });
      expect(JSON.parse(tree.stdout)).toMatchObject({
        verdict: { value: 'ship_ready' },
        stateDiff: { counts: { routesAdded: 1, routesRemoved: 0 } },
      });
      git('commit', '-q', '-a', '-m', 'after');
      const nothing = await aegis(['preflight', '.', '--json', '--evidence', '../evidence', '--against', 'HEAD'], {
        ...options,
        cwd: lab,
      });
      expect(JSON.parse(nothing.stdout)).toMatchObject({
        verdict: { value: 'needs_approval', reasons: [{ code: 'no-change' }] },
      });
      const older = await aegis(['diff', lab, '--against', 'HEAD~1', '--json'], options);
      expect(JSON.parse(older.stdout)).toMatchObject({ counts: { routesAdded: 1 }, converged: true });
    }));

  it('leaves no evidence when it is interrupted', () =>
    inTemporaryFolder(async (folder) => {
      const ended = await aegis(
        ['preflight', ...change('single', 'add-static'), '--evidence', join(folder, 'evidence')],
        {
          config: join(folder, 'config'),
          // SIGTERM as soon as the first stage is printed.
          wrapper: [
            'sh',
            '-c',
            '"$@" > "$OUT" & pid=$!; while ! grep -q precheck "$OUT" 2>/dev/null; do :; done; kill -TERM $pid; wait $pid',
            'sh',
          ],
          environment: { OUT: join(folder, 'out') },
        },
      );
      expect(ended.code).toBe(2);
      expect(ended.stderr).toBe('aegis: The preflight was cancelled; nothing was sealed.\n');
      expect(existsSync(join(folder, 'evidence')) ? readdirSync(join(folder, 'evidence')) : []).toEqual([]);
    }));
});

const isolated = spawnSync('unshare', ['-rn', 'true']).status === 0;

describe.skipIf(!isolated)('in a namespace without a network (needs unshare -rn)', patient, () => {
  it('a whole preflight runs, seals and verifies', () =>
    inTemporaryFolder(async (folder) => {
      const options = { config: join(folder, 'config'), wrapper: ['unshare', '-rn'] };
      const ended = await aegis(
        ['preflight', ...change('dcn-10node', 'shutdown-uplink'), '--evidence', join(folder, 'evidence'), '--json'],
        options,
      );
      expect(ended).toMatchObject({ code: 1, stderr: '' });
      const { evidence, verdict } = JSON.parse(ended.stdout) as {
        readonly evidence: string;
        readonly verdict: { readonly value: string };
      };
      expect(verdict.value).toBe('blocked');
      const verified = await aegis(
        ['verify', evidence, '--trust', join(folder, 'config/aegis/allowed_signers')],
        options,
      );
      expect(verified.code).toBe(0);
    }));
});
