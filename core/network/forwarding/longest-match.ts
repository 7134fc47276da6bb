import { type Ip, maskWords, type Prefix } from '../../config/address.ts';

/** Values by prefix, found by the longest prefix that holds an address. */
export class LongestMatch<T> {
  readonly #byLength: Readonly<Record<4 | 6, Map<number, Map<number | string, T>>>> = { 4: new Map(), 6: new Map() };
  #lengths: Readonly<Record<4 | 6, readonly number[]>> | undefined;

  set(prefix: Prefix, value: T): void {
    const lengths = this.#byLength[prefix.version];
    const known = lengths.get(prefix.length);
    const values = known ?? new Map<number | string, T>();
    if (!known) {
      lengths.set(prefix.length, values);
      this.#lengths = undefined;
    }
    values.set(keyOf(prefix.words), value);
  }

  get(prefix: Prefix): T | undefined {
    return this.#byLength[prefix.version].get(prefix.length)?.get(keyOf(prefix.words));
  }

  /** The value of the longest prefix that holds the address and that `accepts`, where it is given. */
  find(ip: Ip, accepts: (value: T) => boolean = () => true): T | undefined {
    for (const length of this.#longestFirst(ip.version)) {
      const value = this.#byLength[ip.version].get(length)?.get(keyOf(maskWords(ip.words, length)));
      if (value !== undefined && accepts(value)) return value;
    }
    return undefined;
  }

  *values(): Generator<T> {
    for (const version of [4, 6] as const)
      for (const values of this.#byLength[version].values()) yield* values.values();
  }

  #longestFirst(version: 4 | 6): readonly number[] {
    const order = (of: 4 | 6) => [...this.#byLength[of].keys()].sort((a, b) => b - a);
    this.#lengths ??= { 4: order(4), 6: order(6) };
    return this.#lengths[version];
  }
}

const keyOf = (words: readonly number[]): number | string =>
  words.length === 1 ? (words[0] as number) : words.join(' ');
