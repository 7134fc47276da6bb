/* The files that the FRR twin reads and writes: those inside of its namespaces, and a few facts of the host. */
import { constants } from 'node:fs';
import { access, type FileHandle, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The folders of a twin, reached through an open folder: they stay these, whatever becomes of process ids. */
export interface TwinFiles {
  /** Path of a file inside the twin, as this process reaches it. `path` is absolute, in /run or in /etc/frr. */
  readonly outside: (path: string) => string;
  readonly write: (path: string, text: string) => Promise<void>;
  readonly read: (path: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

const FOLDERS = ['/run', '/etc/frr'] as const;

/** Opens the folders of the namespaces whose first process has this id. */
export async function openTwinFiles(pid: number): Promise<TwinFiles> {
  const handles = new Map<string, FileHandle>();
  for (const folder of FOLDERS)
    handles.set(folder, await open(`/proc/${pid}/root${folder}`, constants.O_RDONLY | constants.O_DIRECTORY));
  const outside = (path: string): string => {
    for (const [folder, handle] of handles)
      if (path.startsWith(`${folder}/`)) return `/proc/self/fd/${handle.fd}${path.slice(folder.length)}`;
    throw new Error(`${path} is not one of the folders that the twin shares.`);
  };
  return {
    outside,
    write: async (path, text) => {
      const file = outside(path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    },
    read: (path) => readFile(outside(path), 'utf8'),
    close: async () => {
      for (const handle of handles.values()) await handle.close();
      handles.clear();
    },
  };
}

export async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

/** Memory that processes could still get, in MB (`MemAvailable` of /proc/meminfo); undefined where it is not said. */
export async function availableMemoryMb(): Promise<number | undefined> {
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(await readFile('/proc/meminfo', 'utf8').catch(() => ''))?.[1];
  return kilobytes === undefined ? undefined : Math.floor(Number(kilobytes) / 1024);
}
