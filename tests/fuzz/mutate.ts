import type { SeededRandom } from '../support/networks/seeded-random.ts';

type Mutation = (text: string, random: SeededRandom, other: string) => string;

const STRANGE = [
  '\u0000',
  '\u00a0',
  '\u200b',
  '\ufeff',
  '\r',
  '\t',
  '\v',
  '"',
  "'",
  '`',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ';',
  '^C',
  '#',
  '!',
  '|',
  '$',
  '(',
  ')',
  '*',
  '%',
  '/*',
  '*/',
  '<?',
  'é',
  '\ud800',
  '💥',
];
const WORDS = [
  'no',
  'exit',
  'end',
  'banner motd',
  'interface',
  'router bgp 65001',
  'address-family',
  'neighbor',
  'ip',
  'set',
  'delete',
  'default',
  'vrf',
  'route-map',
  'permit',
  'deny',
  '0.0.0.0/0',
  '::/0',
  '255.255.255.255',
  '4294967296',
  '-1',
  '1e9',
  '999999999999999999999',
  '10.0.0.1/33',
  'fe80::1%eth0',
];

const atLine = (change: (lines: string[], at: number, random: SeededRandom, other: string) => void): Mutation => {
  return (text, random, other) => {
    const lines = text.split('\n');
    change(lines, random.below(lines.length), random, other);
    return lines.join('\n');
  };
};
const atPlace = (change: (random: SeededRandom, other: string) => string, most = 3): Mutation => {
  return (text, random, other) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + change(random, other) + text.slice(at + random.below(most));
  };
};

const mutations: readonly Mutation[] = [
  atLine((lines, at) => lines.splice(at, 1)),
  atLine((lines, at) => lines.splice(at, 0, lines[at] as string)),
  atLine((lines, at, random) => lines.splice(at, 1 + random.below(lines.length))),
  atLine((lines, at, random) => (lines[at] = (lines[at] as string).slice(0, random.below(20)))),
  atLine((lines, at, random) => (lines[at] = ' '.repeat(random.below(30)) + (lines[at] as string).trimStart())),
  atLine((lines, at) => (lines[at] = (lines[at] as string).split(' ').reverse().join(' '))),
  atLine((lines, at) => (lines[at] = (lines[at] as string).replace(/\S/, (first) => `no ${first}`))),
  atLine((lines, at, random, other) => lines.splice(at, 0, random.pick(other.split('\n')))),
  atLine((lines, at, random) => {
    const words = (lines[at] as string).split(' ');
    words[random.below(words.length)] = random.pick(WORDS);
    lines[at] = words.join(' ');
  }),
  atLine((lines, at, random) => (lines[at] = `${lines[at]} ${random.pick(WORDS)}`)),
  atLine(
    (lines, at, random) =>
      (lines[at] = (lines[at] as string).replace(/\d+/, () => String(random.below(2 ** 31) * random.below(3)))),
  ),
  atPlace((random) => random.pick(STRANGE)),
  atPlace((random) => String.fromCharCode(random.below(0x10000))),
  atPlace(() => '', 40),
  atPlace((random, other) => other.slice(random.below(other.length)).slice(0, random.below(300))),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll('  ', '\t'),
];

/** What makes careless readers slow: long lines, long words, deep nesting, what never ends. */
const stress: readonly Mutation[] = [
  atPlace((random) => ':'.repeat(1 + random.below(20_000))),
  atPlace((random) => ' '.repeat(1 + random.below(20_000))),
  atPlace((random) => '{'.repeat(1 + random.below(3_000))),
  atPlace((random) => '[ '.repeat(1 + random.below(3_000))),
  atPlace((random) => '1.'.repeat(1 + random.below(10_000))),
  atPlace((random) => '('.repeat(1 + random.below(2_000))),
  atPlace((random) => `"${'a b '.repeat(random.below(3_000))}`),
  atPlace((random) => `${'65001_'.repeat(random.below(3_000))}`),
  atPlace(
    (random) => `\n${Array.from({ length: random.below(800) }, (_, depth) => `${' '.repeat(depth)}x`).join('\n')}\n`,
  ),
  atPlace((random) => `\nip as-path access-list A permit ${'(_6500.*)*'.repeat(1 + random.below(60))}$\n`),
  atPlace(
    (random) =>
      `\n${random.pick(['banner motd ^', 'banner exec x', 'crypto pki certificate chain a', 'route-policy A', 'prefix-set A'])}\n`,
  ),
];

/** Some changes of a configuration; one in sixteen has something that makes careless readers slow. */
export function mutate(text: string, random: SeededRandom, other: string): string {
  let mutated = text;
  for (let change = 1 + random.below(8); change > 0; change -= 1)
    mutated = random.pick(mutations)(mutated, random, other);
  return random.chance(1 / 16) ? random.pick(stress)(mutated, random, other) : mutated;
}
