import { expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { EXPLAIN_RULE_COMMAND } from '../protocol.ts';
import { type Editor, type EditorOptions, withEditor } from './fixtures/editor.ts';

const FIXTURE = `
//- edge.cfg aegis-eos
hostname edge
interface Ethernet1
   switchport mode trunk
   switchport trunk allowed vlan 10,20
   switchport trunk allowed vlan $030
`;

const ask = (editor: Editor, only?: readonly string[]): Promise<CodeAction[]> =>
  editor.client.request('textDocument/codeAction', {
    textDocument: { uri: editor.uri },
    range: { start: editor.position, end: editor.position },
    context: { diagnostics: [], ...(only && { only }) },
  });

/** A trunk list that an edit replaces, as it is typed. */
async function withReplacedList<T>(use: (editor: Editor) => Promise<T>, options?: EditorOptions): Promise<T> {
  const before = FIXTURE.replace('   switchport trunk allowed vlan $030\n', '');
  return withEditor(
    before,
    async (editor) => {
      const { client, uri } = editor;
      const end = { line: 4, character: 0 };
      await client.edit(uri, { start: end, end }, '   switchport trunk allowed vlan 30\n');
      return use(editor);
    },
    options,
  );
}

test('a finding with a fix has a quick fix, and the fix resolves it', async () => {
  await withReplacedList(async (editor) => {
    const { client, uri } = editor;
    const found = await client.diagnostics(uri);
    const replaced = found.find(({ code }) => code === 'trunk-vlans-replaced');
    expect(replaced).toBeDefined();
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: replaced!.range,
      context: { diagnostics: [replaced] },
    });
    const [fix] = actions.filter(({ kind }) => kind === 'quickfix');
    expect(fix?.diagnostics?.[0]).toMatchObject({ code: 'trunk-vlans-replaced' });
    const [edit, ...others] = fix?.edit?.changes?.[uri] ?? [];
    expect(others).toEqual([]);
    await client.edit(uri, edit!.range, edit!.newText);
    const left = await client.diagnostics(uri);
    expect(left.map(({ code }) => code)).not.toContain('trunk-vlans-replaced');
  });
});

test('"explain" is offered only to a client that can carry it out', async () => {
  const explain = (actions: readonly CodeAction[]) =>
    actions.filter(({ command }) => command?.command === EXPLAIN_RULE_COMMAND);
  const fixture =
    '\n//- edge.cfg aegis-frr\nrouter bgp 65001\n no bgp ebgp-requires-policy\n neighbor 192.0.2.2 remote-as 6500$02\n';
  await withEditor(fixture, async (editor) => expect(explain(await ask(editor))).toEqual([]));
  const commands = [EXPLAIN_RULE_COMMAND];
  await withEditor(
    fixture,
    async (editor) => {
      const offered = explain(await ask(editor));
      expect(offered.map(({ command }) => command?.arguments)).toContainEqual(['ebgp-without-policy']);
      const rule = await editor.client.request<{ title: string; markdown: string }>('aegis/rule', {
        rule: 'ebgp-without-policy',
      });
      expect(rule.markdown).toContain(rule.title);
    },
    { commands },
  );
});

test('safe fixes are applied together when that is asked for, and not offered otherwise', async () => {
  const fixture = '\n//- edge.cfg aegis-frr\nhostname ed\u200bge\ninterface eth1\n description to\u200b r\u200b2\n';
  await withEditor(fixture, async (editor) => {
    const { client, uri } = editor;
    expect((await ask(editor)).map(({ kind }) => kind)).not.toContain('source.fixAll.aegis');
    expect(await ask(editor, ['refactor'])).toEqual([]);
    const [all, ...others] = await ask(editor, ['source.fixAll']);
    expect(others).toEqual([]);
    expect(all).toMatchObject({ kind: 'source.fixAll.aegis', title: 'Apply all safe fixes' });
    const edits = all?.edit?.changes?.[uri] ?? [];
    expect(edits).toHaveLength(3);
    // From the end, so that no edit moves the place of another.
    for (const { range, newText } of edits.toSorted(
      (a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character,
    ))
      await client.edit(uri, range, newText);
    expect(await client.diagnostics(uri)).toEqual([]);
  });
});
