import { describe, expect, it } from 'vitest';
import { dialects } from '../../core/config/dialects/index.ts';
import { corpus } from './corpus.ts';
import { fuzzCase } from './fuzz.ts';
import { parseFault } from './parse-fault.ts';

/** Few, for a run that waits; `npm run fuzz -- 100000` takes as many as it is told. */
const TEXTS = 300;
/** What takes this long hangs, however slow the machine is. */
const HANG_MS = 15_000;
const ids = [...dialects.keys(), 'unknown' as const, undefined];

/** Texts that made readers of other projects hang. */
const STRESS: Readonly<Record<string, () => string>> = {
  '20,000 colons': () => ':'.repeat(20_000),
  '20,000 colons in an address': () => `interface eth0\n ipv6 address ${':'.repeat(20_000)}/64\n`,
  '100,000 blanks before a word': () => `${' '.repeat(100_000)}x`,
  'blanks between 20,000 words': () => 'a  '.repeat(20_000),
  '1,500 levels of indentation': () => Array.from({ length: 1500 }, (_, at) => `${' '.repeat(at)}a`).join('\n'),
  '20,000 open braces': () => 'a { '.repeat(20_000),
  '20,000 open brackets': () => `a ${'[ '.repeat(20_000)}`,
  'one line of 5 MB': () => 'x'.repeat(5_000_000),
  'one line of 5 MB in words': () => 'word '.repeat(1_000_000),
  'a banner without an end': () => `banner motd ^C\n${'text\n'.repeat(10_000)}`,
  'an expression that matches in many ways': () =>
    `ip as-path access-list A permit ${'(_6500.*)*'.repeat(500)}$\nbgp as-path access-list A permit ${'(a*)*'.repeat(500)}b\n`,
  'a JSON text 10,000 deep': () => `{"a":`.repeat(10_000),
};

describe('Reading a configuration', () => {
  it(`of ${TEXTS} mutated ones neither throws nor hangs nor loses a line`, () => {
    const texts = corpus(false);
    const faults = Array.from({ length: TEXTS }, (_, at) => fuzzCase(texts, at + 1, HANG_MS)).filter((fault) => fault);
    expect(faults.map((fault) => `${fault?.number} ${fault?.dialect}: ${fault?.fault}`)).toEqual([]);
  });

  it('knows texts of every language among those that it mutates', () => {
    const known = new Set(corpus(false).map(({ dialect }) => dialect));
    for (const id of dialects.keys()) expect(known).toContain(id);
  });

  it.each(Object.keys(STRESS))('takes %s as any language', (name) => {
    const text = STRESS[name]?.() ?? '';
    const languages = text.length > 1_000_000 ? (['ios', 'junos', 'srlinux', undefined] as const) : ids;
    const faults = languages.flatMap((id) => {
      const fault = parseFault(text, id, HANG_MS);
      return fault === undefined ? [] : [`${id ?? 'detected'}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });
});
