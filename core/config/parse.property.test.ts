import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialects } from './dialects/index.ts';
import { parseConfig } from './parse.ts';
import type { ConfigTree, Statement } from './tree.ts';

const labs = join(import.meta.dirname, '../../labs');
const realConfigs = readdirSync(labs).flatMap((lab) => {
  const folder = join(labs, lab, 'configs');
  return readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
});

const ids = [...dialects.keys(), 'unknown' as const];

function* all(statements: readonly Statement[]): Generator<Statement> {
  const open = [...statements];
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    open.push(...next.children);
  }
}

const isBlank = (line: string): boolean => /^[ \t\v\f]*$/.test(line);

/** What is wrong with the tree of a text: nothing, whatever the text. */
function faults({ lines, statements, comments, problems }: ConfigTree): readonly string[] {
  const found: string[] = [];
  const seen = lines.map(() => 0);
  const mark = (line: number) => {
    seen[line] = (seen[line] ?? 0) + 1;
  };
  for (const { span, words, body } of all(statements)) {
    const line = lines[span.line] as string;
    for (const word of words) {
      if (!word.quoted && line.slice(word.start, word.end) !== word.text)
        found.push(`${word.text} is not where it says`);
      if (word.start < span.start || word.end > span.end) found.push(`${word.text} is outside of its line`);
    }
    if ((span.endLine ?? span.line) >= lines.length) found.push(`line ${span.line} ends after the text`);
    mark(span.line);
    // The text of a banner belongs to its command; it has no children.
    if (body !== undefined) for (let at = span.line + 1; at <= (span.endLine ?? span.line); at += 1) mark(at);
  }
  for (const comment of comments) mark(comment.line);
  for (const { span } of problems) {
    if (span.start > span.end || span.end > (lines[span.line] as string).length)
      found.push('a problem is outside of its line');
    if (seen[span.line] === 0) mark(span.line);
  }
  lines.forEach((line, at) => {
    if (!isBlank(line) && seen[at] === 0) found.push(`line ${at} is nowhere`);
    if ((seen[at] ?? 0) > 1) found.push(`line ${at} is in two places`);
  });
  return found;
}

function checkParse(text: string): void {
  for (const dialect of ids) {
    const { tree, device } = parseConfig({ text, file: 'r1.cfg', node: 'r1', dialect });
    // Braces and flat commands have trees of their own shape.
    const found = ['frr', 'eos', 'ios', 'nxos', 'iosxr', 'unknown'].includes(dialect) ? [...faults(tree)] : [];
    for (const { span } of [...device.notModelled, ...device.definitions, ...device.references])
      if (span.line >= tree.lines.length || (span.endLine === undefined && span.start > span.end))
        found.push(`line ${span.line} does not exist`);
    expect(found).toEqual([]);
  }
}

/** Lines of a real configuration, some of them lost, doubled, cut, indented, or with other characters in them. */
const mutated = fc
  .record({
    config: fc.constantFrom(...realConfigs),
    changes: fc.array(
      fc.record({
        at: fc.nat(),
        kind: fc.constantFrom('drop', 'double', 'cut', 'indent', 'insert', 'swap', 'no'),
        size: fc.nat(12),
        text: fc.string({ unit: 'binary', maxLength: 8 }),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ config, changes }) => {
    const lines = config.split('\n');
    for (const { at, kind, size, text } of changes) {
      const index = at % lines.length;
      const line = lines[index] ?? '';
      if (kind === 'drop') lines.splice(index, 1);
      else if (kind === 'double') lines.splice(index, 0, line);
      else if (kind === 'cut') lines[index] = line.slice(0, size);
      else if (kind === 'indent') lines[index] = ' '.repeat(size) + line.trimStart();
      else if (kind === 'insert') lines[index] = line.slice(0, size) + text + line.slice(size);
      else if (kind === 'swap') lines[index] = line.split(' ').reverse().join(' ');
      else lines[index] = line.replace(/\S/, (first) => `no ${first}`);
    }
    return lines.join('\n');
  });

describe('parsing', () => {
  it('takes every configuration of the labs apart without a loss', () => {
    for (const config of realConfigs) checkParse(config);
  });

  it('takes any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), checkParse), { numRuns: 100 });
  });

  it('takes any lines of blanks, comments and words', () => {
    const word = fc.constantFrom(
      'no',
      'ip',
      'router',
      'bgp',
      '65001',
      'banner',
      'motd',
      '^C',
      '#',
      '!',
      'interface',
      'lo0',
      '10.0.0.0/8',
      'exit',
      '\t',
      ' ',
      '"',
      'EOF',
      'certificate',
      'neighbor',
      '::1',
      '\u00a0',
      '\0',
      '{',
      '}',
      ';',
    );
    const line = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
    const text = fc
      .array(fc.tuple(fc.nat(5), line), { maxLength: 20 })
      .map((lines) => lines.map(([indent, text]) => ' '.repeat(indent) + text).join('\n'));
    fc.assert(fc.property(text, checkParse), { numRuns: 100 });
  });

  it('takes any mutation of a real configuration', () => {
    fc.assert(fc.property(mutated, checkParse), { numRuns: 40 });
  });
});

describe('hostile text', () => {
  const parse = (text: string) => parseConfig({ text, file: 'r1.cfg', node: 'r1', dialect: 'ios' });

  it('of 5,000 nested commands is applied without an end to the stack', () => {
    const text = Array.from({ length: 5000 }, (_, depth) => `${' '.repeat(depth)}hostname r${depth}`).join('\n');
    expect(parse(text).device.hostname?.value).toBe('r4999');
  });

  it('of 5,000 nested lines that nobody knows is listed', () => {
    const text = Array.from({ length: 5000 }, (_, depth) => `${' '.repeat(depth)}strange`).join('\n');
    expect(parse(text).device.notModelled).toHaveLength(5000);
  });

  it('of 50,000 banners without an end is read once', () => {
    expect(parse('banner motd x\nbanner exec y\n'.repeat(50_000)).tree.problems.length).toBeGreaterThan(0);
  });

  it('of one row with a thousand words is matched in time', () => {
    const words = Array.from({ length: 1000 }, (_, at) => `w${at}`).join(' ');
    expect(
      parse(`route-map M permit 10\n match community ${words} x\n set community ${'1:1 '.repeat(1000)} additive\n`)
        .device.policies.size,
    ).toBe(1);
  });
});
