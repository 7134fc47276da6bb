import { expect, test } from 'vitest';
import type { DocumentSymbol, FoldingRange } from 'vscode-languageserver';
import { withEditor } from './fixtures/editor.ts';

const FIXTURE = `
//- edge.cfg aegis-ios
! An edge router
! with two comments
hostname edge
interface GigabitEthernet0/1
 description to the customer
 ip address 192.0.2.1 255.255.255.252
!
router bgp 65001
 neighbor 192.0.2.2 remote-as 65002
 address-family ipv4
  neighbor 192.0.2.2 activate
  neighbor 192.0.2.2 route-map IN in
 exit-address-family
!
ip prefix-list CUSTOMER seq 5 permit 203.0.113.0/24
ip prefix-list CUSTOMER seq 10 permit 198.51.100.0/24
route-map IN permit 10
 match ip address prefix-list CUSTOMER
`;

const shown = (symbols: readonly DocumentSymbol[], depth = 0): readonly string[] =>
  symbols.flatMap(({ name, range, children = [] }) => [
    `${'  '.repeat(depth)}${name} ${range.start.line + 1}-${range.end.line + 1}`,
    ...shown(children, depth + 1),
  ]);

test('the outline nests what stanzas hold, and lists a name once', async () => {
  await withEditor(FIXTURE, async (editor) => {
    const symbols = await editor.client.request<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument: { uri: editor.uri },
    });
    expect(shown(symbols)).toEqual([
      'interface GigabitEthernet0/1 4-6',
      'router bgp 65001 8-13',
      '  192.0.2.2 9-9',
      '  address-family ipv4 10-12',
      '    192.0.2.2 11-12',
      'CUSTOMER 15-16',
      'route-map IN permit 10 17-18',
    ]);
  });
});

test('stanzas and comments fold', async () => {
  await withEditor(FIXTURE, async (editor) => {
    const ranges = await editor.client.request<FoldingRange[]>('textDocument/foldingRange', {
      textDocument: { uri: editor.uri },
    });
    expect(ranges.map(({ startLine, endLine, kind }) => [startLine + 1, endLine + 1, kind])).toEqual([
      [1, 2, 'comment'],
      [4, 6, undefined],
      [8, 13, undefined],
      [10, 12, undefined],
      [17, 18, undefined],
    ]);
  });
});
