/** Reads back the file that renderReport attached, so that a verifier can hold it against bundle.json. */
import { inflateSync } from 'node:zlib';

const MOST_BYTES = 256 * 1024 * 1024;

/** The bytes of the only embedded file of a PDF that this software made; null when there is not exactly one. */
export function attachedFile(pdf: Uint8Array): Uint8Array | null {
  const buffer = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const text = buffer.toString('latin1');
  const mark = '/Type /EmbeddedFile\n';
  const at = text.indexOf(mark);
  if (at < 0 || text.indexOf(mark, at + 1) >= 0) return null;
  const begin = text.indexOf('stream\n', at);
  const dictionary = text.slice(at, begin);
  const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? Number.NaN);
  const start = begin + 'stream\n'.length;
  if (begin < 0 || dictionary.includes('endobj') || !(start + length <= buffer.length)) return null;
  const content = buffer.subarray(start, start + length);
  if (!dictionary.includes('/Filter /FlateDecode')) return new Uint8Array(content);
  try {
    return new Uint8Array(inflateSync(content, { maxOutputLength: MOST_BYTES }));
  } catch {
    // A damaged stream is the same answer as no attachment: it is not the bundle.
    return null;
  }
}
