import { ExpressionError, MAXIMUM_EXPRESSION, Machine, readCounts, type Syntax } from './expression.ts';

const asNumber = (text: string): number => {
  const [high, low] = text.split('.');
  return low === undefined ? Number(high) : Number(high) * 65536 + Number(low);
};

/**
 * Reads expressions over whole AS numbers, as Junos and SR OS have them: `65001 .* (65002|65003){1,2}`, ranges
 * `64512-65534`, sets `[65001 65002]`, `.` for any one AS and `()` for the empty path. They cover the whole path.
 */
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

  #blanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #choice(): Syntax {
    const of = [this.#sequence()];
    for (this.#blanks(); this.#text[this.#at] === '|'; this.#blanks()) {
      this.#at += 1;
      of.push(this.#sequence());
    }
    return of.length === 1 ? (of[0] as Syntax) : { kind: 'choice', of };
  }

  #sequence(): Syntax {
    const of: Syntax[] = [];
    for (
      this.#blanks();
      this.#at < this.#text.length && !'|)]'.includes(this.#text[this.#at] as string);
      this.#blanks()
    )
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
    if (character === '^' || character === '$') {
      this.#at += 1;
      return { kind: character === '^' ? 'start' : 'end' };
    }
    if (character === '.') {
      this.#at += 1;
      return { kind: 'symbol', accepts: () => true };
    }
    if (character === '(' || character === '[') {
      this.#at += 1;
      const inner = character === '(' ? this.#choice() : this.#set();
      if (this.#text[this.#at] !== (character === '(' ? ')' : ']'))
        throw new ExpressionError('a bracket is not closed');
      this.#at += 1;
      return inner;
    }
    return { kind: 'symbol', accepts: this.#number() };
  }

  #set(): Syntax {
    const negated = this.#text[this.#at] === '^';
    if (negated) this.#at += 1;
    const of: ((symbol: number) => boolean)[] = [];
    for (this.#blanks(); this.#at < this.#text.length && this.#text[this.#at] !== ']'; this.#blanks())
      of.push(this.#number());
    return { kind: 'symbol', accepts: (symbol) => of.some((accepts) => accepts(symbol)) !== negated };
  }

  #number(): (symbol: number) => boolean {
    const found = /^(\d+(?:\.\d+)?)(?:\s*-\s*(\d+(?:\.\d+)?))?/.exec(this.#text.slice(this.#at));
    if (!found) throw new ExpressionError(`an unexpected "${this.#text[this.#at]}" at position ${this.#at + 1}`);
    this.#at += found[0].length;
    const from = asNumber(found[1] as string);
    const to = found[2] === undefined ? from : asNumber(found[2]);
    return (symbol) => symbol >= from && symbol <= to;
  }
}

/** Makes a matcher for paths of AS numbers; throws `ExpressionError` with what is wrong. */
export function asNumberExpression(expression: string): (path: readonly number[]) => boolean {
  if (expression.length > MAXIMUM_EXPRESSION)
    throw new ExpressionError(`it is longer than ${MAXIMUM_EXPRESSION} characters`);
  const machine = new Machine(new Reader(expression.trim()).read(), false);
  return (path) => machine.matches(path);
}
