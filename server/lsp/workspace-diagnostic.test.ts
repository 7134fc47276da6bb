import { expect, test } from 'vitest';
import type { WorkspaceDiagnosticReport } from 'vscode-languageserver';
import { TWO_ROUTERS, withEditor } from './fixtures/editor.ts';

const R1 =
  'hostname r1\ninterface eth1\n ip address 192.0.2.1/30\nexit\nrouter bgp 65001\n neighbor 192.0.2.2 remote-as 65002\nexit\n';
const LAB = `${TWO_ROUTERS}//- configs/r1.cfg\n${R1}$0`;
const R2 = 'file:///workspace/configs/r2.cfg';

interface Known {
  readonly uri: string;
  readonly value: string;
}

const known = ({ items }: WorkspaceDiagnosticReport): readonly Known[] =>
  items.flatMap(({ uri, resultId }) => (resultId === undefined ? [] : [{ uri, value: resultId }]));

const codes = ({ items }: WorkspaceDiagnosticReport, uri: string): readonly unknown[] =>
  items.flatMap((item) => (item.uri === uri && item.kind === 'full' ? item.items.map(({ code }) => code) : []));

test('files that are not open are reported once, and again when something about them is different', async () => {
  await withEditor(
    LAB,
    async ({ client, uri }) => {
      await client.request('aegis/labs', undefined);
      const poll = (previousResultIds: readonly Known[]) =>
        client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds });
      const first = await poll([]);
      expect(codes(first, R2)).toContain('ebgp-without-policy');
      expect(codes(first, R2)).not.toContain('bgp-session-mismatch');
      expect(first.items.map((item) => item.uri)).not.toContain(uri);

      let answered = false;
      const second = poll(known(first)).finally(() => {
        answered = true;
      });
      // Everything that the server has to say by now is said before it answers this.
      await client.request('aegis/labs', undefined);
      expect(answered).toBe(false);

      await client.replace(uri, R1.replace('router bgp 65001', 'router bgp 65009'));
      expect(codes(await second, R2)).toContain('bgp-session-mismatch');
    },
    { head: {} },
  );
});

test('a poll that waits is answered when the server is told to end', async () => {
  await withEditor(
    LAB,
    async ({ client }) => {
      await client.request('aegis/labs', undefined);
      const first = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
      const poll = client.request('workspace/diagnostic', { previousResultIds: known(first) });
      await client.request('shutdown', undefined);
      expect(await poll).toEqual({ items: [] });
    },
    { head: {} },
  );
});
