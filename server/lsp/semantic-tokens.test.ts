import { expect, test } from 'vitest';
import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver';
import { check, type Said } from './fixtures/check.ts';
import { type Editor, withEditor } from './fixtures/editor.ts';
import { legend } from './semantic-tokens.ts';

/** Tokens with their names for numbers. */
function decoded(uri: string, data: readonly number[]): readonly Said[] {
  const said: Said[] = [];
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [lines = 0, columns = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    character = lines === 0 ? character + columns : columns;
    line += lines;
    const set = legend.tokenModifiers.filter((_, bit) => modifiers & (1 << bit));
    said.push({
      uri,
      range: { start: { line, character }, end: { line, character: character + length } },
      message: [legend.tokenTypes[type], ...set].join(' '),
    });
  }
  return said;
}

const ask = <T>({ client, uri }: Editor, kind: string, more: object = {}): Promise<T> =>
  client.request<T>(`textDocument/semanticTokens/${kind}`, { textDocument: { uri }, ...more });

const tokens = async (editor: Editor): Promise<readonly Said[]> =>
  decoded(editor.uri, (await ask<SemanticTokens>(editor, 'full')).data);

test('names are told apart by kind, by who makes them, and by whether anything makes them', () =>
  check(
    tokens,
    `
//- edge.cfg aegis-ios
router bgp 65001
 neighbor PEERS peer-group
          ^^^^^ class definition
 neighbor PEERS route-map OUT out
          ^^^^^ class
                          ^^^ function
 neighbor PEERS route-map GONE in
          ^^^^^ class
                          ^^^^ function undefined
route-map OUT permit 10
          ^^^ function definition
`,
  ));

const LINES = ['route-map A permit 10', 'route-map B permit 10', 'route-map C permit 10'];
const FIXTURE = `\n//- edge.cfg aegis-ios\n${LINES.join('\n')}\n`;

test('a range has the tokens of its lines', () =>
  withEditor(FIXTURE, async (editor) => {
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } };
    const { data } = await ask<SemanticTokens>(editor, 'range', { range });
    expect(decoded(editor.uri, data).map(({ range: { start } }) => start.line)).toEqual([1]);
  }));

test('after an edit the difference leads from the old tokens to those of the new text', () =>
  withEditor(FIXTURE, async (editor) => {
    const { client, uri } = editor;
    const first = await ask<SemanticTokens>(editor, 'full');
    const start = { line: 1, character: 0 };
    await client.edit(uri, { start, end: start }, 'ip vrf RED\n');
    const delta = await ask<SemanticTokensDelta>(editor, 'full/delta', { previousResultId: first.resultId });
    const data = [...first.data];
    for (const { start: from, deleteCount, data: added = [] } of delta.edits.toReversed())
      data.splice(from, deleteCount, ...added);
    expect(data).toEqual((await ask<SemanticTokens>(editor, 'full')).data);
  }));
