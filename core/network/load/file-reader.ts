/** What a path is. `other` is everything that must not be read: devices, FIFOs, sockets. */
export interface FileStatus {
  readonly kind: 'file' | 'directory' | 'other';
  /** Bytes. */
  readonly size: number;
}

/**
 * How a lab's files are reached. The layer itself reads nothing: the working tree, a git revision and the unsaved
 * buffers of an editor are three readers of the same shape. Paths are the caller's own, with `/` between names.
 */
export interface FileReader {
  /** The whole file. Throws when it cannot be read. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Names in a folder, in any order. Throws when it cannot be read. */
  readonly readDirectory: (path: string) => Promise<readonly string[]>;
  /** The path with every symbolic link resolved. Throws when there is nothing at the path. */
  readonly realPath: (path: string) => Promise<string>;
  /** Undefined when there is nothing at the path. Follows symbolic links. */
  readonly stat: (path: string) => Promise<FileStatus | undefined>;
}

/** Folder and name, one after the other. */
export const joinPath = (folder: string, name: string): string =>
  folder === '' || folder === '.' ? name : `${folder.replace(/\/+$/, '')}/${name.replace(/^(\.\/)+/, '')}`;

/** Whether a real path lies below a real folder. */
export const isBelow = (path: string, folder: string): boolean =>
  path !== folder && path.startsWith(`${folder.replace(/\/+$/, '')}/`);

/** `a/b/c` -> `a/b`; `c` -> `.`. */
export function folderOf(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut < 0 ? '.' : cut === 0 ? '/' : path.slice(0, cut);
}

/** `a/b/c.yml` -> `c.yml`. */
export const fileNameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
