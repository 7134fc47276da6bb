import { expect, test } from 'vitest';
import type { Range, WorkspaceEdit } from 'vscode-languageserver';
import { withEditor } from './fixtures/editor.ts';

const FIXTURE = `
//- edge.cfg aegis-frr
ip prefix-list CUSTOMER seq 5 permit 203.0.113.0/24
ip prefix-list OTHER seq 5 permit 198.51.100.0/24
route-map IN permit 10
 match ip address prefix-list CUST$0OMER
`;

test('every line of the name is changed, and no other', async () => {
  await withEditor(FIXTURE, async (editor) => {
    const range = { start: { line: 3, character: 30 }, end: { line: 3, character: 38 } };
    expect(await editor.ask('textDocument/prepareRename')).toEqual({ range, placeholder: 'CUSTOMER' });
    const edit = await editor.ask<WorkspaceEdit>('textDocument/rename', { newName: 'CLIENT' });
    const edits = edit.changes?.[editor.uri] ?? [];
    expect(edits.map((one) => [editor.show(editor.uri, one.range), one.newText])).toEqual([
      ['edge.cfg:1 CUSTOMER', 'CLIENT'],
      ['edge.cfg:4 CUSTOMER', 'CLIENT'],
    ]);
  });
});

test.each([
  ['a name that is taken', 'OTHER', 'There is a prefix-list OTHER already.'],
  ['two words', 'NEW NAME', 'is not a name'],
])('%s is refused with a sentence', async (_, newName, message) => {
  await withEditor(FIXTURE, async (editor) => {
    await expect(editor.ask('textDocument/rename', { newName })).rejects.toThrow(message);
  });
});

test('an address is not renamed', async () => {
  const fixture = '\n//- edge.cfg aegis-frr\nrouter bgp 65001\n neighbor 192.0$0.2.2 remote-as 65002\n';
  await withEditor(fixture, async (editor) => {
    expect(await editor.ask<Range | null>('textDocument/prepareRename')).toBeNull();
    await expect(editor.ask('textDocument/rename', { newName: 'x' })).rejects.toThrow('no name here');
  });
});
