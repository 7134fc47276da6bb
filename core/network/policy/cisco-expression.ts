import { ExpressionError, MAXIMUM_EXPRESSION, Machine, readCounts, type Syntax } from './expression.ts';

/** Delimiters that `_` stands for: blank, comma, braces and brackets of sets and confederations. */
const DELIMITERS = new Set([...' ,{}()'].map((character) => character.charCodeAt(0)));
const isDelimiter = (symbol: number): boolean => DELIMITERS.has(symbol);

/** Reads POSIX-like expressions with `_`, as IOS, IOS-XE, NX-OS, EOS and FRR have them. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Syntax {
    const syntax = this.#choice();
    if (this.#at < this.#text.length)
      throw new ExpressionError(`an unexpected "${this.#text[this.#at]}" at position ${this.#at + 1}`);
    return syntax;
  }

  #choice(): Syntax {
    const of = [this.#sequence()];
    while (this.#text[this.#at] === '|') {
      this.#at += 1;
      of.push(this.#sequence());
    }
    return of.length === 1 ? (of[0] as Syntax) : { kind: 'choice', of };
  }

  #sequence(): Syntax {
    const of: Syntax[] = [];
    while (this.#at < this.#text.length && this.#text[this.#at] !== '|' && this.#text[this.#at] !== ')')
      of.push(this.#repeat());
    return { kind: 'sequence', of };
  }

  #repeat(): Syntax {
    let syntax = this.#atom();
    for (;;) {
      const sign = this.#text[this.#at];
      const counts = sign === '{' ? readCounts(this.#text.slice(this.#at)) : undefined;
      if (sign === '*') syntax = { kind: 'repeat', of: syntax, min: 0, max: Number.POSITIVE_INFINITY };
      else if (sign === '+') syntax = { kind: 'repeat', of: syntax, min: 1, max: Number.POSITIVE_INFINITY };
      else if (sign === '?') syntax = { kind: 'repeat', of: syntax, min: 0, max: 1 };
      else if (counts) syntax = { kind: 'repeat', of: syntax, min: counts.min, max: counts.max };
      else return syntax;
      this.#at += counts?.length ?? 1;
    }
  }

  #atom(): Syntax {
    const character = this.#text[this.#at] as string;
    this.#at += 1;
    switch (character) {
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '.':
        return { kind: 'symbol', accepts: () => true };
      case '_':
        return { kind: 'boundary', accepts: isDelimiter };
      case '[':
        return this.#set();
      case '(': {
        const inner = this.#choice();
        if (this.#text[this.#at] !== ')') throw new ExpressionError('a bracket is not closed');
        this.#at += 1;
        return inner;
      }
      case '\\': {
        const escaped = this.#text[this.#at];
        if (escaped === undefined) throw new ExpressionError('nothing follows the backslash');
        this.#at += 1;
        return literal(escaped);
      }
      default:
        return literal(character);
    }
  }

  #set(): Syntax {
    const close = this.#text.indexOf(']', this.#at + (this.#text[this.#at] === '^' ? 2 : 1));
    if (close < 0) throw new ExpressionError('a set of characters is not closed');
    let inner = this.#text.slice(this.#at, close);
    this.#at = close + 1;
    const negated = inner.startsWith('^');
    if (negated) inner = inner.slice(1);
    const ranges: (readonly [number, number])[] = [];
    for (let at = 0; at < inner.length; at += 1) {
      const from = inner.charCodeAt(at);
      const isRange = inner[at + 1] === '-' && at + 2 < inner.length;
      ranges.push([from, isRange ? inner.charCodeAt(at + 2) : from]);
      if (isRange) at += 2;
    }
    return {
      kind: 'symbol',
      accepts: (symbol) => ranges.some(([from, to]) => symbol >= from && symbol <= to) !== negated,
    };
  }
}

const literal = (character: string): Syntax => {
  const code = character.charCodeAt(0);
  return { kind: 'symbol', accepts: (symbol) => symbol === code };
};

/** Makes a matcher for printed text; throws `ExpressionError` with what is wrong. */
export function ciscoExpression(expression: string): (text: string) => boolean {
  if (expression.length > MAXIMUM_EXPRESSION)
    throw new ExpressionError(`it is longer than ${MAXIMUM_EXPRESSION} characters`);
  const machine = new Machine(new Reader(expression).read(), true);
  return (text) => machine.matches(Array.from(text, (character) => character.charCodeAt(0)));
}
