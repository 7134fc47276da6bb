/**
 * A JSON reader for evidence: it accepts only text that has one meaning to every reader. Duplicate keys, lone
 * surrogates, numbers that are not safe integers and negative zero are refused (I-JSON, RFC 7493, and stricter),
 * and so is nesting beyond what a bundle can have.
 */

/** Depth that no bundle reaches. */
const MAXIMUM_DEPTH = 32;

export class JsonError extends Error {
  /** Byte in the input at which reading failed, counted from 0. */
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Whether a code unit may stand in a string as it is; NaN, past the end, may not. */
function isPlain(code: number): boolean {
  return code >= 0x20 && code !== 0x22 && code !== 0x5c;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    const value = this.#value(0);
    this.#blank();
    if (this.#at < this.#text.length) this.#fail('There is text after the end of the JSON value.');
    return value;
  }

  #fail(message: string, at = this.#at): never {
    throw new JsonError(message, new TextEncoder().encode(this.#text.slice(0, at)).length);
  }

  #blank(): void {
    while (/[ \t\n\r]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #expect(character: string): void {
    if (this.#text[this.#at] !== character) this.#fail(`Expected ${JSON.stringify(character)}.`);
    this.#at += 1;
  }

  #value(depth: number): unknown {
    if (depth > MAXIMUM_DEPTH) this.#fail(`The JSON is nested deeper than ${MAXIMUM_DEPTH} levels.`);
    this.#blank();
    const first = this.#text[this.#at];
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#array(depth);
    if (first === '"') return this.#string();
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    return this.#number();
  }

  #object(depth: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    this.#at += 1;
    this.#blank();
    if (this.#text[this.#at] === '}') {
      this.#at += 1;
      return result;
    }
    for (;;) {
      this.#blank();
      const start = this.#at;
      const key = this.#string();
      if (Object.hasOwn(result, key)) this.#fail(`The key ${JSON.stringify(key)} occurs twice in one object.`, start);
      this.#blank();
      this.#expect(':');
      // defineProperty: a key named __proto__ is data like any other.
      Object.defineProperty(result, key, {
        value: this.#value(depth + 1),
        enumerable: true,
        writable: true,
        configurable: true,
      });
      this.#blank();
      if (this.#text[this.#at] !== ',') break;
      this.#at += 1;
    }
    this.#expect('}');
    return result;
  }

  #array(depth: number): unknown[] {
    const result: unknown[] = [];
    this.#at += 1;
    this.#blank();
    if (this.#text[this.#at] === ']') {
      this.#at += 1;
      return result;
    }
    for (;;) {
      result.push(this.#value(depth + 1));
      this.#blank();
      if (this.#text[this.#at] !== ',') break;
      this.#at += 1;
    }
    this.#expect(']');
    return result;
  }

  #string(): string {
    const start = this.#at;
    this.#expect('"');
    let result = '';
    for (;;) {
      const from = this.#at;
      while (isPlain(this.#text.charCodeAt(this.#at))) this.#at += 1;
      result += this.#text.slice(from, this.#at);
      const character = this.#text[this.#at];
      if (character === '"') break;
      if (character !== '\\') this.#fail('A control character or the end of the text stands inside a string.');
      result += this.#escape();
    }
    this.#at += 1;
    if (/\p{Surrogate}/u.test(result)) this.#fail('A string holds half of a surrogate pair.', start);
    return result;
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? '';
    const simple = ESCAPES[letter];
    if (simple !== undefined) {
      this.#at += 2;
      return simple;
    }
    const code = /^u[0-9a-fA-F]{4}/.exec(this.#text.slice(this.#at + 1, this.#at + 6))?.[0];
    if (code === undefined) this.#fail('The escape after a backslash is not one of JSON.');
    this.#at += 6;
    return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  }

  #number(): number {
    const text = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/.exec(
      this.#text.slice(this.#at, this.#at + 400),
    )?.[0];
    if (text === undefined) this.#fail('Expected a JSON value.');
    if (!/^-?[0-9]+$/.test(text)) this.#fail(`The number ${text.slice(0, 40)} is not written as an integer.`);
    const value = Number(text);
    if (Object.is(value, -0)) this.#fail('The number -0 has no place in evidence.');
    if (!Number.isSafeInteger(value)) this.#fail(`The number ${text.slice(0, 40)} is too large to be read exactly.`);
    this.#at += text.length;
    return value;
  }
}

/** Reads JSON from UTF-8 bytes. Throws a JsonError with the byte at which the text stops being acceptable. */
export function readStrictJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // The decoder does not say where: find the first byte at which decoding and encoding again differ.
    const again = new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    throw new JsonError('The text is not valid UTF-8.', firstDifference(bytes, again) ?? 0);
  }
  return new Reader(text).document();
}

/** The first byte at which two byte strings differ (the length of the shorter when one continues the other), or null. */
export function firstDifference(left: Uint8Array, right: Uint8Array): number | null {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) if (left[index] !== right[index]) return index;
  return left.length === right.length ? null : length;
}
