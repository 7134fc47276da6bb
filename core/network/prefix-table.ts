import { comparePrefixes, type Ip, makePrefix, maskWords, type Prefix, parsePrefix } from '../config/address.ts';

/** Number of a prefix in a `PrefixTable`; only meaningful together with it. */
export type PrefixId = number;

const keyOf = (version: 4 | 6, words: readonly number[], length: number): number | string =>
  version === 4 ? (words[0] ?? 0) * 64 + length : `${words[0]} ${words[1]} ${words[2]} ${words[3]}/${length}`;

/**
 * Prefixes as small integers, so that tables are keyed by numbers. Ids depend on the order in which prefixes are met
 * and never on anything that is shown: output is sorted by `compare`.
 */
export class PrefixTable {
  readonly #ids = new Map<number | string, PrefixId>();
  readonly #texts = new Map<string, PrefixId>();
  readonly #prefixes: Prefix[] = [];

  get size(): number {
    return this.#prefixes.length;
  }

  intern(prefix: Prefix): PrefixId {
    const key = keyOf(prefix.version, prefix.words, prefix.length);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#prefixes.length;
    this.#prefixes.push(prefix);
    this.#ids.set(key, id);
    return id;
  }

  /** Id of a prefix text; undefined when it is not a prefix. */
  internText(text: string): PrefixId | undefined {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const prefix = parsePrefix(text);
    if (!prefix) return undefined;
    const id = this.intern(prefix);
    this.#texts.set(text, id);
    return id;
  }

  /** Id of the network of `length` bits that holds the address. */
  internNetwork(ip: Ip, length: number): PrefixId {
    return this.intern(makePrefix(ip, length));
  }

  /** The same without adding it: undefined when nobody has met that prefix. */
  findNetwork(ip: Ip, length: number): PrefixId | undefined {
    if (ip.version === 4) {
      const word = length === 0 ? 0 : ((ip.words[0] as number) & (-1 << (32 - length))) >>> 0;
      return this.#ids.get(word * 64 + length);
    }
    return this.#ids.get(keyOf(6, maskWords(ip.words, length), length));
  }

  get(id: PrefixId): Prefix {
    return this.#prefixes[id] as Prefix;
  }

  text(id: PrefixId): string {
    return this.get(id).text;
  }

  /** Order of tables: IPv4 before IPv6, then address, then length. */
  compare(a: PrefixId, b: PrefixId): number {
    return a === b ? 0 : comparePrefixes(this.get(a), this.get(b));
  }

  /** Rank of every prefix in the order of tables, for sorting many lists at once. */
  ranks(): Int32Array {
    const order = this.#prefixes.map((_, id) => id).sort((a, b) => this.compare(a, b));
    const ranks = new Int32Array(order.length);
    for (const [rank, id] of order.entries()) ranks[id] = rank;
    return ranks;
  }
}
