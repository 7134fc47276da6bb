/*
 * Regular expressions of routing policies, matched in time linear in the text: the expression becomes a set of states
 * that are followed all at once, so no input makes it backtrack. Two alphabets share the machine: characters of the
 * printed AS path or community list (Cisco and those who follow it), and whole AS numbers (Junos, SR OS).
 */

/** A step that consumes one symbol, or a state of the machine that consumes nothing. */
type State =
  | { readonly kind: 'symbol'; readonly accepts: (symbol: number) => boolean; next: number }
  | { readonly kind: 'split'; next: number; other: number }
  | { readonly kind: 'start' | 'end'; next: number }
  /** Cisco `_`: a delimiter, or nothing at the start or the end of the text. */
  | { readonly kind: 'boundary'; readonly accepts: (symbol: number) => boolean; next: number }
  | { readonly kind: 'match' };

export type Syntax =
  | { readonly kind: 'symbol'; readonly accepts: (symbol: number) => boolean }
  | { readonly kind: 'boundary'; readonly accepts: (symbol: number) => boolean }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly of: readonly Syntax[] }
  | { readonly kind: 'repeat'; readonly of: Syntax; readonly min: number; readonly max: number };

/** Machines larger than this are refused: no policy needs them, and each state costs time for each symbol. */
const MAXIMUM_STATES = 20_000;

export class ExpressionError extends Error {}

export class Machine {
  readonly #states: State[] = [];
  readonly #first: number;
  readonly #anywhere: boolean;

  /** `anywhere`: the expression may match any part of the text (Cisco); otherwise all of it (Junos). */
  constructor(syntax: Syntax, anywhere: boolean) {
    this.#anywhere = anywhere;
    const match = this.#add({ kind: 'match' });
    if (!anywhere) {
      this.#first = this.#build(syntax, this.#add({ kind: 'end', next: match }));
      return;
    }
    const loop: State = { kind: 'split', next: this.#build(syntax, match), other: -1 };
    this.#first = this.#add(loop);
    loop.other = this.#add({ kind: 'symbol', accepts: () => true, next: this.#first });
  }

  matches(symbols: readonly number[]): boolean {
    let current = this.#reach([this.#first], 0, symbols.length);
    for (const [at, symbol] of symbols.entries()) {
      if (this.#anywhere && current.accepted) return true;
      const next: number[] = [];
      for (const index of current.states) {
        const state = this.#states[index] as State;
        if ((state.kind === 'symbol' || state.kind === 'boundary') && state.accepts(symbol)) next.push(state.next);
      }
      current = this.#reach(next, at + 1, symbols.length);
    }
    return current.accepted;
  }

  #add(state: State): number {
    if (this.#states.length >= MAXIMUM_STATES) throw new ExpressionError('the expression is too large');
    this.#states.push(state);
    return this.#states.length - 1;
  }

  #build(syntax: Syntax, next: number): number {
    switch (syntax.kind) {
      case 'symbol':
      case 'boundary':
        return this.#add({ kind: syntax.kind, accepts: syntax.accepts, next });
      case 'start':
      case 'end':
        return this.#add({ kind: syntax.kind, next });
      case 'sequence':
        return syntax.of.reduceRight((after, part) => this.#build(part, after), next);
      case 'choice':
        return syntax.of
          .map((part) => this.#build(part, next))
          .reduceRight((other, one) => this.#add({ kind: 'split', next: one, other }));
      case 'repeat': {
        let after = next;
        if (syntax.max === Number.POSITIVE_INFINITY) {
          const loop: State = { kind: 'split', next: -1, other: next };
          after = this.#add(loop);
          loop.next = this.#build(syntax.of, after);
        } else
          for (let count = syntax.min; count < syntax.max; count += 1)
            after = this.#add({ kind: 'split', next: this.#build(syntax.of, after), other: next });
        for (let count = 0; count < syntax.min; count += 1) after = this.#build(syntax.of, after);
        return after;
      }
    }
  }

  /** All states that are reached without consuming a symbol. */
  #reach(
    from: readonly number[],
    at: number,
    length: number,
  ): { readonly states: readonly number[]; readonly accepted: boolean } {
    const seen = new Set<number>();
    const stack = [...from];
    let accepted = false;
    for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
      if (seen.has(index)) continue;
      seen.add(index);
      const state = this.#states[index] as State;
      if (state.kind === 'match') accepted = true;
      else if (state.kind === 'split') stack.push(state.next, state.other);
      else if (state.kind === 'start' && at === 0) stack.push(state.next);
      else if (state.kind === 'end' && at === length) stack.push(state.next);
      else if (state.kind === 'boundary' && (at === 0 || at === length)) stack.push(state.next);
    }
    return { states: [...seen], accepted };
  }
}

/** Longest expression that is read; vendors stop at 255 or less. */
export const MAXIMUM_EXPRESSION = 4096;

/** Reads `{2,5}` after the brace; undefined when it is none. */
export function readCounts(
  text: string,
): { readonly min: number; readonly max: number; readonly length: number } | undefined {
  const found = /^\{(\d{1,3})(?:(,)(\d{1,3})?)?\}/.exec(text);
  if (!found) return undefined;
  const min = Number(found[1]);
  const max = found[2] ? (found[3] === undefined ? Number.POSITIVE_INFINITY : Number(found[3])) : min;
  return max < min ? undefined : { min, max, length: found[0].length };
}
