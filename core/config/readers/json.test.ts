import { describe, expect, it } from 'vitest';
import { member, readJson, textOf } from './json.ts';

describe('readJson', () => {
  it('keeps the place of keys and values', () => {
    const text = '{\n  "A": {\n    "b": "c", "n": -1.5e2\n  },\n  "L": [1, true, null]\n}\n';
    const node = readJson(text);
    if (node.kind !== 'object') throw new Error('The text is an object.');
    expect(member(node, 'A')?.span).toEqual({ line: 1, start: 2, end: 5 });
    expect(textOf(member(node, 'A')?.value, 'b')).toEqual({ value: 'c', span: { line: 2, start: 9, end: 12 } });
    expect(textOf(member(node, 'A')?.value, 'n')?.value).toBe('-150');
    expect(member(node, 'L')?.value).toMatchObject({
      kind: 'array',
      items: [{ value: 1 }, { value: true }, { value: null }],
    });
  });

  it.each([
    '',
    '{',
    '{"a" 1}',
    '[1,]',
    '{"a": tru}',
    '{"a": 01}',
    '{} {}',
    '{"a": "\\x"}',
    '["a\nb"]',
    '['.repeat(300),
  ])('says what is wrong with %j', (text) => {
    expect(readJson(text)).toMatchObject({ kind: 'problem' });
  });

  it('reads escapes as JSON does', () => {
    expect(readJson('"a\\"\\u0041\\\\"')).toMatchObject({ value: 'a"A\\' });
  });
});
