/** Why bytes were not accepted as a text, and where: offset in bytes from the start of the file. */
export interface DecodingProblem {
  readonly code: 'utf-16' | 'invalid-utf-8' | 'nul' | 'byte-order-mark';
  readonly offset: number;
  readonly message: string;
}

export interface Decoded {
  /** The text; bytes that are not UTF-8 are U+FFFD in it. */
  readonly text: string;
  /** Empty when the text is exactly what the bytes say. */
  readonly findings: readonly DecodingProblem[];
}

const marks = [
  { bytes: [0xff, 0xfe], name: 'UTF-16 (little endian)', encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], name: 'UTF-16 (big endian)', encoding: 'utf-16be' },
] as const;

const hex = (byte: number | undefined): string => `0x${(byte ?? 0).toString(16).padStart(2, '0')}`;

/** Length of the well-formed UTF-8 sequence at `at` (Unicode Standard, table 3-7); 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
  const follows = (byte: number, low = 0x80, high = 0xbf): boolean => byte >= low && byte <= high;
  if (a < 0x80) return 1;
  if (a >= 0xc2 && a <= 0xdf) return follows(b) ? 2 : 0;
  if (a >= 0xe0 && a <= 0xef)
    return follows(b, a === 0xe0 ? 0xa0 : 0x80, a === 0xed ? 0x9f : 0xbf) && follows(c) ? 3 : 0;
  if (a >= 0xf0 && a <= 0xf4)
    return follows(b, a === 0xf0 ? 0x90 : 0x80, a === 0xf4 ? 0x8f : 0xbf) && follows(c) && follows(d) ? 4 : 0;
  return 0;
}

function firstInvalid(bytes: Uint8Array): number | undefined {
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return undefined;
}

/**
 * Bytes as text, with every reason not to trust it. UTF-16 is recognised by its mark, or by NUL in every other byte,
 * and read so that a message can show the text; it is a finding all the same.
 */
export function decode(bytes: Uint8Array): Decoded {
  const mark = marks.find(({ bytes: start }) => start.every((byte, index) => bytes[index] === byte));
  const halves = [0, 1].map(
    (odd) => bytes.subarray(0, 512).filter((byte, index) => index % 2 === odd && byte === 0).length,
  );
  const sampled = Math.floor(Math.min(bytes.length, 512) / 2);
  const unmarked = sampled >= 4 && halves.findIndex((zeros) => zeros > sampled * 0.7);
  const encoding = mark ?? (unmarked === 0 ? marks[1] : unmarked === 1 ? marks[0] : undefined);
  if (encoding) {
    const message = `The file is ${encoding.name}; devices read UTF-8 or ASCII. Save it as UTF-8.`;
    return {
      text: new TextDecoder(encoding.encoding).decode(bytes),
      findings: [{ code: 'utf-16', offset: 0, message }],
    };
  }
  const findings: DecodingProblem[] = [];
  const invalid = firstInvalid(bytes);
  if (invalid !== undefined)
    findings.push({
      code: 'invalid-utf-8',
      offset: invalid,
      message: `Byte ${hex(bytes[invalid])} at offset ${invalid} is not UTF-8. Save the file as UTF-8.`,
    });
  const nul = bytes.indexOf(0);
  if (nul >= 0)
    findings.push({ code: 'nul', offset: nul, message: `The file has a NUL byte at offset ${nul}; it is not a text.` });
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    findings.push({
      code: 'byte-order-mark',
      offset: 0,
      message: 'The file begins with a byte order mark. Save it as UTF-8 without one.',
    });
  // The mark stays in the text: the rules show it where it stands.
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), findings };
}
