import type { GeneratedDevice, GeneratedNetwork } from '../generate-network.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface NetworkEdit {
  /** What was done where, for a message. */
  readonly title: string;
  readonly devices: readonly GeneratedDevice[];
}

/** What a person does to a line; undefined where the line gives no occasion. */
const WAYS: Readonly<
  Record<
    string,
    (
      lines: readonly string[],
      at: number,
      random: SeededRandom,
      others: readonly string[],
    ) => readonly string[] | undefined
  >
> = {
  'removed line': (lines, at) => lines.toSpliced(at, 1),
  'doubled line': (lines, at) => lines.toSpliced(at, 0, lines[at] as string),
  'changed number': (lines, at, random) => {
    const numbers = [...(lines[at] as string).matchAll(/\d+/g)];
    if (numbers.length === 0) return undefined;
    const { 0: digits, index } = random.pick(numbers);
    const value = random.chance(0.5) ? Number(digits) + 1 : random.below(Number(digits) + 2);
    const line = lines[at] as string;
    return lines.with(at, line.slice(0, index) + value + line.slice(index + digits.length));
  },
  'line of another device': (lines, at, random, others) =>
    others.length === 0 ? undefined : lines.toSpliced(at, 0, random.pick(others)),
  'swapped lines': (lines, at) =>
    at + 1 >= lines.length ? undefined : lines.with(at, lines[at + 1] as string).with(at + 1, lines[at] as string),
  'negated line': (lines, at) => {
    const [indent = ''] = /^ */.exec(lines[at] as string) ?? [];
    return lines.with(at, `${indent}no ${(lines[at] as string).slice(indent.length)}`);
  },
  'typed description': (lines, at, random) =>
    /^ *description /.test(lines[at] as string) ? lines.with(at, `${lines[at]}${random.below(10)}`) : undefined,
  'closed port': (lines, at) =>
    /^interface /.test(lines[at] as string) ? lines.toSpliced(at + 1, 0, ' shutdown') : undefined,
  comment: (lines, at) => lines.toSpliced(at, 0, '! a remark'),
};

/** One edit of one configuration, as random as the seed: often a slip, sometimes nonsense, always one that a device reads. */
export function editNetwork({ devices }: Pick<GeneratedNetwork, 'devices'>, random: SeededRandom): NetworkEdit {
  for (;;) {
    const edited = random.below(devices.length);
    const { name, dialect, text } = devices[edited] as GeneratedDevice;
    const lines = text.split('\n');
    const at = random.below(lines.length - 1);
    const others = devices
      .filter((device) => device.dialect === dialect && device.name !== name)
      .flatMap((device) => device.text.split('\n'));
    const way = random.pick(Object.keys(WAYS));
    const changed = WAYS[way]?.(lines, at, random, others);
    if (changed === undefined || changed.join('\n') === text) continue;
    return {
      title: `${way} at ${name}:${at + 1} (${(lines[at] as string).trim()})`,
      devices: devices.with(edited, { name, dialect, text: changed.join('\n') }),
    };
  }
}
