import { parseIp, parsePrefix, prefixFromMask } from './address.ts';
import { canonicalCommunity, canonicalExtendedValue, canonicalLargeCommunity } from './communities.ts';
import type { Word } from './tree.ts';

/** What a slot took: the value and how many words it used. */
export interface Taken<T> {
  readonly value: T;
  readonly count: number;
  /** How sure the reading is, where it depends on the text (see matching.ts). */
  readonly weight?: number;
}

/** What slots need to know of the system's language. */
export interface Language {
  /** The interface's name as the system shows it. */
  readonly interfaceName: (text: string) => string;
  /** Whether the word is an interface's type whose number may stand apart (`Port-Channel 10`). */
  readonly isInterfaceType: (word: string) => boolean;
}

type Reader<T> = (words: readonly Word[], at: number, language: Language) => Taken<T> | undefined;

const one =
  <T>(read: (text: string) => T | undefined): Reader<T> =>
  (words, at) => {
    const word = words[at];
    const value = word === undefined ? undefined : read(word.text);
    return value === undefined ? undefined : { value, count: 1 };
  };

const integer =
  (min: number, max: number) =>
  (text: string): number | undefined => {
    if (!/^\d{1,15}$/.test(text)) return undefined;
    const value = Number(text);
    return value >= min && value <= max ? value : undefined;
  };

/** AS number in plain or dotted notation (RFC 5396). */
export function parseAsn(text: string): number | undefined {
  const dotted = /^(\d{1,5})\.(\d{1,5})$/.exec(text);
  if (dotted) {
    const [high, low] = [Number(dotted[1]), Number(dotted[2])];
    return high <= 65535 && low <= 65535 ? high * 65536 + low : undefined;
  }
  return integer(0, 4294967295)(text);
}

/** `10,20-22` as sorted VLAN ids; undefined when it is not a list of VLAN ids 1-4094. */
export function parseVlanList(text: string): readonly number[] | undefined {
  const ids = new Set<number>();
  for (const part of text.split(',')) {
    const range = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part.trim());
    if (!range) return undefined;
    const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])];
    if (first < 1 || last > 4094 || first > last) return undefined;
    for (let id = first; id <= last; id += 1) ids.add(id);
  }
  return [...ids].sort((a, b) => a - b);
}

const ipOf = (family: 4 | 6) => (text: string) => {
  const ip = parseIp(text);
  return ip?.version === family ? ip.text : undefined;
};

const prefixOf =
  (family: 4 | 6 | undefined): Reader<string> =>
  (words, at) => {
    const word = words[at]?.text;
    if (word === undefined) return undefined;
    const prefix = parsePrefix(word);
    if (prefix) return family === undefined || prefix.version === family ? { value: prefix.text, count: 1 } : undefined;
    const mask = words[at + 1]?.text;
    const masked = mask === undefined || family === 6 ? undefined : prefixFromMask(word, mask);
    return masked ? { value: masked, count: 2 } : undefined;
  };

/** `GigabitEthernet0/1`, `Gi 0/1`, `ge-0/0/0.0`, `Port-Channel 10` as the name that the system shows. */
const interfaceName: Reader<string> = (words, at, language) => {
  const word = words[at]?.text;
  if (word === undefined) return undefined;
  const next = words[at + 1]?.text;
  if (next !== undefined && /^\d[\d/.:]*$/.test(next) && language.isInterfaceType(word))
    return { value: language.interfaceName(word + next), count: 2 };
  return { value: language.interfaceName(word), count: 1 };
};

/** All remaining words as interface names. */
const interfaceNames: Reader<readonly string[]> = (words, at, language) => {
  const names: string[] = [];
  let next = at;
  for (let taken = interfaceName(words, next, language); taken; taken = interfaceName(words, next, language)) {
    names.push(taken.value);
    next += taken.count;
  }
  return names.length > 0 ? { value: names, count: next - at } : undefined;
};

/** A BGP neighbour: an address in its canonical form, else a name (an interface or a peer group). */
const peer: Reader<string> = (words, at) => {
  const word = words[at]?.text;
  if (word === undefined) return undefined;
  const ip = parseIp(word);
  return ip ? { value: ip.text, count: 1 } : { value: word, count: 1, weight: 1 };
};

const rest: Reader<string> = (words, at) =>
  at < words.length
    ? {
        value: words
          .slice(at)
          .map((word) => word.text)
          .join(' '),
        count: words.length - at,
      }
    : undefined;

const list: Reader<readonly string[]> = (words, at) =>
  at < words.length ? { value: words.slice(at).map((word) => word.text), count: words.length - at } : undefined;

/** As many words as can be read, at least one. */
const many =
  <T>(read: (text: string) => T | undefined): Reader<readonly T[]> =>
  (words, at) => {
    const values: T[] = [];
    for (let next = at; next < words.length; next += 1) {
      const value = read((words[next] as Word).text);
      if (value === undefined) break;
      values.push(value);
    }
    return values.length > 0 ? { value: values, count: values.length } : undefined;
  };

/** `rt 65001:1 65001:2 soo 10.0.0.1:5`: extended communities with their types in front, as `rt:65001:1`. */
const extendedCommunities: Reader<readonly string[]> = (words, at) => {
  const values: string[] = [];
  let type: string | undefined;
  let next = at;
  for (; next < words.length; next += 1) {
    const text = (words[next] as Word).text.toLowerCase();
    const value = canonicalExtendedValue(text);
    if (text === 'rt' || text === 'soo') type = text;
    else if (type !== undefined && value !== undefined) values.push(`${type}:${value}`);
    else break;
  }
  return values.length > 0 ? { value: values, count: next - at } : undefined;
};

/** The types that a pattern's slots may have. Each says what text it takes and what value it gives. */
export const slotTypes = {
  /** Any one word. */
  word: one((text) => text),
  /** All remaining words as one text (descriptions). */
  rest,
  /** All remaining words, each by itself. */
  words: list,
  /** One or more words, each by itself, as few as let the rest of the pattern match. */
  names: list,
  int: one(integer(0, Number.MAX_SAFE_INTEGER)),
  /** A number that may have a sign. */
  signed: one((text) => (/^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined)),
  ints: many(integer(0, 4294967295)),
  asn: one(parseAsn),
  asns: many(parseAsn),
  /** Standard communities in their canonical form (communities.ts). */
  communities: many(canonicalCommunity),
  'extended-communities': extendedCommunities,
  'large-communities': many(canonicalLargeCommunity),
  vlan: one(integer(1, 4094)),
  vlans: one(parseVlanList),
  ip: one((text) => parseIp(text)?.text),
  ip4: one(ipOf(4)),
  ip6: one(ipOf(6)),
  /** Network with length, host bits cleared; IPv4 also as address and mask. */
  prefix: prefixOf(undefined),
  prefix4: prefixOf(4),
  prefix6: prefixOf(6),
  /** Host address with length (`10.0.0.1/31`, host bits kept) or address and mask, as `address/length`. */
  address4: ((words, at) => {
    const word = words[at]?.text ?? '';
    const [address, length] = word.split('/');
    const ip = parseIp(address ?? '');
    if (ip?.version !== 4) return undefined;
    if (length !== undefined)
      return /^\d{1,2}$/.test(length) && Number(length) <= 32
        ? { value: `${ip.text}/${Number(length)}`, count: 1 }
        : undefined;
    const masked = prefixFromMask(word, words[at + 1]?.text ?? '');
    return masked ? { value: `${ip.text}/${masked.split('/')[1]}`, count: 2 } : undefined;
  }) as Reader<string>,
  address6: one((text) => {
    const [address, length] = text.split('/');
    const ip = parseIp(address ?? '');
    return ip?.version === 6 && length !== undefined && /^\d{1,3}$/.test(length) && Number(length) <= 128
      ? `${ip.text}/${Number(length)}`
      : undefined;
  }),
  interface: interfaceName,
  interfaces: interfaceNames,
  peer,
} as const;

export type SlotTypeName = keyof typeof slotTypes;
export type SlotValue<T extends SlotTypeName> = Exclude<ReturnType<(typeof slotTypes)[T]>, undefined>['value'];
