import { distinctHops, hopKey } from './resolve.ts';
import type { NextHop } from './state.ts';

/** Next hops and lists of them, interned: equal ones are the same object, and are shared by all routes that use them. */
export class HopStore {
  readonly #hops = new Map<string, NextHop>();
  readonly #numbers = new Map<NextHop, number>();
  readonly #alone = new Map<NextHop, readonly NextHop[]>();
  readonly #lists = new Map<string, readonly NextHop[]>();

  hop(hop: NextHop): NextHop {
    const key = hopKey(hop);
    const known = this.#hops.get(key);
    if (known) return known;
    this.#hops.set(key, hop);
    this.#numbers.set(hop, this.#numbers.size);
    return hop;
  }

  /** The hops without repetition, in the order of tables. They come from `hop`. */
  list(hops: readonly NextHop[]): readonly NextHop[] {
    const [first] = hops;
    if (first === undefined) return hops;
    if (hops.length === 1) {
      const known = this.#alone.get(first);
      if (known) return known;
      const made = [first];
      this.#alone.set(first, made);
      return made;
    }
    let key = '';
    for (const hop of hops) key += `${this.#numbers.get(hop)},`;
    const known = this.#lists.get(key);
    if (known) return known;
    const sorted = distinctHops(hops);
    // Another order of the same hops shares the list as well.
    const canonical = sorted.map((hop) => `${this.#numbers.get(hop)},`).join('');
    const made = this.#lists.get(canonical) ?? sorted;
    this.#lists.set(canonical, made);
    this.#lists.set(key, made);
    return made;
  }
}
