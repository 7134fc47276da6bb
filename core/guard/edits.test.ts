import { expect, test } from 'vitest';
import { parseConfig } from '../config/parse.ts';
import { applyEdits, deleteLines, insertAfter, insertAt, replaceSpan } from './edits.ts';

const config = (text: string) => parseConfig({ text, file: 'r1.cfg', node: 'r1', dialect: 'eos' });

test('edits are applied together, in any order', () => {
  expect(
    applyEdits('one two\nthree\n', [replaceSpan(1, 0, 5, '3'), insertAt(0, 4, 'and '), replaceSpan(0, 0, 3, '1')]),
  ).toBe('1 and two\n3\n');
});

test('edits that overlap are refused', () => {
  expect(() => applyEdits('one', [replaceSpan(0, 0, 2, 'a'), replaceSpan(0, 1, 3, 'b')])).toThrow(RangeError);
});

test.each([
  ['the first line', 0, 0, 'b\nc\n'],
  ['lines in the middle', 1, 1, 'a\nc\n'],
  ['the last line', 2, 2, 'a\nb\n'],
])('deleting %s takes its line end with it', (_name, first, last, expected) => {
  const text = 'a\nb\nc\n';
  expect(applyEdits(text, [deleteLines(config(text), first, last)])).toBe(expected);
});

test('deleting the last line of a text without a final line end', () => {
  expect(applyEdits('a\r\nb', [deleteLines(config('a\r\nb'), 1)])).toBe('a');
});

test('lines are inserted behind another, whatever ends it', () => {
  expect(applyEdits('a\r\nb\r\n', [insertAfter(config('a\r\nb\r\n'), 0, ['x'])])).toBe('a\r\nx\r\nb\r\n');
  expect(applyEdits('a', [insertAfter(config('a'), 0, ['x', 'y'])])).toBe('a\nx\ny');
});
