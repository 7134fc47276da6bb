import { expect, test } from 'vitest';
import type { Diagnostic, InlayHint } from 'vscode-languageserver';
import { Editor } from './fixtures/editor.ts';
import { RandomWorkspace } from './fixtures/random-workspace.ts';

/*
 * Edits that chance makes: typed, pasted, undone, saved, closed; files renamed, deleted and changed on disk. What the
 * server says then is what a server says that was just started. `AEGIS_RANDOM_EDITS=10000` makes so many in all.
 */

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
const TOPOLOGY_FILE = 'lab.clab.yml';

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

const fixture = (files: Readonly<Record<string, string>>): string =>
  Object.entries(files)
    .map(([name, text]) => `//- ${name}\n${text}`)
    .join('\n');
// What a save found out stands until the next edit; a server that has seen no save knows nothing of it.
const OPTIONS = { head: FILES, settings: { preflightOnSave: false } };

const comparable = (found: readonly Diagnostic[]): readonly string[] =>
  found.map(
    ({ range, severity, code, message }) =>
      `${range.start.line}:${range.start.character} ${severity} ${code} ${message}`,
  );

/** What a server says of the open files: everything that does not wait for a simulation. */
async function answers({ client, uriOf }: Editor, paths: readonly string[], question: number): Promise<unknown> {
  // The list of labs waits for the baseline, so that every answer after it knows what changed.
  await client.request('aegis/labs', undefined);
  const found: Record<string, unknown> = {};
  for (const path of paths) {
    const uri = uriOf(path);
    const about = <T>(method: string, more: object = {}): Promise<T> =>
      client.request<T>(method, { textDocument: { uri }, ...more });
    const position = { line: question % 12, character: question % 25 };
    const range = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
    const hints = await about<InlayHint[]>('textDocument/inlayHint', { range });
    const tokens = await about<{ readonly data: readonly number[] }>('textDocument/semanticTokens/full');
    found[path] = {
      diagnostics: comparable(await client.diagnostics(uri)),
      // Counts come when the simulation is done; peers are known at once.
      peers: hints.filter(({ label }) => typeof label !== 'string'),
      tokens: tokens.data,
      symbols: await about('textDocument/documentSymbol'),
      folding: await about('textDocument/foldingRange'),
      completion: await about('textDocument/completion', { position }),
      definition: await about('textDocument/definition', { position }),
      references: await about('textDocument/references', { position, context: { includeDeclaration: true } }),
      formatting: await about('textDocument/formatting', { options: { tabSize: 1, insertSpaces: true } }),
    };
  }
  return found;
}

/** A server that is started on the disk as it is, and shown the open files. */
async function freshAnswers(workspace: RandomWorkspace, question: number): Promise<unknown> {
  const open = workspace.openFiles;
  const fresh = await Editor.open(fixture({ ...Object.fromEntries(workspace.disk) }), OPTIONS);
  try {
    await fresh.client.close(fresh.uri);
    for (const [path, text] of open) {
      await fresh.client.open(fresh.uriOf(path), workspace.firstText(path));
      await fresh.client.replace(fresh.uriOf(path), text);
    }
    return await answers(fresh, [...open.keys()], question);
  } finally {
    await fresh.close();
  }
}

const SEEDS = [1, 2, 3, 4, 5, 6];
const EDITS = Math.ceil(Number(process.env.AEGIS_RANDOM_EDITS ?? 360) / SEEDS.length);
/** Edits between two comparisons. */
const BETWEEN = 15;

test.each(SEEDS)(
  'after random edits the answers are those of a server that was just started (%i)',
  async (seed) => {
    const editor = await Editor.open(fixture(FILES), OPTIONS);
    const workspace = new RandomWorkspace(editor, seed, { files: FILES, topology: TOPOLOGY_FILE, lines: LINES });
    try {
      workspace.isOpen(TOPOLOGY_FILE);
      for (const path of Object.keys(FILES)) if (path !== TOPOLOGY_FILE) await workspace.open(path);
      for (let step = 1; step <= EDITS; step += 1) {
        await workspace.step();
        // Some answers are asked for while edits go on, and never awaited until the end.
        const asked = [...workspace.openFiles.keys()];
        if (workspace.next(3) === 0 && asked.length > 0)
          void editor.client.diagnostics(editor.uriOf(asked[workspace.next(asked.length)] as string));
        if (step % BETWEEN !== 0) continue;
        // While the topology is broken a running server keeps what it knew of the lab; a new one never knew it.
        await workspace.write(TOPOLOGY_FILE, TOPOLOGY);
        await workspace.replace(TOPOLOGY_FILE, TOPOLOGY);
        const question = workspace.next(1000);
        expect(await answers(editor, [...workspace.openFiles.keys()], question), `after ${step} edits`).toEqual(
          await freshAnswers(workspace, question),
        );
      }
    } finally {
      await editor.close();
    }
  },
  Math.max(20_000, EDITS * 200),
);
