import { expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { Editor } from './fixtures/editor.ts';

const TOPOLOGY = `name: two
topology:
  nodes:
    r1: { kind: linux, image: "frrouting/frr:10", startup-config: r1.cfg }
    r2: { kind: linux, image: "frrouting/frr:10", startup-config: r2.cfg }
  links:
    - endpoints: ["r1:eth1", "r2:eth1"]
`;
const router = (own: string, as: number, peer: string, peerAs: number): string => `hostname r
interface eth1
 ip address ${own}/30
exit
router bgp ${as}
 no bgp ebgp-requires-policy
 neighbor ${peer} remote-as ${peerAs}
 neighbor ${peer} route-map OUT out
exit
route-map OUT permit 10
`;
const FILES = {
  'lab.clab.yml': TOPOLOGY,
  'r1.cfg': router('192.0.2.1', 65001, '192.0.2.2', 65002),
  'r2.cfg': router('192.0.2.2', 65002, '192.0.2.1', 65001),
} as const;
type File = keyof typeof FILES;
const NAMES = Object.keys(FILES) as readonly File[];
const FIXTURE = NAMES.map((name) => `//- ${name}\n${FILES[name]}`).join('');

/** Lines that are typed: good ones, wrong ones, and what breaks a file. */
const LINES = [
  ' neighbor 192.0.2.2 remote-as 65003',
  ' neighbor 192.0.2.9 remote-as 65009',
  'interface eth2',
  ' ip address 192.0.2.1/30',
  'interface eth1',
  'route-map OUT deny 10',
  ' match ip address prefix-list NONE',
  '    r3: { kind: linux, startup-config: r1.cfg }',
  '    r4: { kind: bridge }',
  '- not yaml: [',
  '',
  'hostname r\u200b1',
  'router bgp 65001',
  'exit',
];

/** A small generator of numbers that are always the same (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const comparable = (found: readonly Diagnostic[]): readonly string[] =>
  found.map(
    ({ range, severity, code, message }) =>
      `${range.start.line}:${range.start.character} ${severity} ${code} ${message}`,
  );

async function answers({ client, uriOf }: Editor): Promise<Readonly<Record<string, readonly string[]>>> {
  // The list of labs waits for the baseline, so that every answer after it knows what changed.
  await client.request('aegis/labs', undefined);
  const found: Record<string, readonly string[]> = {};
  for (const name of NAMES) found[name] = comparable(await client.diagnostics(uriOf(name)));
  return found;
}

test.each([1, 2, 3, 4, 5, 6])(
  'after random edits the answers are those of a server that was just started (%i)',
  async (seed) => {
    const next = numbers(seed);
    const options = { head: FILES };
    const editor = await Editor.open(FIXTURE, options);
    const texts: Record<File, string> = { ...FILES };
    try {
      for (const name of NAMES.slice(1)) await editor.client.open(editor.uriOf(name), FILES[name]);
      for (let step = 1; step <= 60; step += 1) {
        const name = NAMES[next(10) === 0 ? 0 : 1 + next(2)] as File;
        const uri = editor.uriOf(name);
        const lines = texts[name].split('\n');
        const line = next(lines.length);
        const count = Math.min(next(3), lines.length - line);
        const added = next(4) === 0 ? [] : [LINES[next(LINES.length)] as string];
        const kind = next(12);
        if (kind === 0) {
          texts[name] = FILES[name];
          await editor.client.replace(uri, texts[name]);
        } else if (kind === 1) {
          await editor.client.close(uri);
          await editor.client.open(uri, texts[name]);
        } else {
          const start = { line, character: 0 };
          const end = { line: line + count, character: 0 };
          await editor.client.edit(uri, { start, end }, added.map((text) => `${text}\n`).join(''));
          const below = lines.slice(line + count);
          // An edit that takes the last line away ends the text where it begins.
          texts[name] = [...lines.slice(0, line), ...added, ...(below.length > 0 ? below : [''])].join('\n');
        }
        // Some answers are asked for while edits go on, and never awaited until the end.
        if (next(3) === 0) void editor.client.diagnostics(uri);
        if (step % 15 !== 0) continue;
        // While the topology is broken a running server keeps what it knew of the lab; a new one never knew it.
        if ((await editor.client.diagnostics(editor.uriOf(NAMES[0] as File))).length > 0) {
          texts['lab.clab.yml'] = TOPOLOGY;
          await editor.client.replace(editor.uriOf('lab.clab.yml'), TOPOLOGY);
        }
        const fresh = await Editor.open(FIXTURE, options);
        try {
          for (const file of NAMES) {
            if (file !== NAMES[0]) await fresh.client.open(fresh.uriOf(file), FILES[file]);
            await fresh.client.replace(fresh.uriOf(file), texts[file]);
          }
          expect(await answers(editor), `after ${step} edits`).toEqual(await answers(fresh));
        } finally {
          await fresh.close();
        }
      }
    } finally {
      await editor.close();
    }
  },
);
