// What cannot be used: exit code 2, exactly one line on standard error that says why, and nothing written.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aegis, inTemporaryFolder } from './aegis.ts';

const CONFIG = 'frr version 8.4\nhostname r1\ninterface eth1\n ip address 10.0.0.1/24\n';
const topology = (nodes: string): string => `name: lab\ntopology:\n  nodes:\n${nodes}`;
const oneNode = (startup: string): string =>
  topology(`    r1: {kind: linux, image: frr, startup-config: ${startup}}\n`);

/** A lab folder that is made for each test; `secret.cfg` lies beside it. */
function makeLab(folder: string, text: string): string {
  const lab = join(folder, 'lab');
  mkdirSync(join(lab, 'configs'), { recursive: true });
  writeFileSync(join(lab, 'lab.clab.yml'), text);
  writeFileSync(join(lab, 'configs/r1.cfg'), CONFIG);
  writeFileSync(join(folder, 'secret.cfg'), CONFIG);
  return lab;
}

const bomb = (): string => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 12; level += 1)
    lines.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );
  return `${lines.join('\n')}\n${oneNode('configs/r1.cfg')}`;
};

/** Makes the lab, and says what of it is given to the command. */
const CASES: readonly (readonly [string, RegExp, (folder: string) => string])[] = [
  ['a lab that is not there', /There is no such lab/, (folder) => join(folder, 'nowhere')],
  ['a folder that is no lab', /neither a containerlab topology .* nor a folder configs/, (folder) => folder],
  [
    'a missing configuration',
    /lab\.clab\.yml:4: The startup-config of r1 cannot be read/,
    (folder) => makeLab(folder, oneNode('configs/r9.cfg')),
  ],
  [
    'an absolute startup-config',
    /lab\.clab\.yml:4: .*must be relative/,
    (folder) => makeLab(folder, oneNode('/etc/passwd')),
  ],
  [
    'a startup-config outside of the lab',
    /lab\.clab\.yml:4: .*outside of the lab/,
    (folder) => makeLab(folder, oneNode('../secret.cfg')),
  ],
  [
    'a startup-config by address',
    /lab\.clab\.yml:4: .*not an address/,
    (folder) => makeLab(folder, oneNode('"https://example.org/r1.cfg"')),
  ],
  [
    'a startup-config with a variable',
    /lab\.clab\.yml:4: .*not expanded/,
    (folder) => makeLab(folder, oneNode(`"configs/\${SECRET}.cfg"`)),
  ],
  [
    'a startup-config through a symbolic link out of the lab',
    /lab\.clab\.yml:4: .*outside of the lab/,
    (folder) => {
      const lab = makeLab(folder, oneNode('configs/link.cfg'));
      symlinkSync(join(folder, 'secret.cfg'), join(lab, 'configs/link.cfg'));
      return lab;
    },
  ],
  [
    'a binary configuration',
    /configs\/r1\.cfg: The file is binary/,
    (folder) => {
      const lab = makeLab(folder, oneNode('configs/r1.cfg'));
      writeFileSync(join(lab, 'configs/r1.cfg'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]));
      return lab;
    },
  ],
  [
    'a configuration in UTF-16',
    /configs\/r1\.cfg: The file is UTF-16/,
    (folder) => {
      const lab = makeLab(folder, oneNode('configs/r1.cfg'));
      writeFileSync(join(lab, 'configs/r1.cfg'), Buffer.from(`\ufeff${CONFIG}`, 'utf16le'));
      return lab;
    },
  ],
  [
    'an empty configuration',
    /configs\/r1\.cfg: The file is empty/,
    (folder) => {
      const lab = makeLab(folder, oneNode('configs/r1.cfg'));
      writeFileSync(join(lab, 'configs/r1.cfg'), '');
      return lab;
    },
  ],
  [
    'a folder in place of a configuration',
    /configs\/r2\.cfg: This is a folder/,
    (folder) => {
      const lab = makeLab(folder, oneNode('configs/r2.cfg'));
      mkdirSync(join(lab, 'configs/r2.cfg'));
      return lab;
    },
  ],
  [
    'a pipe in place of a configuration',
    /configs\/r2\.cfg: This is a device, a pipe or a socket/,
    (folder) => {
      const lab = makeLab(folder, oneNode('configs/r2.cfg'));
      execFileSync('mkfifo', [join(lab, 'configs/r2.cfg')]);
      return lab;
    },
  ],
  [
    'a key that stands twice',
    /lab\.clab\.yml:5: The key r1 stands twice/,
    (folder) => makeLab(folder, `${oneNode('configs/r1.cfg')}    r1: {kind: linux}\n`),
  ],
  ['an alias bomb', /Aliases make the file grow without bound/, (folder) => makeLab(folder, bomb())],
  [
    'a prototype as key',
    /lab\.clab\.yml:4: The key __proto__ is reserved/,
    (folder) => makeLab(folder, topology('    __proto__: {kind: linux}\n')),
  ],
  [
    'values nested without end',
    /nested deeper than 32 levels/,
    (folder) => makeLab(folder, `name: ${'['.repeat(10_000)}`),
  ],
  [
    'ten thousand nodes',
    /has 10000 nodes; at most 5000/,
    (folder) =>
      makeLab(folder, topology(Array.from({ length: 10_000 }, (_, at) => `    n${at}: {kind: linux}\n`).join(''))),
  ],
  [
    'a name with shell characters',
    /lab\.clab\.yml:4: The node name "r1;reboot"/,
    (folder) => makeLab(folder, topology('    "r1;reboot": {kind: linux}\n')),
  ],
];

/** Everything below a folder, so that a file that appears is seen. */
const listing = (folder: string): readonly string[] => readdirSync(folder, { recursive: true }).map(String).sort();

describe('an input that cannot be used', { timeout: 90_000 }, () => {
  it.each(CASES)('%s', (_, message, make) =>
    inTemporaryFolder(async (folder) => {
      const lab = make(folder);
      const before = listing(folder);
      const config = join(folder, '..', `${folder}-config`);
      const commands = [
        ['preflight', lab, '--paste', 'r1', '--evidence', join(folder, 'evidence')],
        ['simulate', lab, '--json'],
      ];
      const ended = await Promise.all(commands.map((command) => aegis(command, { config, input: CONFIG })));
      for (const { code, stdout, stderr } of ended) {
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toMatch(message);
        expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      }
      expect(listing(folder)).toEqual(before);
      expect(existsSync(config)).toBe(false);
    }),
  );

  it.each([
    ['a change folder that is not there', ['--change', 'nowhere'], 'There is no such change folder'],
    ['a revision that does not exist', ['--against', 'no-such-branch'], 'does not exist'],
    ['a revision that looks like an option', ['--against=--output=x'], 'does not exist'],
    ['a device that the lab does not have', ['--paste', 'r9'], 'has no device r9'],
    ['two changes at once', ['--paste', 'r1', '--change', 'x'], 'Give one of --change and --paste, not both'],
    ['an empty paste', ['--paste', 'r1'], 'standard input: The file is empty'],
  ])('%s', (name, args, message) =>
    inTemporaryFolder(async (folder) => {
      const options = { config: join(folder, 'config'), input: name === 'an empty paste' ? '' : CONFIG };
      const { code, stderr } = await aegis(
        ['preflight', 'labs/single', ...args, '--evidence', join(folder, 'evidence')],
        options,
      );
      expect({ code, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, lines: 1 });
      expect(stderr).toContain(message);
      expect(listing(folder)).toEqual([]);
    }),
  );

  it.each([
    [['verify', 'nowhere', '--trust', 'README.md']],
    [['verify', 'labs', '--trust', 'nowhere']],
    [['report', 'nowhere', '--pdf', 'x.pdf', '--trust', 'README.md']],
    [['lint', 'nowhere']],
    [['simulate']],
    [['no-such-command']],
    [['lint', 'labs/single', '--json', '--sarif']],
  ])('%j', async (args) => {
    const { code, stderr } = await aegis(args);
    expect({ code, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, lines: 1 });
  });
});
