import { expect, test } from 'vitest';
import type { InlayHint } from 'vscode-languageserver';
import { check, point, type Said } from './fixtures/check.ts';
import { type Editor, TWO_ROUTERS, withEditor } from './fixtures/editor.ts';

const WHOLE = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };

const textOf = ({ label }: InlayHint): string =>
  typeof label === 'string' ? label : label.map(({ value }) => value).join('');

const ask = ({ client, uri }: Editor): Promise<InlayHint[]> =>
  client.request('textDocument/inlayHint', { textDocument: { uri }, range: WHOLE });

const hints = async (editor: Editor): Promise<readonly Said[]> =>
  (await ask(editor)).map((hint) => ({ uri: editor.uri, range: point(hint.position), message: textOf(hint) }));

test('a neighbour line says who is at the other end', () =>
  check(
    hints,
    `${TWO_ROUTERS}//- configs/r1.cfg aegis-frr
hostname r1
interface eth1
 ip address 192.0.2.1/30
exit
router bgp $065001
 neighbor 192.0.2.2 remote-as 65002
                                   ^ r2 AS 65002
 neighbor 192.0.2.9 remote-as 65009
`,
    { trusted: false },
  ));

const R1 = `hostname r1
interface eth1
 ip address 192.0.2.1/30
exit
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 192.0.2.2 remote-as 65002
 address-family ipv4 unicast
  network 192.0.2.0/30
 exit-address-family
exit
`;

test('a changed line says what the change does to routes and sessions, with the table behind it', () =>
  withEditor(
    `${TWO_ROUTERS}//- configs/r1.cfg\n${R1.replace('hostname', '$0hostname')}`,
    async (editor) => {
      const { client, uri } = editor;
      await client.request('aegis/labs', undefined);
      const start = { line: 4, character: 0 };
      await client.edit(uri, { start, end: start }, 'ip route 203.0.113.0/24 blackhole\n');
      // The first question begins the simulation; the server says when there is more to tell.
      const found = await client.eventually(
        () => ask(editor),
        (list) => list.some((hint) => textOf(hint) === '+1 route'),
      );
      const [change] = found.filter((hint) => textOf(hint) === '+1 route');
      expect(change?.position).toEqual({ line: 4, character: 33 });
      expect((change!.tooltip as { value: string }).value).toContain('r1: route 203.0.113.0/24 added');
      expect((change!.tooltip as { value: string }).value).toContain('by re-running without these lines');
    },
    { head: { 'configs/r1.cfg': R1 } },
  ));
