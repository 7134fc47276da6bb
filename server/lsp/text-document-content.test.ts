import { expect, test } from 'vitest';
import type { TextDocumentContentResult } from 'vscode-languageserver';
import { TWO_ROUTERS, withEditor } from './fixtures/editor.ts';

const FIXTURE = `${TWO_ROUTERS}//- configs/r1.cfg
hostname $0r1
interface eth1
 ip address 192.0.2.1/30
exit
ip route 203.0.113.0/24 192.0.2.2
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 192.0.2.2 remote-as 65002
`;

const text = (uri: string, trusted = true): Promise<string> =>
  withEditor(
    FIXTURE,
    async ({ client }) =>
      (await client.request<TextDocumentContentResult>('workspace/textDocumentContent', { uri })).text,
    { trusted },
  );

test('the routes of a device', async () => {
  expect(await text('aegis-rib:/two/r1/rib')).toMatch(/^203\.0\.113\.0\/24 +static \[1\/0\] 192\.0\.2\.2/m);
});

test('the forwarding table, with next hops followed to the interface', async () => {
  expect(await text('aegis-rib:/two/r1/fib')).toMatch(/^203\.0\.113\.0\/24 +eth1 to 192\.0\.2\.2$/m);
});

test('the sessions of a device', async () => {
  expect(await text('aegis-rib:/two/r1/sessions')).toMatch(/^192\.0\.2\.2 .*AS 65002 \(r2\): established/m);
});

test('what is not there says so', async () => {
  expect(await text('aegis-rib:/two/r9/rib')).toBe('There is no device r9 in two.\n');
  expect(await text('aegis-rib:/nowhere/r1/rib')).toMatch(/^There is no such state/);
  expect(await text('aegis-rib:/two/r1/rib', false)).toMatch(/^The workspace is not trusted/);
});
