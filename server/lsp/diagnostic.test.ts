import { describe, expect, test } from 'vitest';
import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver';
import { shownDiagnostic, TWO_ROUTERS, withEditor } from './fixtures/editor.ts';

const R1 = `
hostname r1
interface eth1
 ip address 192.0.2.1/30
exit
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 192.0.2.2 remote-as 65002
exit
`;

describe('findings of the open file', () => {
  test('stand at the text that they are about', async () => {
    const fixture = `
//- edge.cfg aegis-frr
hostname edge
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 192.0.2.2 remote-as 65002
                              ^^^^^ sends every route to AS 65002
                              ^^^^^ no limit on the IPv4 prefixes
`;
    await withEditor(fixture, async (editor) => {
      const found = await editor.client.diagnostics(editor.uri);
      expect(found.map(shownDiagnostic)).toEqual(editor.markers.map((marker) => expect.stringContaining(marker)));
      expect(found[0]).toMatchObject({ severity: 1, code: 'ebgp-without-policy', source: 'AEGIS' });
      expect(found[0]?.codeDescription).toBeUndefined();
    });
  });

  test('follow each edit, and say when nothing is different', async () => {
    await withEditor(`\n//- edge.cfg aegis-frr\nhostname edge\n`, async (editor) => {
      const { client, uri } = editor;
      const first = await client.report(uri);
      expect(first).toMatchObject({ kind: 'full', items: [] });
      expect(await client.report(uri, first.resultId)).toMatchObject({ kind: 'unchanged' });
      const end = { line: 1, character: 0 };
      await client.edit(uri, { start: end, end }, 'route-map A permit 10\n match ip address prefix-list NONE\n');
      const second = await client.report(uri, first.resultId);
      expect(second).toMatchObject({ kind: 'full', items: [expect.objectContaining({ code: 'undefined-policy' })] });
      await client.edit(uri, { start: end, end: { line: 3, character: 0 } }, '');
      expect(await client.diagnostics(uri)).toEqual([]);
    });
  });

  test('text that hides something is refused at its place', async () => {
    await withEditor(`\n//- edge.cfg aegis-frr\nhostname ed\u200bge\n`, async ({ client, uri }) => {
      const hidden = (await client.diagnostics(uri)).find(({ code }) => code === 'zero-width-character');
      expect(hidden).toMatchObject({
        severity: 1,
        range: { start: { line: 0, character: 11 }, end: { line: 0, character: 12 } },
      });
    });
  });

  test('files that are no configuration are left alone', async () => {
    await withEditor(
      `\n//- notes.md\nrouter bgp 65001\n neighbor 192.0.2.2 remote-as 65002\n`,
      async ({ client, uri }) => {
        expect(await client.diagnostics(uri)).toEqual([]);
      },
    );
  });
});

describe('in a lab', () => {
  test('a finding about two devices leads to the other one', async () => {
    const fixture = `${TWO_ROUTERS}//- configs/r1.cfg${R1.replace('remote-as 65002', 'remote-as 650$003')}`;
    await withEditor(fixture, async (editor) => {
      const found = await editor.client.diagnostics(editor.uri);
      const mismatch = found.find(({ code }) => code === 'bgp-session-mismatch');
      expect(mismatch?.message).toContain('65003');
      const related = mismatch?.relatedInformation?.map(({ location }) => editor.show(location.uri, location.range));
      expect(related?.every((place) => place.startsWith('configs/r2.cfg'))).toBe(true);
      expect(related?.length).toBeGreaterThan(0);
    });
  });

  test('what the change causes is told from what was there', async () => {
    const was = R1.replace(/(remote-as 65002)/, '$1\n neighbor 192.0.2.2 route-map OUT out');
    const policy = 'route-map OUT permit 10\n';
    const head = { 'configs/r1.cfg': `${was}${policy}` };
    const fixture = `${TWO_ROUTERS}//- configs/r1.cfg${R1}${policy}$0`;
    await withEditor(
      fixture,
      async ({ client, uri }) => {
        const all = await client.eventually(
          () => client.diagnostics(uri),
          (items) => items.some(({ code }) => code === 'policy-removed'),
        );
        expect(all.find(({ code }) => code === 'policy-removed')?.severity).toBe(1);
      },
      { head },
    );
  });

  test('a topology shows what is wrong with it', async () => {
    const fixture = `
//- lab.clab.yml
name: broken
topology:
  nodes:
    r1:
      kind: linux
      startup-config: /etc/passwd
$0`;
    await withEditor(fixture, async ({ client, uri }) => {
      const found = await client.diagnostics(uri);
      expect(found.map(({ range, message }) => [range.start.line, message])).toEqual([
        [5, expect.stringContaining('/etc/passwd')],
      ]);
    });
  });
});

describe('lines that are not modelled', () => {
  const FIXTURE = `
//- edge.cfg aegis-frr
hostname edge
frobnicate the routes
frobnicate them again
ip route 192.0.2.0/24 Null0
frobnicate more
$0`;
  const unmodelled = (items: readonly Diagnostic[]) => items.filter(({ code }) => code === 'not-modelled');

  test('are hints, one per run', async () => {
    await withEditor(FIXTURE, async ({ client, uri }) => {
      const found = unmodelled(await client.diagnostics(uri));
      expect(found.map(({ severity, range }) => [severity, range.start.line])).toEqual([
        [4, 1],
        [4, 4],
      ]);
    });
  });

  test('a setting turns them off', async () => {
    const ask = ({
      client,
      uri,
    }: {
      client: { diagnostics(uri: string): Promise<readonly Diagnostic[]> };
      uri: string;
    }) => client.diagnostics(uri);
    await withEditor(FIXTURE, async (editor) => {
      expect(unmodelled(await ask(editor))).toHaveLength(2);
      await editor.client.configure({ unmodelledLines: false });
      const left = await editor.client.eventually(
        () => ask(editor),
        (items) => unmodelled(items).length === 0,
      );
      expect(left).toEqual([]);
    });
  });
});

test('a document that is not open answers empty', async () => {
  await withEditor(`\n//- edge.cfg aegis-frr\nhostname edge\n`, async ({ client, uriOf }) => {
    expect(await client.report(uriOf('other.cfg'))).toEqual({
      kind: 'full',
      items: [],
    } satisfies DocumentDiagnosticReport);
  });
});
