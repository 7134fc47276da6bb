import { describe, expect, it } from 'vitest';
import { UnusableInput } from './unusable.ts';
import { parseYaml, type YamlValue } from './yaml.ts';

const plain = (value: YamlValue): unknown =>
  value.kind === 'scalar'
    ? value.value
    : value.kind === 'list'
      ? value.items.map(plain)
      : Object.fromEntries([...value.entries].map(([key, inner]) => [key, plain(inner)]));

function problem(text: string): string {
  try {
    parseYaml(text, 'lab.clab.yml');
  } catch (error) {
    if (error instanceof UnusableInput) return error.message;
    throw error;
  }
  throw new Error('The text was accepted.');
}

describe('reading YAML strictly', () => {
  it('gives plain values with their lines', () => {
    const value = parseYaml('name: lab\ntopology:\n  nodes:\n    r1: {kind: linux}\n', 'lab.clab.yml');
    expect(plain(value)).toEqual({ name: 'lab', topology: { nodes: { r1: { kind: 'linux' } } } });
    expect(value.kind === 'map' && value.keyLines.get('topology')).toBe(1);
  });

  it('follows anchors, aliases and merge keys', () => {
    const text = 'a: &base {kind: linux, image: frr}\nb:\n  <<: *base\n  image: other\nc: *base\n';
    expect(plain(parseYaml(text, 'x'))).toEqual({
      a: { kind: 'linux', image: 'frr' },
      b: { kind: 'linux', image: 'other' },
      c: { kind: 'linux', image: 'frr' },
    });
  });

  it.each([
    ['a key that stands twice', 'a: 1\nb: 2\na: 3\n', 'lab.clab.yml:3: The key a stands twice in one map.'],
    ['an unknown alias', 'a: *nowhere\n', 'lab.clab.yml:1: The alias *nowhere has no anchor before it.'],
    [
      'an object prototype',
      'a:\n  __proto__: {x: 1}\n',
      'lab.clab.yml:2: The key __proto__ is reserved and has no meaning in a topology.',
    ],
    ['nothing', '# only a comment\n', 'lab.clab.yml: The file holds no YAML values.'],
    ['two documents', 'a: 1\n---\nb: 2\n', 'lab.clab.yml: The file holds more than one YAML document.'],
    ['a type of its own', 'a: !exec ls\n', 'The tag !exec is not supported.'],
    ['a broken flow', 'a: [1, 2\nb: 3\n', 'Not valid YAML'],
  ])('refuses %s', (_, text, message) => {
    expect(problem(text)).toContain(message);
  });

  it('refuses an alias bomb and a merge bomb without growing', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i += 1)
      bomb.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    expect(problem(bomb.join('\n'))).toContain('Aliases make the file grow without bound');
    const merge = ['m0: &m0 {x: 1}'];
    for (let i = 1; i < 30; i += 1)
      merge.push(
        `m${i}: &m${i} {<<: [${Array(10)
          .fill(`*m${i - 1}`)
          .join(', ')}]}`,
      );
    expect(problem(merge.join('\n'))).toMatch(/Aliases make the file grow without bound|nested deeper/);
  });

  it.each([
    ['flow lists', `a: ${'['.repeat(10_000)}`],
    ['flow maps', `a: ${'{b: '.repeat(10_000)}`],
    ['lists on one line', `${'- '.repeat(10_000)}x`],
    ['indented maps', Array.from({ length: 200 }, (_, depth) => `${' '.repeat(depth)}k:`).join('\n')],
  ])('refuses %s nested without end', (_, text) => {
    expect(problem(text)).toContain('nested deeper than 32 levels');
  });

  it('reads ten thousand keys in linear time', () => {
    const read = (keys: number) => {
      const text = `n:\n${Array.from({ length: keys }, (_, index) => `  k${index}: {kind: linux}`).join('\n')}\n`;
      const start = performance.now();
      parseYaml(text, 'x');
      return performance.now() - start;
    };
    read(1000);
    expect(read(10_000)).toBeLessThan(40 * Math.max(read(1000), 2));
  });
});
