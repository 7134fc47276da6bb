const PRIMES = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f] as const;

/**
 * A 128-bit hash of a sequence of numbers and texts, to recognise a situation that was seen before. Fast and well
 * mixed, and not cryptographic: evidence uses SHA-256.
 */
export class ContentHash {
  readonly #state = new Uint32Array([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]);

  number(value: number): void {
    const low = value | 0;
    const high = Math.floor(value / 0x1_0000_0000) | 0;
    this.#word(low);
    this.#word(high);
  }

  text(value: string): void {
    this.#word(value.length);
    for (let at = 0; at < value.length; at += 1) this.#word(value.charCodeAt(at));
  }

  digest(): string {
    const words = [...this.#state].map((word, at) => {
      let mixed = word ^ (this.#state[(at + 1) & 3] as number);
      mixed = Math.imul(mixed ^ (mixed >>> 16), PRIMES[1]);
      mixed = Math.imul(mixed ^ (mixed >>> 13), PRIMES[2]);
      return (mixed ^ (mixed >>> 16)) >>> 0;
    });
    return words.map((word) => word.toString(16).padStart(8, '0')).join('');
  }

  #word(value: number): void {
    const state = this.#state;
    for (let lane = 0; lane < 4; lane += 1) {
      let mixed = Math.imul((state[lane] as number) ^ value, PRIMES[lane] as number);
      mixed = (mixed << 13) | (mixed >>> 19);
      state[lane] = (mixed + (state[(lane + 3) & 3] as number)) >>> 0;
    }
  }
}
