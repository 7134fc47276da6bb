import { expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver';
import { TWO_ROUTERS, withEditor } from './fixtures/editor.ts';

const text = (hover: Hover | null): string => (hover?.contents as { readonly value: string } | undefined)?.value ?? '';

async function check(fixture: string, ...expected: readonly string[]): Promise<void> {
  await withEditor(fixture, async (editor) => {
    const shown = text(await editor.ask<Hover | null>('textDocument/hover'));
    for (const part of expected) expect(shown).toContain(part);
    if (expected.length === 0) expect(shown).toBe('');
  });
}

test('a finding shows its rule: why it exists, and what to do', () =>
  check(
    `
//- edge.cfg aegis-frr
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 192.0.2.2 remote-as 65$0002
`,
    'External BGP neighbour without a policy',
    '**What to do:**',
    'RFC 8212',
  ));

test('a command shows its pattern and its documentation', () =>
  check(
    `
//- edge.cfg aegis-ios
interface GigabitEthernet0/1
 shut$0down
`,
    '```\nshutdown\n```',
  ));

test('the negative form says so', () =>
  check(
    `
//- edge.cfg aegis-ios
interface GigabitEthernet0/1
 no shut$0down
`,
    'no shutdown',
    'Undoes:',
  ));

test('a name shows the lines that define it', () =>
  check(
    `
//- edge.cfg aegis-frr
ip prefix-list CUSTOMER seq 5 permit 203.0.113.0/24
route-map IN permit 10
 match ip address prefix-list CUST$0OMER
`,
    '**prefix-list `CUSTOMER`**',
    'ip prefix-list CUSTOMER seq 5 permit 203.0.113.0/24',
  ));

test('a name that nothing defines says so', () =>
  check(
    `
//- edge.cfg aegis-frr
route-map IN permit 10
 match ip address prefix-list CUST$0OMER
`,
    'is not defined in this configuration',
  ));

test('a line that is not modelled says so', () => check('\n//- edge.cfg aegis-frr\nfrob$0nicate\n', 'not modelled'));

test('a blank line has nothing to say', () => check('\n//- edge.cfg aegis-frr\nhostname edge\n$0\n'));

test('a neighbour shows what the twin last knew of its session', () =>
  withEditor(
    `${TWO_ROUTERS}//- configs/r1.cfg
hostname r1
interface eth1
 ip address 192.0.2.1/30
exit
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 192.0.$02.2 remote-as 65002
`,
    async (editor) => {
      const { client, uri } = editor;
      const shown = await client.eventually(
        async () => {
          // Hints begin the simulation; a hover only tells what is known.
          await client.request('textDocument/inlayHint', {
            textDocument: { uri },
            range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
          });
          return text(await editor.ask<Hover | null>('textDocument/hover'));
        },
        (value) => value.includes('Session with'),
      );
      expect(shown).toContain('**Session with `192.0.2.2`** (r2, AS 65002): up; 0 routes learned, 0 in use.');
    },
  ));
