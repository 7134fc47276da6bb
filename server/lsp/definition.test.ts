import { describe, expect, test } from 'vitest';
import type { DocumentHighlight, Location } from 'vscode-languageserver';
import { withEditor } from './fixtures/editor.ts';

const FIXTURE = `
//- edge.cfg aegis-frr
ip prefix-list CUSTOMER seq 5 permit 203.0.113.0/24
ip prefix-list CUSTOMER seq 10 permit 198.51.100.0/24
route-map IN permit 10
 match ip address prefix-list CUST$0OMER
route-map IN permit 20
router bgp 65001
 neighbor 192.0.2.2 remote-as 65002
 address-family ipv4 unicast
  neighbor 192.0.2.2 route-map IN in
 exit-address-family
`;

const locations = (fixture: string, method: string, more: object = {}): Promise<readonly string[]> =>
  withEditor(fixture, async (editor) =>
    (await editor.ask<Location[]>(method, more)).map(({ uri, range }) => editor.show(uri, range)),
  );

describe('textDocument/definition', () => {
  test('leads from a use to every line that defines the name', async () => {
    expect(await locations(FIXTURE, 'textDocument/definition')).toEqual(['edge.cfg:1 CUSTOMER', 'edge.cfg:2 CUSTOMER']);
  });

  test('leads from a neighbour’s policy to the route-map', async () => {
    const fixture = FIXTURE.replace('$0', '').replace('route-map IN in', 'route-map I$0N in');
    expect(await locations(fixture, 'textDocument/definition')).toEqual(['edge.cfg:3 IN', 'edge.cfg:5 IN']);
  });

  test('has nothing where no name stands', async () => {
    const fixture = FIXTURE.replace('$0', '').replace('permit 203', 'per$0mit 203');
    expect(await locations(fixture, 'textDocument/definition')).toEqual([]);
  });
});

describe('textDocument/references', () => {
  test('finds the uses, and on request the definitions', async () => {
    const method = 'textDocument/references';
    expect(await locations(FIXTURE, method, { context: { includeDeclaration: false } })).toEqual([
      'edge.cfg:4 CUSTOMER',
    ]);
    expect(await locations(FIXTURE, method, { context: { includeDeclaration: true } })).toEqual([
      'edge.cfg:1 CUSTOMER',
      'edge.cfg:2 CUSTOMER',
      'edge.cfg:4 CUSTOMER',
    ]);
  });
});

test('textDocument/documentHighlight tells definitions from uses', async () => {
  const found = await withEditor(FIXTURE, (editor) =>
    editor.ask<DocumentHighlight[]>('textDocument/documentHighlight'),
  );
  expect(found.map(({ range, kind }) => [range.start.line + 1, kind])).toEqual([
    [1, 3],
    [2, 3],
    [4, 2],
  ]);
});
