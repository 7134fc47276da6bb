import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyUnifiedDiff, unifiedDiff } from './text-diff.ts';

test('a changed line, with three lines of context and its numbers on both sides', () => {
  const before = 'a\nb\nc\nd\ne\nf\ng\nh\n';
  const after = 'a\nb\nc\nd\nE\nf\ng\nh\n';
  expect(unifiedDiff(before, after, 'r1.cfg')).toEqual({
    diff: '--- a/r1.cfg\n+++ b/r1.cfg\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n',
    removedLines: [5],
    addedLines: [5],
  });
});

test('an empty file becomes a configuration, and the other way round', () => {
  expect(unifiedDiff('', 'a\n', 'x').diff).toBe('--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+a\n');
  expect(unifiedDiff('a\nb\n', '', 'x').diff).toBe('--- a/x\n+++ b/x\n@@ -1,2 +0,0 @@\n-a\n-b\n');
});

test('a missing last line break and a carriage return are differences', () => {
  expect(unifiedDiff('a\n', 'a', 'x').diff).toContain('+a\n\\ No newline at end of file\n');
  expect(unifiedDiff('a\r\n', 'a\n', 'x').addedLines).toEqual([1]);
});

test('two changes far apart make two hunks', () => {
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index}\n`);
  const after = lines.with(2, 'two\n').with(30, 'thirty\n').join('');
  expect(unifiedDiff(lines.join(''), after, 'x').diff.match(/^@@/gm)).toHaveLength(2);
});

const configuration = fc
  .array(fc.constantFrom('a', 'b', 'c', 'interface eth0', ' shutdown', '', '-', '+', '@@ -1 +1 @@', '\\ No', 'a\r'), {
    maxLength: 30,
  })
  .chain((lines) => fc.boolean().map((ended) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : '')));

test('property: applying a diff gives the text after; the diff of equal texts is empty', () => {
  fc.assert(
    fc.property(configuration, configuration, (before, after) => {
      const { diff, addedLines, removedLines } = unifiedDiff(before, after, 'x');
      expect(applyUnifiedDiff(before, diff)).toBe(after);
      expect(diff === '').toBe(before === after);
      expect(
        diff
          .split('\n')
          .slice(2)
          .filter((line) => line.startsWith('+')),
      ).toHaveLength(addedLines.length);
      expect(
        diff
          .split('\n')
          .slice(2)
          .filter((line) => line.startsWith('-')),
      ).toHaveLength(removedLines.length);
    }),
    { numRuns: 500 },
  );
});

test('a diff that does not fit its text is refused', () => {
  const { diff } = unifiedDiff('a\nb\n', 'a\nc\n', 'x');
  expect(applyUnifiedDiff('a\nX\n', diff)).toBeNull();
  expect(applyUnifiedDiff('a\nb\n', 'nonsense')).toBeNull();
});

test('two texts with nothing in common are a replacement, made in bounded time', () => {
  const before = Array.from({ length: 5000 }, (_, index) => `old ${index}\n`).join('');
  const after = Array.from({ length: 5000 }, (_, index) => `new ${index}\n`).join('');
  const { diff, addedLines } = unifiedDiff(before, after, 'x');
  expect(addedLines).toHaveLength(5000);
  expect(applyUnifiedDiff(before, diff)).toBe(after);
});
