import { expect, test } from 'vitest';
import { line } from './primitives.ts';
import { asLine, visibleText } from './visible-text.ts';

test('hidden characters are written as their code points', () => {
  expect(visibleText('a\u202eb\u200bc\u0000d\u00ade')).toBe('a<U+202E>b<U+200B>c<U+0000>d<U+00AD>e');
  expect(visibleText('naïve – 中文')).toBe('naïve – 中文');
});

test('any text becomes one line that the schema accepts', () => {
  for (const text of ['', '  ', 'a\nb', '\ud800', '\u202e', 'x'.repeat(5000), `${'x'.repeat(3997)}😀😀`, '\u2028']) {
    expect(line.safeParse(asLine(text)).success).toBe(true);
  }
  expect(asLine('first\r\nsecond')).toBe('first second');
});
