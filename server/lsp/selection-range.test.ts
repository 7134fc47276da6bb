import { expect, test } from 'vitest';
import type { SelectionRange } from 'vscode-languageserver';
import { withEditor } from './fixtures/editor.ts';

test('the selection grows from the word to the command, its stanza, the stanzas around it and the file', () =>
  withEditor(
    `
//- edge.cfg aegis-frr
router bgp 65001
 address-family ipv4 unicast
  neighbor 192.0.2.2 act$0ivate
 exit-address-family
hostname r1
`,
    async ({ client, uri, position }) => {
      const [first] = await client.request<SelectionRange[]>('textDocument/selectionRange', {
        textDocument: { uri },
        positions: [position],
      });
      const grown: string[] = [];
      for (let step = first; step; step = step.parent) {
        const { start, end } = step.range;
        grown.push(`${start.line + 1}:${start.character}-${end.line + 1}:${end.character}`);
      }
      expect(grown).toEqual(['3:21-3:29', '3:2-3:29', '2:1-3:29', '1:0-4:20', '1:0-6:0']);
    },
  ));
