import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakCode, breakText } from './line-breaking.ts';

/** Every character is one unit wide. */
const measure = (text: string): number => [...text].length;

test('breaks at blanks', () => {
  expect(breakText('the state before the change', 12, measure)).toEqual(['the state ', 'before the ', 'change']);
});

test('breaks a word that is too long, after a separator where one is near', () => {
  expect(breakText('labs/dcn-10node/configs/border.cfg', 16, measure)).toEqual([
    'labs/dcn-10node/',
    'configs/',
    'border.cfg',
  ]);
  expect(breakText('a'.repeat(10), 4, measure)).toEqual(['aaaa', 'aaaa', 'aa']);
});

test('keeps line breaks, and gives one line for no text', () => {
  expect(breakText('a\nb', 10, measure)).toEqual(['a ', 'b']);
  expect(breakText('', 10, measure)).toEqual(['']);
});

test('property: no line is too long and nothing but blanks is lost', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, width) => {
      const lines = breakText(text, width, measure);
      for (const line of lines) expect(measure(line.trimEnd())).toBeLessThanOrEqual(width);
      expect(lines.join('').trim()).toBe(text.replace(/[ \n]+/g, ' ').trim());
    }),
  );
});

test('property: a line of code comes back from its pieces', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: 'grapheme' }), fc.integer({ min: 4, max: 40 }), (text, columns) => {
      const pieces = breakCode(text, columns);
      for (const piece of pieces) expect(measure(piece)).toBeLessThanOrEqual(columns);
      expect(pieces.map((piece, index) => (index === 0 ? piece : piece.slice(2))).join('')).toBe(text);
    }),
  );
});
