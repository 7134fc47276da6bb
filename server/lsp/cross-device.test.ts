import { expect, test } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver';
import { check, places } from './fixtures/check.ts';
import { withEditor } from './fixtures/editor.ts';

const LAB = `
//- lab.clab.yml
name: two
topology:
  nodes:
    r1: { kind: linux, image: "frrouting/frr:10", startup-config: r1.cfg }
    r2: { kind: arista_ceos, startup-config: r2.cfg }
  links:
    - endpoints: ["r1:eth1", "r2:eth1"]
`;

test('a neighbour’s address leads to the peer’s interface', () =>
  check(
    places('textDocument/definition'),
    `${LAB}//- r1.cfg
hostname r1
interface eth1
 ip address 192.0.2.1/30
exit
router bgp 65001
 neighbor 192.0.$02.2 remote-as 65002
//- r2.cfg
hostname r2
interface Ethernet1
   no switchport
   ip address 192.0.2.2/30
              ^^^^^^^^^^^^
router bgp 65002
   neighbor 192.0.2.1 remote-as 65001
`,
  ));

test('an interface leads to the other end of its link', () =>
  check(
    places('textDocument/definition'),
    `${LAB}//- r1.cfg
hostname r1
interface et$0h1
 ip address 192.0.2.1/30
//- r2.cfg
hostname r2
interface Ethernet1
^^^^^^^^^^^^^^^^^^^
   no switchport
`,
  ));

const BOTH = `${LAB}//- r1.cfg
hostname r1
interface eth1
 ip address 192.0.2.1/30
exit
router bgp 65001
 neighbor 192.0.2.2 remote-as 65002
          ^^^^^^^^^
//- r2.cfg
hostname r2
interface Ethernet1
   no switchport
   ip address 192.0.2$0.2/30
              ^^^^^^^^^
ip route 198.51.100.0/24 192.0.2.20
`;

test('the uses of an address are in every device of the lab', () =>
  check(places('textDocument/references', { context: { includeDeclaration: true } }), BOTH));

test('a new address is written into every device that names the old one', () =>
  withEditor(BOTH, async (editor) => {
    const renamed = await editor.ask<WorkspaceEdit>('textDocument/rename', { newName: '192.0.2.3' });
    const edits = Object.entries(renamed.changes ?? {}).map(([uri, list]) => [
      editor.show(uri, list[0]!.range),
      list.map(({ newText }) => newText),
    ]);
    expect(edits).toEqual([
      ['r1.cfg:6 192.0.2.2', ['192.0.2.3']],
      ['r2.cfg:4 192.0.2.2', ['192.0.2.3']],
    ]);
  }));

test.each([
  ['192.0.2.1', 'r1 eth1 has the address 192.0.2.1 already.'],
  ['2001:db8::1', '"2001:db8::1" is not an address of the same kind as 192.0.2.2.'],
  ['eth7', '"eth7" is not an address of the same kind as 192.0.2.2.'],
])('the address cannot become %s', (newName, message) =>
  withEditor(BOTH, (editor) => expect(editor.ask('textDocument/rename', { newName })).rejects.toThrow(message)),
);
