/** An IP address as its canonical text (RFC 5952 for IPv6) and its bits as 32-bit words, most significant first. */
export interface Ip {
  readonly version: 4 | 6;
  readonly text: string;
  readonly words: readonly number[];
}

export interface Prefix {
  readonly version: 4 | 6;
  readonly length: number;
  /** Canonical text with host bits cleared, e.g. 10.0.0.0/8. */
  readonly text: string;
  readonly words: readonly number[];
}

function parseIp4(text: string): number | undefined {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!octets) return undefined;
  let value = 0;
  for (let i = 1; i <= 4; i += 1) {
    const octet = Number(octets[i]);
    if (octet > 255) return undefined;
    value = value * 256 + octet;
  }
  return value >>> 0;
}

const formatIp4 = (value: number): string =>
  `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;

function parseGroups(text: string): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    const embedded = index === parts.length - 1 ? parseIp4(part) : undefined;
    if (embedded !== undefined) groups.push(embedded >>> 16, embedded & 0xffff);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function parseIp6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] ?? '');
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? '') : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<number>(missing).fill(0), ...tail];
  return [0, 2, 4, 6].map((at) => (((groups[at] ?? 0) << 16) | (groups[at + 1] ?? 0)) >>> 0);
}

function formatIp6(words: readonly number[]): string {
  const groups = words.flatMap((word) => [word >>> 16, word & 0xffff]);
  // RFC 5952: the longest run of two or more zero groups is shortened, the first one among equals.
  let [best, length] = [-1, 1];
  for (let at = 0; at < 8; at += 1) {
    let end = at;
    while (end < 8 && groups[end] === 0) end += 1;
    if (end - at > length) [best, length] = [at, end - at];
    if (end > at) at = end;
  }
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  return best < 0 ? hex(groups) : `${hex(groups.slice(0, best))}::${hex(groups.slice(best + length))}`;
}

export const formatIp = (version: 4 | 6, words: readonly number[]): string =>
  version === 4 ? formatIp4(words[0] ?? 0) : formatIp6(words);

/** An IPv4 or IPv6 address; undefined when the text is neither. A zone (`%eth0`) is not accepted. */
export function parseIp(text: string): Ip | undefined {
  const four = parseIp4(text);
  if (four !== undefined) return { version: 4, text: formatIp4(four), words: [four] };
  if (!text.includes(':')) return undefined;
  const six = parseIp6(text);
  return six && { version: 6, text: formatIp6(six), words: six };
}

/** The words with all bits after `length` cleared. */
export function maskWords(words: readonly number[], length: number): number[] {
  return words.map((word, index) => {
    const bits = Math.min(32, Math.max(0, length - 32 * index));
    return bits === 0 ? 0 : (word & (bits === 32 ? 0xffffffff : ~(0xffffffff >>> bits))) >>> 0;
  });
}

export function makePrefix(ip: Ip, length: number): Prefix {
  const words = maskWords(ip.words, length);
  return { version: ip.version, length, words, text: `${formatIp(ip.version, words)}/${length}` };
}

/** `10.1.2.3/8` gives 10.0.0.0/8; undefined when it is not an address with a length. */
export function parsePrefix(text: string): Prefix | undefined {
  const slash = text.lastIndexOf('/');
  if (slash < 0) return undefined;
  const [ip, lengthText] = [parseIp(text.slice(0, slash)), text.slice(slash + 1)];
  if (!ip || !/^\d{1,3}$/.test(lengthText)) return undefined;
  const length = Number(lengthText);
  return length <= (ip.version === 4 ? 32 : 128) ? makePrefix(ip, length) : undefined;
}

/** Length of a contiguous IPv4 network mask; undefined when the mask has holes. */
export function maskLength(mask: string): number | undefined {
  const value = parseIp4(mask);
  if (value === undefined) return undefined;
  const inverted = ~value >>> 0;
  return (inverted & (inverted + 1)) === 0 ? Math.clz32(inverted) : undefined;
}

/** `10.1.2.3` and `255.0.0.0` give `10.0.0.0/8`. */
export function prefixFromMask(address: string, mask: string): string | undefined {
  const [ip, length] = [parseIp(address), maskLength(mask)];
  return ip?.version === 4 && length !== undefined ? makePrefix(ip, length).text : undefined;
}

/** Whether the prefix holds the address or the (longer or equal) prefix. */
export function prefixContains(outer: Prefix, inner: Ip | Prefix): boolean {
  if (outer.version !== inner.version || ('length' in inner && inner.length < outer.length)) return false;
  return maskWords(inner.words, outer.length).every((word, index) => word === outer.words[index]);
}

/** Order of tables: IPv4 before IPv6, then address, then length. */
export function comparePrefixes(a: Prefix, b: Prefix): number {
  if (a.version !== b.version) return a.version - b.version;
  for (let at = 0; at < a.words.length; at += 1) {
    const difference = (a.words[at] ?? 0) - (b.words[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** A wildcard mask (0.0.0.255) as a network mask's length; undefined when it is not contiguous. */
export function wildcardLength(wildcard: string): number | undefined {
  const value = parseIp4(wildcard);
  return value === undefined ? undefined : maskLength(formatIp4(~value >>> 0));
}
