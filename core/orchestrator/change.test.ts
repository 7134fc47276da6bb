import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../evidence/text-diff.ts';
import { hunksOf } from '../network/hunks.ts';
import { deviceChange } from './change.ts';

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const hunksBetween = (before: string, after: string) => {
  const { removedLines, addedLines } = unifiedDiff(before, after, 'r1');
  return hunksOf(removedLines, addedLines);
};

describe('the hunks of a change', () => {
  it.each([
    ['an added line', 'a\nb\n', 'a\nx\nb\n', [{ before: { line: 1, count: 0 }, after: { line: 1, count: 1 } }]],
    ['a removed line', 'a\nx\nb\n', 'a\nb\n', [{ before: { line: 1, count: 1 }, after: { line: 1, count: 0 } }]],
    ['a replaced line', 'a\nx\nb\n', 'a\ny\nb\n', [{ before: { line: 1, count: 1 }, after: { line: 1, count: 1 } }]],
    [
      'two places',
      'a\nb\nc\nd\n',
      'x\na\nb\nc\n',
      [
        { before: { line: 0, count: 0 }, after: { line: 0, count: 1 } },
        { before: { line: 3, count: 1 }, after: { line: 4, count: 0 } },
      ],
    ],
  ])('name %s', (_, before, after, hunks) => {
    expect(hunksBetween(before, after)).toEqual(hunks);
  });

  it('turn the old text into the new one, whatever the two are', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const made: string[] = [];
        let at = 0;
        for (const hunk of hunksBetween(text(before), text(after))) {
          made.push(
            ...before.slice(at, hunk.before.line),
            ...after.slice(hunk.after.line, hunk.after.line + hunk.after.count),
          );
          at = hunk.before.line + hunk.before.count;
        }
        expect([...made, ...before.slice(at)]).toEqual(after);
      }),
    );
  });
});

describe('a device in a change', () => {
  const config = (file: string, content: string) => ({ file, text: content });

  it('is left out when its text is the same, whatever the path', () => {
    expect(deviceChange('r1', config('a/r1.cfg', 'x\n'), config('b/r1.cfg', 'x\n'))).toBeUndefined();
  });

  it('is added, removed or changed', () => {
    expect(deviceChange('r1', undefined, config('r1.cfg', 'x\n'))).toMatchObject({
      kind: 'added',
      beforeText: '',
      afterText: 'x\n',
    });
    expect(deviceChange('r1', config('r1.cfg', 'x\n'), undefined)).toMatchObject({
      kind: 'removed',
      file: 'r1.cfg',
      afterText: '',
    });
    expect(deviceChange('r1', config('r1.cfg', 'x\n'), config('r1.cfg', 'y\n'))).toMatchObject({ kind: 'changed' });
  });
});
