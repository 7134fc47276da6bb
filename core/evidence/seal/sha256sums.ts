/** The SHA256SUMS file: what `sha256sum -c` reads, over every file of a package. */
import { createHash } from 'node:crypto';
import { isSafeFileName } from '../primitives.ts';

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Why a path may not be in a package; null when it may. Safe names need no escaping in SHA256SUMS on any system. */
export function pathProblem(path: string): string | null {
  const parts = path.split('/');
  if (parts.length > 4) return `The path ${JSON.stringify(path)} is nested too deeply for an evidence package.`;
  return parts.every(isSafeFileName)
    ? null
    : `The path ${JSON.stringify(path)} cannot be in an evidence package: use letters, digits, dots, dashes and underscores.`;
}

function byBytes(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The text of SHA256SUMS: one line a file, sorted by path. Throws for a path that may not be in a package. */
export function writeSums(files: ReadonlyMap<string, Uint8Array>): string {
  return [...files.entries()]
    .sort(([left], [right]) => byBytes(left, right))
    .map(([path, bytes]) => {
      const problem = pathProblem(path);
      if (problem) throw new RangeError(problem);
      return `${sha256Hex(bytes)}  ${path}\n`;
    })
    .join('');
}

export type ParsedSums =
  | { readonly ok: true; readonly sums: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly offset: number; readonly message: string };

/** Reads SHA256SUMS strictly: safe paths, sorted, each once, nothing else in the file. */
export function parseSums(text: string): ParsedSums {
  const sums = new Map<string, string>();
  let offset = 0;
  let previous = '';
  for (const line of text.split('\n').slice(0, -1)) {
    const match = /^([0-9a-f]{64}) {2}(.+)$/.exec(line);
    const path = match?.[2] ?? '';
    if (!match) return { ok: false, offset, message: 'The line is not a digest, two blanks and a path.' };
    const problem = pathProblem(path);
    if (problem) return { ok: false, offset: offset + 66, message: problem };
    if (previous !== '' && byBytes(previous, path) >= 0) {
      return { ok: false, offset: offset + 66, message: `The path ${path} is not in order, or is listed twice.` };
    }
    sums.set(path, match[1] ?? '');
    previous = path;
    offset += line.length + 1;
  }
  if (sums.size === 0) return { ok: false, offset: 0, message: 'The file lists nothing.' };
  if (!text.endsWith('\n')) return { ok: false, offset, message: 'The last line has no line break.' };
  return { ok: true, sums };
}
