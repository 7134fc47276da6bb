/**
 * A TrueType font reduced to what a plain line of text needs: outlines, widths and the character map.
 *
 * Without the layout tables (GSUB, GPOS, kern) a letter is always drawn by its own glyph, so that text copied out of the
 * report is exactly the text that went in, and opening the font takes milliseconds instead of half a second.
 */

/** Tables that PDF embedding and plain layout need (ISO 32000-1, 9.9), in the font's own spelling. */
const KEPT = new Set([
  'OS/2',
  'cmap',
  'cvt ',
  'fpgm',
  'glyf',
  'head',
  'hhea',
  'hmtx',
  'loca',
  'maxp',
  'name',
  'post',
  'prep',
]);

const HEADER = 12;
const RECORD = 16;

/** Bytes of room behind the last table: fontkit reads the header of an empty glyph, which may lie at the very end. */
const ROOM = 16;

const aligned = (length: number): number => (length + 3) & ~3;

/** Copies a font without its layout tables. Throws for a file that is not a TrueType font. */
export function plainFont(font: Uint8Array): Uint8Array {
  const input = new DataView(font.buffer, font.byteOffset, font.byteLength);
  if (font.length < HEADER || input.getUint32(0) !== 0x0001_0000)
    throw new TypeError('The font is not a TrueType font.');
  const records = Array.from({ length: input.getUint16(4) }, (_, index) => {
    const at = HEADER + index * RECORD;
    return {
      tag: String.fromCharCode(...font.subarray(at, at + 4)),
      checksum: input.getUint32(at + 4),
      offset: input.getUint32(at + 8),
      length: input.getUint32(at + 12),
    };
  }).filter(({ tag }) => KEPT.has(tag));

  const start = HEADER + records.length * RECORD;
  const total = records.reduce((sum, { length }) => sum + aligned(length), start);
  const output = new Uint8Array(total + ROOM);
  const view = new DataView(output.buffer);
  const power = Math.floor(Math.log2(records.length));
  view.setUint32(0, 0x0001_0000);
  view.setUint16(4, records.length);
  view.setUint16(6, 2 ** power * RECORD);
  view.setUint16(8, power);
  view.setUint16(10, (records.length - 2 ** power) * RECORD);
  let next = start;
  for (const [index, { tag, checksum, offset, length }] of records.entries()) {
    const at = HEADER + index * RECORD;
    output.set(
      [...tag].map((letter) => letter.charCodeAt(0)),
      at,
    );
    view.setUint32(at + 4, checksum);
    view.setUint32(at + 8, next);
    view.setUint32(at + 12, length);
    output.set(font.subarray(offset, offset + length), next);
    next += aligned(length);
  }
  return output;
}
