import { expect, test } from 'vitest';
import type { CodeLens } from 'vscode-languageserver';
import { SHOW_STATE_DIFF_COMMAND } from '../protocol.ts';
import { lostAndGained } from './code-lens.ts';
import { TWO_ROUTERS, withEditor } from './fixtures/editor.ts';

const R1 = `hostname r1
interface eth1
 ip address 192.0.2.1/30
exit
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 192.0.2.2 remote-as 65002
exit
`;
const FIXTURE = `${TWO_ROUTERS}//- configs/r1.cfg\n${R1.replace('65002', '65009').replace('hostname', '$0hostname')}`;

test('each changed stanza has a lens, which says what is lost and gained when it is shown', () =>
  withEditor(
    FIXTURE,
    async ({ client, uri, uriOf }) => {
      await client.request('aegis/labs', undefined);
      const [lens, ...others] = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
      expect(others).toEqual([]);
      expect(lens?.range.start.line).toBe(4);
      expect(lens?.command).toBeUndefined();
      const { command } = await client.request<CodeLens>('codeLens/resolve', lens);
      expect(command).toEqual({
        // Both ends lose it.
        title: 'Preflight: 2 sessions lost, show diff',
        command: SHOW_STATE_DIFF_COMMAND,
        arguments: [{ lab: uriOf('lab.clab.yml'), device: 'r1' }],
      });
    },
    { head: { 'configs/r1.cfg': R1 }, commands: [SHOW_STATE_DIFF_COMMAND] },
  ));

test('without a change, or in an untrusted workspace, there is none', async () => {
  const lenses = ({
    client,
    uri,
  }: {
    client: { request<T>(method: string, params: unknown): Promise<T> };
    uri: string;
  }) => client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
  const same = FIXTURE.replace('65009', '65002');
  expect(await withEditor(same, lenses, { head: { 'configs/r1.cfg': R1 } })).toEqual([]);
  expect(await withEditor(FIXTURE, lenses, { trusted: false, head: { 'configs/r1.cfg': R1 } })).toEqual([]);
});

test('counts are told as a person would say them', () => {
  const none = {
    routesAdded: 0,
    routesRemoved: 0,
    routesChanged: 0,
    sessionsLost: 0,
    sessionsAdded: 0,
    devicesAffected: 0,
  };
  expect(lostAndGained({ ...none, routesRemoved: 2, routesAdded: 1 })).toBe('2 routes lost, 1 gained');
  expect(lostAndGained({ ...none, routesAdded: 1, sessionsLost: 1 })).toBe('1 route gained, 1 session lost');
  expect(lostAndGained(none)).toBe('no route or session changes');
});
