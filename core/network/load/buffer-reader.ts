import type { FileReader } from './file-reader.ts';

/**
 * A reader in which some files have another text than the one below it: the unsaved buffers of an editor. `pathOf`
 * makes the two spellings of a path equal (an absolute path, a normal form).
 */
export function withBuffers(
  below: FileReader,
  buffers: ReadonlyMap<string, string>,
  pathOf: (path: string) => string = (path) => path,
): FileReader {
  const bytes = new Map([...buffers].map(([path, text]) => [pathOf(path), new TextEncoder().encode(text)]));
  return {
    ...below,
    readFile: async (path) => bytes.get(pathOf(path)) ?? below.readFile(path),
    stat: async (path) => {
      const buffer = bytes.get(pathOf(path));
      return buffer ? { kind: 'file', size: buffer.length } : below.stat(path);
    },
  };
}
