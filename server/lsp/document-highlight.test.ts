import { test } from 'vitest';
import type { DocumentHighlight } from 'vscode-languageserver';
import { check, type Said } from './fixtures/check.ts';
import type { Editor } from './fixtures/editor.ts';

const highlights = async (editor: Editor): Promise<readonly Said[]> =>
  (await editor.ask<DocumentHighlight[]>('textDocument/documentHighlight')).map(({ range, kind }) => ({
    uri: editor.uri,
    range,
    message: { 1: 'text', 2: 'read', 3: 'write' }[kind ?? 1],
  }));

test('an address stands out wherever the device names it, however long its prefix', () =>
  check(
    highlights,
    `
//- edge.cfg aegis-frr
interface eth1
 ip address 192.0.2.1/30
            ^^^^^^^^^ write
exit
ip route 198.51.100.0/24 192.0.$02.1
                         ^^^^^^^^^ read
ip route 203.0.113.0/24 192.0.2.10
router bgp 65001
 neighbor eth1 interface remote-as external
 bgp router-id 192.0.2.1
               ^^^^^^^^^ read
`,
  ));

test('a neighbour stands out on every line about it', () =>
  check(
    highlights,
    `
//- edge.cfg aegis-ios
router bgp 65001
 neighbor 2001:DB8::2 remote-as 65002
          ^^^^^^^^^^^ read
 neighbor 2001:DB8::3 remote-as 65003
 address-family ipv6
  neighbor 2001:db8:$0:2 activate
           ^^^^^^^^^^^ read
`,
  ));
