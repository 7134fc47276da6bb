import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gitBaseline } from './git-baseline.ts';

let root = '';
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { encoding: 'utf8' }).trim();
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'aegis-git-'));
  mkdirSync(join(root, 'labs/a b/configs'), { recursive: true });
  writeFileSync(join(root, 'labs/a b/configs/r1.cfg'), 'old\n');
  writeFileSync(join(root, 'labs/a b/lab.clab.yml'), 'name: a\n');
  symlinkSync('/etc/passwd', join(root, 'labs/a b/configs/link.cfg'));
  writeFileSync(join(root, 'other.txt'), 'elsewhere\n');
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'first');
  writeFileSync(join(root, 'labs/a b/configs/r1.cfg'), 'new\n');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a lab as it was in a git revision', () => {
  it('has the files of the revision under the paths of the working tree', async () => {
    const lab = join(root, 'labs/a b');
    const { reader, commit } = await gitBaseline(lab, 'HEAD');
    expect(commit).toBe(git('rev-parse', 'HEAD'));
    expect(text(await reader.readFile(`${lab}/configs/r1.cfg`))).toBe('old\n');
    expect([...(await reader.readDirectory(lab))].sort()).toEqual(['configs', 'lab.clab.yml']);
    expect(await reader.stat(`${lab}/configs`)).toEqual({ kind: 'directory', size: 0 });
    expect(await reader.stat(`${lab}/configs/r1.cfg`)).toEqual({ kind: 'file', size: 4 });
    expect(await reader.stat(`${lab}/configs/r9.cfg`)).toBeUndefined();
    expect(await reader.realPath(`${lab}/configs/../configs/r1.cfg`)).toBe(`${lab}/configs/r1.cfg`);
  });

  it('does not follow symbolic links, and does not leave the lab', async () => {
    const lab = join(root, 'labs/a b');
    const { reader } = await gitBaseline(lab, 'HEAD');
    expect(await reader.stat(`${lab}/configs/link.cfg`)).toMatchObject({ kind: 'other' });
    expect(await reader.stat(`${lab}/../../other.txt`)).toBeUndefined();
    await expect(reader.readFile(`${lab}/../../other.txt`)).rejects.toThrow('is not in HEAD');
    await expect(reader.realPath('/etc/passwd')).rejects.toThrow('is not in HEAD');
  });

  it('has every byte of every file: empty ones, binary ones, and ones too large to be read with the others', async () => {
    const contents: Readonly<Record<string, Uint8Array>> = {
      'empty.cfg': new Uint8Array(),
      'lines.cfg': new TextEncoder().encode('one\n\ntwo\n'),
      'binary.cfg': Uint8Array.from({ length: 1024 }, (_, index) => index % 256),
      'large.cfg': new Uint8Array(5 * 1024 * 1024).fill(10),
    };
    const lab = join(root, 'labs/all');
    mkdirSync(lab);
    for (const [name, bytes] of Object.entries(contents)) writeFileSync(join(lab, name), bytes);
    git('add', '.');
    git('commit', '-q', '-m', 'second');
    const { reader } = await gitBaseline(lab, 'HEAD');
    for (const [name, bytes] of Object.entries(contents))
      expect(Buffer.compare(await reader.readFile(join(lab, name)), bytes), name).toBe(0);
  });

  it('takes the whole repository as a lab', async () => {
    const { reader } = await gitBaseline(root, 'HEAD');
    expect([...(await reader.readDirectory(root))].sort()).toEqual(['labs', 'other.txt']);
  });

  it.each([
    [
      'a revision that does not exist',
      () => join(root, 'labs/a b'),
      'nowhere',
      'The git revision "nowhere" does not exist.',
    ],
    [
      'an option in place of a revision',
      () => join(root, 'labs/a b'),
      '--all',
      'The git revision "--all" does not exist.',
    ],
    ['a folder without a repository', () => tmpdir(), 'HEAD', 'does not lie in a git repository'],
  ])('refuses %s', async (_, folder, revision, message) => {
    await expect(gitBaseline(folder(), revision)).rejects.toThrow(message);
  });

  it('refuses a lab that the revision does not have', async () => {
    mkdirSync(join(root, 'labs/fresh'), { recursive: true });
    await expect(gitBaseline(join(root, 'labs/fresh'), 'HEAD')).rejects.toThrow(
      'The lab is not part of the git revision HEAD.',
    );
  });

  it('runs nothing that the repository asks for', async () => {
    const mark = join(root, 'ran');
    git('config', 'core.fsmonitor', `touch '${mark}'; false`);
    git('config', 'diff.external', `touch '${mark}'`);
    const { reader } = await gitBaseline(join(root, 'labs/a b'), 'HEAD');
    await reader.readFile(`${join(root, 'labs/a b')}/configs/r1.cfg`);
    expect(existsSync(mark)).toBe(false);
  });
});
