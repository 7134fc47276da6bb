import { joinPath } from '../../core/network/load/file-reader.ts';

/** An entry of a folder. Links to folders are not followed: they may lead in a circle. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
}

export type ListFolder = (path: string) => Promise<readonly FolderEntry[]>;

export interface LabPlace {
  /** Topology file, or folder of a Batfish snapshot. */
  readonly path: string;
  readonly format: 'containerlab' | 'batfish';
  readonly workspaceFolder: string;
}

const TOPOLOGY = /\.clab\.ya?ml$/;
const IGNORED = new Set(['node_modules', 'dist', 'out', 'build', '__pycache__']);
/** Files that make a folder a sealed package. */
const PACKAGE = ['bundle.json', 'SHA256SUMS'];
/** A search that finds no end would keep the editor from starting. */
const MOST_FOLDERS = 5_000;
const DEEPEST = 12;

/**
 * The labs below a workspace folder, sorted by path: containerlab topologies, and Batfish folders that belong to none
 * (a folder of a sample change also holds `configs`).
 */
export async function findLabs(workspaceFolder: string, list: ListFolder): Promise<readonly LabPlace[]> {
  const found: LabPlace[] = [];
  const open = [{ path: workspaceFolder, depth: 0, inLab: false }];
  for (let visited = 0; open.length > 0 && visited < MOST_FOLDERS; visited += 1) {
    const { path, depth, inLab } = open.shift() as (typeof open)[number];
    let entries: readonly FolderEntry[];
    try {
      entries = await list(path);
    } catch {
      // A folder that cannot be read holds no lab that could be loaded.
      continue;
    }
    // A sealed package keeps a copy of the topology that it was made from; that copy is evidence, not a lab.
    if (PACKAGE.every((name) => entries.some((entry) => entry.name === name && entry.kind === 'file'))) continue;
    const topologies = entries.filter(({ name, kind }) => kind === 'file' && TOPOLOGY.test(name));
    for (const { name } of topologies)
      found.push({ path: joinPath(path, name), format: 'containerlab', workspaceFolder });
    const isFolder = (wanted: string): boolean =>
      entries.some(({ name, kind }) => name === wanted && kind === 'directory');
    const isLab = topologies.length > 0;
    const isChange = entries.some(({ name }) => name === 'change.yml');
    const isBatfish = !isLab && !inLab && !isChange && isFolder('configs');
    if (isBatfish) found.push({ path, format: 'batfish', workspaceFolder });
    if (depth >= DEEPEST) continue;
    for (const { name, kind } of entries) {
      if (kind !== 'directory' || name.startsWith('.') || IGNORED.has(name)) continue;
      open.push({ path: joinPath(path, name), depth: depth + 1, inLab: inLab || isLab || isBatfish });
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
