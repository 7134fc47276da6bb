/* The folder of a twin: its generated topology and configurations, and who owns it. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LAB_PREFIX } from './topology.ts';

const TOPOLOGY = 'topology.clab.yml';
const OWNER = 'owner.json';

export interface TwinFolder {
  readonly path: string;
  readonly topology: string;
  readonly write: (name: string, text: string) => Promise<void>;
  readonly read: (name: string) => Promise<string>;
  readonly remove: () => Promise<void>;
}

const folderOf = (path: string): TwinFolder => ({
  path,
  topology: join(path, TOPOLOGY),
  write: (name, text) => writeFile(join(path, name), text, { mode: 0o600 }),
  read: (name) => readFile(join(path, name), 'utf8'),
  remove: () => rm(path, { recursive: true, force: true }),
});

/** Where the folders of twins lie: a folder of this user's in the system's folder for temporary files. */
const home = (): string => join(tmpdir(), `aegis-containerlab-${process.getuid?.() ?? 'user'}`);

/** A new folder, readable by its owner alone, that says which process it belongs to. */
export async function makeTwinFolder(): Promise<TwinFolder> {
  await mkdir(home(), { recursive: true, mode: 0o700 });
  const folder = folderOf(await mkdtemp(join(home(), LAB_PREFIX)));
  await folder.write(OWNER, JSON.stringify({ pid: process.pid }));
  return folder;
}

/** Folders whose process has ended without removing them: their labs may still run. */
export async function leftFolders(): Promise<readonly TwinFolder[]> {
  const names = await readdir(home()).catch(() => []);
  const left: TwinFolder[] = [];
  for (const name of names.filter((one) => one.startsWith(LAB_PREFIX))) {
    const folder = folderOf(join(home(), name));
    const owner = await readFile(join(folder.path, OWNER), 'utf8').catch(() => '{}');
    const pid = /"pid":(\d+)/.exec(owner)?.[1];
    if (pid === undefined || !isAlive(Number(pid))) left.push(folder);
  }
  return left;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
