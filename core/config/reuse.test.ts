import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lintConfig } from '../guard/engine.ts';
import { type ParsedConfig, parseConfig } from './parse.ts';

const labs = resolve(import.meta.dirname, '../../labs');
const files = readdirSync(labs).flatMap((lab) =>
  readdirSync(join(labs, lab, 'configs')).map((name) => join(labs, lab, 'configs', name)),
);

/** Lines that open, close and break things. */
const LINES = [
  'exit',
  'end',
  '!',
  '',
  'interface Ethernet1',
  ' ip address 192.0.2.1/30',
  '   neighbor 192.0.2.9 remote-as 65009',
  'router bgp 65001',
  ' address-family ipv4 unicast',
  'no router bgp 65001',
  'route-map X permit 10',
  'banner motd ^C',
  '^C',
  'banner login',
  'EOF',
  'crypto pki certificate chain X',
  ' certificate 01',
  '  3082 01AB',
  'quit',
  'macro name X',
  '@',
  'frobnicate',
  '      deeply indented',
];

function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

/** A configuration without what differs by identity alone. */
const comparable = ({ tree, device, matches }: ParsedConfig) => ({
  tree,
  device,
  matches: [...matches].map(([statement, { entry, args, negated }]) => [statement, entry.pattern, args, negated]),
});

describe('a text that is parsed again after an edit gives what it gives when it is parsed alone', () => {
  test.each(files.map((file) => [file.slice(labs.length + 1), file] as const))('%s', (_, file) => {
    const next = numbers(file.length);
    let text = readFileSync(file, 'utf8');
    let previous = parseConfig({ text, file, node: 'r1', incremental: { previous: undefined } });
    for (let edit = 0; edit < 12; edit += 1) {
      const lines = text.split('\n');
      const at = next(lines.length);
      const kind = next(4);
      if (kind === 0) lines.splice(at, 0, LINES[next(LINES.length)] as string);
      else if (kind === 1) lines.splice(at, 1 + next(3));
      else if (kind === 2) lines[at] = LINES[next(LINES.length)] as string;
      else lines[at] = `${lines[at]}x`;
      text = lines.join('\n');
      const input = { text, file, node: 'r1', dialect: previous.dialect };
      const again = parseConfig({ ...input, incremental: { previous } });
      const alone = parseConfig(input);
      expect(comparable(again)).toEqual(comparable(alone));
      expect(lintConfig(again)).toEqual(lintConfig(alone));
      previous = again;
    }
  });
});

test('what stands below an inserted line keeps its words and rows', () => {
  const text = 'interface eth1\n description x\nexit\nrouter bgp 65001\n neighbor 192.0.2.2 remote-as 65002\nexit\n';
  const input = { file: 'r1.cfg', node: 'r1', dialect: 'frr' as const };
  const first = parseConfig({ ...input, text, incremental: { previous: undefined } });
  const second = parseConfig({
    ...input,
    text: text.replace('exit\n', ' mtu 9000\nexit\n'),
    incremental: { previous: first },
  });
  const [before, after] = [first, second].map(({ tree }) => tree.statements[2]!);
  expect(after!.span).toEqual({ line: 4, start: 0, end: 16, endLine: 5 });
  expect(after!.children[0]!.words).toBe(before!.children[0]!.words);
  const rowOf = (config: ParsedConfig) => config.matches.get(config.tree.statements[2]!.children[0]!)!;
  expect(rowOf(second).entry).toBe(rowOf(first).entry);
  expect(rowOf(second).args.as!.span.line).toBe(5);
});

test('what an edit leaves alone stays the same object', () => {
  const text = 'interface eth1\n ip address 192.0.2.1/30\nexit\ninterface eth2\n description x\nexit\n';
  const input = { file: 'r1.cfg', node: 'r1', dialect: 'frr' as const };
  const first = parseConfig({ ...input, text, incremental: { previous: undefined } });
  const second = parseConfig({ ...input, text: text.replace(' x', ' xy'), incremental: { previous: first } });
  const [eth1, exit, eth2] = second.tree.statements;
  expect([eth1, exit]).toEqual([first.tree.statements[0], first.tree.statements[1]]);
  expect(eth1).toBe(first.tree.statements[0]);
  expect(second.matches.get(eth1!)).toBe(first.matches.get(eth1!));
  expect(eth2).not.toBe(first.tree.statements[2]);
});
