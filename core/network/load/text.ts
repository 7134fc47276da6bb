import { type FileReader, isBelow } from './file-reader.ts';
import { unusable } from './unusable.ts';

/** Larger files are not configurations, and reading them would stop the editor. */
export const MOST_CONFIG_BYTES = 64 * 1024 * 1024;

/**
 * The text of a configuration's bytes, exactly: encoding it again gives the same bytes, so a digest of the text is a
 * digest of the file. A byte order mark is kept for the text checks to report. Throws `UnusableInput` for what no
 * network system could load: nothing, binary data, UTF-16, invalid UTF-8.
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  if (bytes.length === 0) throw unusable(file, 'The file is empty; give the device its configuration.');
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw unusable(file, 'The file is UTF-16; save it as UTF-8.');
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    throw unusable(file, `The file is binary (a NUL byte at offset ${nul}); a configuration is UTF-8 text.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw unusable(file, `The file is not UTF-8 (first invalid byte on line ${invalidLine(bytes)}); save it as UTF-8.`);
  }
}

/** Line, counted from 1, of the first byte sequence that is not UTF-8. */
function invalidLine(bytes: Uint8Array): number {
  let line = 1;
  let from = 0;
  while (from < bytes.length) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end + 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(from, to));
    } catch {
      return line;
    }
    from = to;
    line += 1;
  }
  return line;
}

/** Reads a text file. Throws `UnusableInput` when it is missing, not a regular file, too large or not text. */
export async function readText(reader: FileReader, path: string, limit = MOST_CONFIG_BYTES): Promise<string> {
  const status = await reader.stat(path);
  if (status === undefined) throw unusable(path, 'There is no such file.');
  if (status.kind === 'directory') throw unusable(path, 'This is a folder; a file is expected here.');
  if (status.kind === 'other')
    throw unusable(path, 'This is a device, a pipe or a socket; a regular file is expected here.');
  if (status.size > limit) {
    throw unusable(path, `The file has ${status.size} bytes; at most ${limit} are read.`);
  }
  let bytes: Uint8Array;
  try {
    bytes = await reader.readFile(path);
  } catch (error) {
    throw unusable(path, `The file cannot be read (${reasonOf(error)}).`);
  }
  return decodeText(bytes, path);
}

/** Throws `UnusableInput` when a file, with its links followed, is not there or lies outside of a folder (a real path). */
export async function requireInside(reader: FileReader, path: string, root: string): Promise<void> {
  let real: string;
  try {
    real = await reader.realPath(path);
  } catch (error) {
    throw unusable(path, `The file cannot be read (${reasonOf(error)}).`);
  }
  if (!isBelow(real, root)) throw unusable(path, 'The file is a symbolic link to a place outside of its folder.');
}

/** The system's own word for what went wrong: EACCES, ENOENT, or the message. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  return String(error);
}
