import { expect, test } from 'vitest';
import { decode } from './decode.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)));
const utf16 = (text: string, mark: number[]): Uint8Array =>
  Uint8Array.from([...mark, ...[...text].flatMap((letter) => [letter.charCodeAt(0), 0])]);

test('UTF-8 comes back as it is', () => {
  expect(decode(bytes('hostname r1\n! Büro 🙂\n'))).toEqual({ text: 'hostname r1\n! Büro 🙂\n', findings: [] });
  expect(decode(bytes())).toEqual({ text: '', findings: [] });
});

test.each([
  ['a byte of Latin-1', bytes('B', [0xfc], 'ro'), 1],
  ['an overlong slash', bytes('a', [0xc0, 0xaf]), 1],
  ['a surrogate', bytes([0xed, 0xa0, 0x80]), 0],
  ['beyond Unicode', bytes([0xf4, 0x90, 0x80, 0x80]), 0],
  ['a sequence cut off at the end', bytes('abc', [0xe2, 0x82]), 3],
  ['a continuation byte alone', bytes([0x80]), 0],
])('%s is not UTF-8', (_name, input, offset) => {
  const { findings, text } = decode(input);
  expect(findings).toMatchObject([{ code: 'invalid-utf-8', offset }]);
  expect(text).toContain('\uFFFD');
});

test.each([
  ['with its mark', utf16('hostname r1\n', [0xff, 0xfe])],
  ['without a mark', utf16('hostname r1\n', [])],
])('UTF-16 %s is read to be shown, and refused', (_name, input) => {
  const { findings, text } = decode(input);
  expect(findings).toMatchObject([{ code: 'utf-16' }]);
  expect(text).toContain('hostname r1');
});

test('a NUL byte and a byte order mark are found, and stay in the text', () => {
  expect(decode(bytes('host', [0], 'name r1'))).toMatchObject({
    text: 'host\u0000name r1',
    findings: [{ code: 'nul', offset: 4 }],
  });
  expect(decode(bytes([0xef, 0xbb, 0xbf], 'hostname'))).toMatchObject({
    text: '\uFEFFhostname',
    findings: [{ code: 'byte-order-mark' }],
  });
});
