import { formatIp, type Ip, makePrefix, type Prefix } from '../../config/address.ts';

/**
 * A stretch of the address space whose addresses every table treats alike: between two neighbouring boundaries of the
 * prefixes that occur. Bounds are inclusive.
 */
export interface Atom {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  /** The first address, which stands for all. */
  readonly sample: Ip;
}

const BITS = { 4: 32, 6: 128 } as const;

export const numberOf = ({ words }: { readonly words: readonly number[] }): bigint =>
  words.reduce((value, word) => (value << 32n) | BigInt(word), 0n);

export function ipOf(version: 4 | 6, value: bigint): Ip {
  const count = version === 4 ? 1 : 4;
  const words = Array.from({ length: count }, (_, at) =>
    Number((value >> BigInt(32 * (count - 1 - at))) & 0xffffffffn),
  );
  return { version, words, text: formatIp(version, words) };
}

/** First and last address of a prefix. */
export function boundsOf(prefix: Prefix): readonly [bigint, bigint] {
  const first = numberOf(prefix);
  return [first, first + (1n << BigInt(BITS[prefix.version] - prefix.length)) - 1n];
}

/** The atoms of both families, in order of address; the whole space of a family that has any prefix is covered. */
export function atomsOf(prefixes: Iterable<Prefix>): readonly Atom[] {
  const starts = { 4: new Set<bigint>(), 6: new Set<bigint>() };
  for (const prefix of prefixes) {
    const [first, last] = boundsOf(prefix);
    starts[prefix.version].add(first).add(last + 1n);
  }
  return ([4, 6] as const).flatMap((version) => {
    const end = 1n << BigInt(BITS[version]);
    if (starts[version].size === 0) return [];
    const sorted = [...starts[version].add(0n)]
      .filter((start) => start < end)
      .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    return sorted.map(
      (first, at): Atom => ({ version, first, last: (sorted[at + 1] ?? end) - 1n, sample: ipOf(version, first) }),
    );
  });
}

/** The fewest prefixes that are exactly the addresses from first to last. */
export function prefixesOf(version: 4 | 6, first: bigint, last: bigint): readonly Prefix[] {
  const found: Prefix[] = [];
  for (let at = first; at <= last; ) {
    let size = 1n;
    while ((at & (2n * size - 1n)) === 0n && at + 2n * size - 1n <= last) size *= 2n;
    found.push(makePrefix(ipOf(version, at), BITS[version] - (size.toString(2).length - 1)));
    at += size;
  }
  return found;
}

/** More prefixes than this say less than their first and last address. */
const READABLE = 2;

/** Atoms in words: neighbouring ones joined, as prefixes or as `first - last`. */
export function rangesText(atoms: readonly Atom[]): readonly string[] {
  const joined: { version: 4 | 6; first: bigint; last: bigint }[] = [];
  for (const { version, first, last } of atoms) {
    const before = joined.at(-1);
    if (before && before.version === version && before.last + 1n === first) before.last = last;
    else joined.push({ version, first, last });
  }
  return joined.flatMap(({ version, first, last }) => {
    const prefixes = prefixesOf(version, first, last);
    return prefixes.length <= READABLE
      ? prefixes.map(({ text }) => text)
      : [`${ipOf(version, first).text} - ${ipOf(version, last).text}`];
  });
}
