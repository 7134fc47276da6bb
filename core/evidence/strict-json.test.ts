import { expect, test } from 'vitest';
import { firstDifference, JsonError, readStrictJson } from './strict-json.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function refusal(input: string | Uint8Array): JsonError {
  try {
    readStrictJson(typeof input === 'string' ? bytes(input) : input);
  } catch (error) {
    if (error instanceof JsonError) return error;
    throw error;
  }
  throw new Error('The text was accepted.');
}

test('reads what JSON.parse reads, where both accept it', () => {
  for (const text of [
    '{}',
    '[]',
    ' {"a" : [1, -2, 0, {"b": null, "c": [true, false]}] , "d":"x"}\n',
    '"\\u00e9\\n\\"\\\\\\/\\b\\f\\r\\t€\\ud83d\\ude00"',
    '9007199254740991',
  ]) {
    expect(readStrictJson(bytes(text))).toEqual(JSON.parse(text));
  }
});

test.each([
  ['a duplicate key', '{"verdict":1,"x":2,"verdict":3}', 'occurs twice', 19],
  ['a duplicate key, once escaped', '{"a":1,"\\u0061":2}', 'occurs twice', 7],
  ['a lone surrogate by escape', '["\\ud800"]', 'surrogate', 1],
  ['two surrogates in the wrong order', '["\\ude00\\ud83d"]', 'surrogate', 1],
  ['negative zero', '[-0]', '-0', 1],
  ['an integer beyond 2^53', '[9007199254740993]', 'too large', 1],
  ['a float', '[1.5]', 'integer', 1],
  ['an integer written as a float', '[1.0]', 'integer', 1],
  ['an exponent', '[1e3]', 'integer', 1],
  ['an infinite exponent', '[1e400]', 'integer', 1],
  ['a leading zero', '[01]', 'Expected', 2],
  ['a trailing comma', '[1,]', 'Expected a JSON value', 3],
  ['text after the end', '{} {}', 'after the end', 3],
  ['a raw line break in a string', '"a\nb"', 'control character', 2],
  ['an unknown escape', '"\\x41"', 'escape', 1],
  ['a comment', '// no\n{}', 'Expected', 0],
  ['a byte order mark', '\ufeff{}', 'Expected', 0],
  ['an unfinished object', '{"a":1', 'Expected', 6],
  ['an offset counted in bytes, not characters', '["é€",-0]', '-0', 9],
])('refuses %s and says where', (_title, text, message, offset) => {
  const error = refusal(text);
  expect(error.message).toContain(message);
  expect(error.offset).toBe(offset);
});

test('refuses bytes that are not UTF-8, a surrogate in UTF-8 among them', () => {
  expect(refusal(Uint8Array.of(0x22, 0x61, 0xff, 0x22)).offset).toBe(2);
  expect(refusal(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)).message).toContain('UTF-8');
});

test('refuses nesting that exhausts a stack', () => {
  expect(refusal('['.repeat(100_000)).message).toContain('nested deeper');
});

test('a key named __proto__ is data and changes no prototype', () => {
  const value = readStrictJson(bytes('{"__proto__":{"polluted":1}}')) as object;
  expect(Object.keys(value)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

test('the first difference of two byte strings', () => {
  expect(firstDifference(bytes('abc'), bytes('abd'))).toBe(2);
  expect(firstDifference(bytes('abc'), bytes('abcd'))).toBe(3);
  expect(firstDifference(bytes('abc'), bytes('abc'))).toBeNull();
});
