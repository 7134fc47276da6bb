import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import type { FileReader } from '../../core/network/load/file-reader.ts';

/** The file system as it is on disk. */
export const nodeFileReader: FileReader = {
  readFile: (path) => readFile(path),
  readDirectory: (path) => readdir(path),
  realPath: (path) => realpath(path),
  stat: async (path) => {
    try {
      const found = await stat(path);
      return { kind: found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other', size: found.size };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },
};

/** Nothing at the path, also because a part of it is a file. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
