/** Literal IP addresses and prefixes as text and as bytes. Names are no literals, and neither are other spellings. */

/** The bytes of a literal address: 4 or 16; null for everything else, also for `127.1`, `0x7f000001` and zone ids. */
export function literalBytes(text: string): Uint8Array | null {
  return text.includes(':') ? ipv6Bytes(text) : ipv4Bytes(text);
}

function ipv4Bytes(text: string): Uint8Array | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  const parts = match?.slice(1) ?? [];
  // A leading zero is octal to some resolvers and decimal to others.
  if (parts.length !== 4 || parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0'))))
    return null;
  return Uint8Array.from(parts, Number);
}

/** RFC 4291 section 2.2, with one `::` and without an embedded IPv4 address. */
function ipv6Bytes(text: string): Uint8Array | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groups = (half: string | undefined): readonly string[] =>
    half === undefined || half === '' ? [] : half.split(':');
  const [head, tail] = [groups(halves[0]), groups(halves[1])];
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const all = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  return Uint8Array.from(all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]));
}

export interface Prefix {
  readonly bytes: Uint8Array;
  readonly length: number;
}

/** `10.0.0.0/8`, `fd00::/8` or one address; null for what is neither. */
export function parsePrefix(text: string): Prefix | null {
  const match = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text);
  const bytes = match ? literalBytes(match[1] ?? '') : null;
  if (!bytes) return null;
  const length = match?.[2] === undefined ? bytes.length * 8 : Number(match[2]);
  return length > bytes.length * 8 ? null : { bytes, length };
}

export function prefixHolds({ bytes, length }: Prefix, address: Uint8Array): boolean {
  if (bytes.length !== address.length) return false;
  return bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, length - index * 8));
    const mask = (0xff << (8 - bits)) & 0xff;
    return (byte & mask) === ((address[index] ?? 0) & mask);
  });
}
