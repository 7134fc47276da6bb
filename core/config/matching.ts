import type { SlotChoice, Step } from './pattern.ts';
import { type Language, type SlotTypeName, slotTypes, type Taken } from './slot-types.ts';
import type { Word } from './tree.ts';

// Weight of a word: an exact literal is surer than a typed slot, that surer than a shortened literal, that than a name.
export const EXACT = 5;
export const TYPED = 4;
export const SHORTENED = 3;
const weights: { readonly [T in SlotTypeName]?: number } = {
  interface: 2,
  word: 1,
  rest: 1,
  words: 1,
  names: 1,
  interfaces: 1,
};

/** A slot's value and the words it took. */
export interface Capture {
  readonly name: string;
  readonly value: unknown;
  readonly from: number;
  readonly count: number;
}

/** How a pattern took the words: one weight per word, and the literals that shortened words stand for. */
export interface WordMatch {
  readonly used: number;
  readonly captures: readonly Capture[];
  readonly weights: readonly number[];
  readonly literals: readonly (string | undefined)[];
}

/** `complete`: all words; `short`: the words end before the pattern's last slots do; `prefix`: words are left over. */
export type Extent = 'complete' | 'short' | 'prefix';

/** Weight of a word, in lower case, as a literal: 0 when it is not. */
export function literalWeight(literal: string, lower: string, abbreviations: boolean): number {
  if (literal === lower) return EXACT;
  return abbreviations && lower.length < literal.length && literal.startsWith(lower) ? SHORTENED : 0;
}

/** What a slot type made of the words from a place on. */
interface Reading {
  readonly type: SlotTypeName;
  readonly at: number;
  readonly taken: Taken<unknown> | undefined;
}

/** Matches the words of one statement against patterns; values of slots are read once for all patterns. */
export class WordMatcher {
  words: readonly Word[] = [];
  /** The words in lower case: case does not count in literals. */
  readonly lower: string[] = [];
  readonly #language: Language;
  readonly #taken: Reading[] = [];
  readonly #captures: Capture[] = [];
  readonly #weights: number[] = [];
  readonly #literals: (string | undefined)[] = [];
  readonly #usedParts: number[] = [];
  readonly #enteredAt: number[] = [];
  #extent: Extent = 'complete';
  #abbreviations = false;
  #end = 0;

  constructor(language: Language) {
    this.#language = language;
  }

  /** Turns to the next statement. One matcher serves a whole file, since a line has too few words to be worth objects. */
  read(words: readonly Word[]): this {
    this.words = words;
    this.lower.length = 0;
    for (const word of words) this.lower.push(word.text.toLowerCase());
    this.#taken.length = 0;
    return this;
  }

  /** The first way in which the pattern takes the words: optional parts are taken where they can be. */
  match(start: Step, registers: number, extent: Extent, abbreviations: boolean): WordMatch | undefined {
    for (let i = 0; i < registers; i += 1) this.#usedParts[i] = 0;
    this.#captures.length = 0;
    this.#extent = extent;
    this.#abbreviations = abbreviations;
    if (!this.#run(start, 0)) return undefined;
    const used = this.#end;
    return {
      used,
      captures: this.#captures.slice(),
      weights: this.#weights.slice(0, used),
      literals: this.#literals.slice(0, used),
    };
  }

  #accept(at: number): boolean {
    this.#end = at;
    return at > 0;
  }

  #take(type: SlotTypeName, at: number): Taken<unknown> | undefined {
    for (const reading of this.#taken) if (reading.at === at && reading.type === type) return reading.taken;
    const taken = slotTypes[type](this.words, at, this.#language) as Taken<unknown> | undefined;
    this.#taken.push({ type, at, taken });
    return taken;
  }

  #run(step: Step, at: number): boolean {
    if (this.#extent === 'short' && at >= this.words.length) return step.soft && this.#accept(at);
    switch (step.op) {
      case 'literal': {
        const lower = this.lower[at];
        if (lower === undefined) return false;
        const weight = literalWeight(step.lower, lower, this.#abbreviations);
        if (weight === 0) return false;
        this.#weights[at] = weight;
        this.#literals[at] = step.lower;
        return this.#run(step.next, at + 1);
      }
      case 'slot':
        for (const choice of step.choices) if (this.#choose(step, choice, at)) return true;
        return false;
      case 'fork':
        return this.#run(step.inside, at) || this.#run(step.next, at);
      case 'any-order':
        return this.#anyOrder(step, at);
      case 'again':
        return (
          step.to.step !== undefined &&
          at > (this.#enteredAt[step.to.step.register] ?? 0) &&
          this.#run(step.to.step, at)
        );
      case 'end':
        return (this.#extent === 'prefix' || at === this.words.length) && this.#extent !== 'short' && this.#accept(at);
    }
  }

  #choose(step: Step & { op: 'slot' }, choice: SlotChoice, at: number): boolean {
    const lower = this.lower[at];
    if (lower === undefined) return false;
    if (typeof choice === 'object') {
      const weight = literalWeight(choice.literal.toLowerCase(), lower, this.#abbreviations);
      return weight > 0 && this.#capture(step, choice.literal, at, 1, weight, choice.literal);
    }
    if (choice === 'names') return this.#fewest(step, at);
    const taken = this.#take(choice, at);
    if (taken === undefined) return false;
    return this.#capture(step, taken.value, at, taken.count, taken.weight ?? weights[choice] ?? TYPED);
  }

  #capture(
    step: Step & { op: 'slot' },
    value: unknown,
    at: number,
    count: number,
    weight: number,
    literal?: string,
  ): boolean {
    for (let i = at; i < at + count; i += 1) {
      this.#weights[i] = weight;
      this.#literals[i] = literal;
    }
    this.#captures.push({ name: step.name, value, from: at, count });
    if (this.#run(step.next, at + count)) return true;
    this.#captures.pop();
    return false;
  }

  /** One word more at a time, until the rest of the pattern takes the words that follow. */
  #fewest(step: Step & { op: 'slot' }, at: number): boolean {
    const names: string[] = [];
    for (let end = at; end < this.words.length; end += 1) {
      names.push((this.words[end] as Word).text);
      if (this.#capture(step, names.slice(), at, names.length, weights.names ?? 1)) return true;
    }
    return false;
  }

  #anyOrder(step: Step & { op: 'any-order' }, at: number): boolean {
    const used = this.#usedParts[step.register] ?? 0;
    const entered = this.#enteredAt[step.register] ?? 0;
    for (let part = 0; part < step.parts.length; part += 1) {
      if (used & (1 << part)) continue;
      this.#usedParts[step.register] = used | (1 << part);
      this.#enteredAt[step.register] = at;
      if (this.#run(step.parts[part] as Step, at)) return true;
    }
    this.#usedParts[step.register] = used;
    this.#enteredAt[step.register] = entered;
    return this.#run(step.next, at);
  }
}

/** Whether the first list of weights is the surer one, compared word by word from the left. */
export function compareWeights(a: readonly number[], b: readonly number[]): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether two equally sure matches take a shortened word for different literals, so that the device would refuse it. */
export const isAmbiguous = (a: WordMatch, b: WordMatch): boolean =>
  a.weights.some((weight, at) => weight === SHORTENED && a.literals[at] !== b.literals[at]);
