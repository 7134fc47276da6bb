import { formatIp, makePrefix, maskWords, type Prefix } from '../../../config/address.ts';

/** Length of an IPv4 address's class (RFC 791). */
export const classLength = (word: number): number => (word >>> 31 === 0 ? 8 : word >>> 30 === 2 ? 16 : 24);

const cut = (words: readonly number[], length: number): Prefix =>
  makePrefix({ version: 4, words, text: formatIp(4, words) }, length);

/** The network of the class that holds a prefix; undefined for one that is wider than its class, the default route included. */
export function majorNetwork({ words, length }: Prefix): Prefix | undefined {
  const own = classLength(words[0] as number);
  return length < own ? undefined : cut(words, own);
}

const same = (a: Prefix | undefined, b: Prefix | undefined): boolean =>
  a !== undefined && b !== undefined && a.length === b.length && a.words[0] === b.words[0];

/** A prefix as automatic summaries send it by an interface: by its class, unless that is the class of the interface. */
export function summarised(prefix: Prefix, link: Prefix): Prefix {
  const major = majorNetwork(prefix);
  return major === undefined || same(major, majorNetwork(link)) ? prefix : major;
}

/**
 * A prefix as version 1 sends it, which has no masks (RFC 1058 section 3.2): subnets stay inside of their network and
 * leave only by links of the same mask; undefined for what cannot be said.
 */
export function withoutMask(prefix: Prefix, link: Prefix): Prefix | undefined {
  if (prefix.length === 0) return prefix;
  const major = majorNetwork(prefix);
  if (major === undefined) return undefined;
  if (!same(major, majorNetwork(link))) return major;
  return prefix.length === link.length || prefix.length === 32 || prefix.length === major.length ? prefix : undefined;
}

/** What a receiver of version 1 takes an address for: the mask of its own link, or of the class. */
export function guessed({ words, length }: Prefix, link: Prefix): Prefix {
  const word = words[0] as number;
  if (length === 0 || word === 0) return cut([0], 0);
  const major = cut(words, classLength(word));
  if (word === major.words[0]) return major;
  const mask = same(major, majorNetwork(link)) ? link.length : major.length;
  return maskWords(words, mask)[0] === word ? cut(words, mask) : cut(words, 32);
}
