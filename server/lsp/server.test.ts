import { describe, expect, test } from 'vitest';
import type { DialectResult, LabsResult, StateDiffResult, VerdictEvent } from '../protocol.ts';
import { TWO_ROUTERS, withEditor } from './fixtures/editor.ts';

const R1 = `
hostname r1
interface eth1
 ip address 192.0.2.1/30
exit
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 192.0.2.2 remote-as 65002
exit
$0`;
const LAB = `${TWO_ROUTERS}//- configs/r1.cfg${R1}`;
const LAB_ID = 'file:///workspace/lab.clab.yml';

describe('in a workspace that is not trusted', () => {
  const untrusted = { trusted: false } as const;

  test('the guards check what is open', async () => {
    await withEditor(
      LAB,
      async ({ client, uri }) => {
        const codes = (await client.diagnostics(uri)).map(({ code }) => code);
        expect(codes).toContain('ebgp-without-policy');
      },
      { ...untrusted, host: (host) => ({ ...host, git: async () => Promise.reject(new Error('git was started')) }) },
    );
  });

  test.each([
    ['aegis/preflight', { lab: LAB_ID, token: 'x' }],
    ['aegis/stateDiff', { lab: LAB_ID }],
    ['aegis/evidence', undefined],
    ['aegis/exportEvidence', { folder: '/workspace/evidence/x', destination: '/tmp/x' }],
    ['aegis/verifyEvidence', { folder: '/workspace/evidence/x' }],
  ])('%s answers with one clear sentence', async (method, params) => {
    await withEditor(
      LAB,
      async ({ client }) => {
        await expect(client.request(method, params)).rejects.toThrow('The workspace is not trusted');
      },
      untrusted,
    );
  });

  test('a save starts nothing', async () => {
    await withEditor(
      LAB,
      async ({ client, uri }) => {
        await client.save(uri);
        await client.until('aegis/labsChanged');
        expect(client.heard('aegis/verdict')).toEqual([]);
      },
      {
        ...untrusted,
        host: (host) => ({
          ...host,
          startEngine: () => {
            throw new Error('the engine was started');
          },
        }),
      },
    );
  });
});

describe('labs', () => {
  test('are listed with their devices and what changed', async () => {
    const head = { 'configs/r1.cfg': 'hostname r1\n' };
    await withEditor(
      LAB,
      async ({ client }) => {
        const labs = await client.request<LabsResult>('aegis/labs', undefined);
        expect(labs).toEqual([
          {
            id: LAB_ID,
            name: 'two',
            uri: LAB_ID,
            format: 'containerlab',
            problems: [],
            devices: [
              {
                name: 'r1',
                dialect: 'frr',
                title: 'FRRouting',
                uri: 'file:///workspace/configs/r1.cfg',
                changed: true,
              },
              {
                name: 'r2',
                dialect: 'frr',
                title: 'FRRouting',
                uri: 'file:///workspace/configs/r2.cfg',
                changed: false,
              },
            ],
          },
        ]);
      },
      { head },
    );
  });

  test('a Batfish folder is one, a sample change is none', async () => {
    const fixture = `
//- net/configs/r1.cfg aegis-ios
hostname r1
//- ${'lab/lab.clab.yml'}
name: lab
topology:
  nodes:
    r1: { kind: linux, image: "frrouting/frr:10", startup-config: r1.cfg }
//- lab/r1.cfg
hostname r1
//- lab/changes/one/change.yml
title: one
//- lab/changes/one/configs/r1.cfg
hostname r1
`;
    await withEditor(fixture, async ({ client }) => {
      const labs = await client.request<LabsResult>('aegis/labs', undefined);
      expect(labs.map(({ name, format }) => [name, format])).toEqual([
        ['lab', 'containerlab'],
        ['net', 'batfish'],
      ]);
    });
  });

  test('an unknown lab is answered with a sentence', async () => {
    await withEditor(LAB, async ({ client }) => {
      await expect(client.request('aegis/stateDiff', { lab: 'file:///workspace/none.clab.yml' })).rejects.toThrow(
        'There is no lab',
      );
    });
  });
});

describe('the dialect of a file', () => {
  const dialectOf = async (path: string, text: string, settings?: unknown) =>
    withEditor(
      LAB,
      async ({ client, uriOf }) =>
        (await client.request<DialectResult>('aegis/dialect', { uri: uriOf(path), text })).dialect,
      { settings },
    );

  test('is what the content looks like, unless the lab knows better, unless a setting does', async () => {
    expect(await dialectOf('other.cfg', 'version 15.9\nhostname x\nip cef\nline vty 0 4\n')).toBe('ios');
    expect(await dialectOf('configs/r1.cfg', 'hostname r1\n')).toBe('frr');
    expect(await dialectOf('configs/r1.cfg', 'hostname r1\n', { dialects: { 'configs/*.cfg': 'eos' } })).toBe('eos');
    expect(await dialectOf('lab.clab.yml', 'name: x\n')).toBe('unknown');
  });
});

describe('unsaved text', () => {
  test('counts in the state difference, and in no other file', async () => {
    await withEditor(LAB, async ({ client, uri }) => {
      const before = await client.request<StateDiffResult>('aegis/stateDiff', { lab: LAB_ID });
      expect(before.devices).toEqual([]);
      await client.edit(
        uri,
        { start: { line: 7, character: 0 }, end: { line: 7, character: 0 } },
        'ip route 198.51.100.0/24 Null0\n',
      );
      const diff = await client.request<StateDiffResult>('aegis/stateDiff', { lab: LAB_ID });
      expect(diff.devices).toMatchObject([{ device: 'r1', uri, routesAdded: 1, routesRemoved: 0 }]);
      expect(diff.lines).toMatchObject([{ uri, text: '+1 route', range: { start: { line: 7 } } }]);
      const own = diff.documents.find(({ device }) => device === 'r1')!;
      const after = await client.request<string>('aegis/ribDocument', { uri: own.after });
      expect(after).toContain('198.51.100.0/24');
      expect(await client.request<string>('aegis/ribDocument', { uri: own.before })).not.toContain('198.51.100.0/24');
    });
  });
});

describe('a save', () => {
  const breakSession = { start: { line: 6, character: 0 }, end: { line: 7, character: 0 } };

  test('warns at the changed line when the change would be blocked, until the lab is edited again', async () => {
    await withEditor(LAB, async ({ client, uri }) => {
      await client.edit(uri, breakSession, ' neighbor 192.0.2.2 remote-as 65009\n');
      await client.save(uri);
      const verdict = await client.until<VerdictEvent>('aegis/verdict');
      expect(verdict).toMatchObject({ lab: LAB_ID, verdict: 'blocked', source: 'save' });
      const saved = (await client.diagnostics(uri)).filter(({ code }) => code === 'preflight');
      expect(saved[0]).toMatchObject({
        severity: 2,
        message: expect.stringMatching(/^The change would be blocked: .*session/),
      });
      expect(saved[0]?.range.start.line).toBe(6);
      await client.edit(uri, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, '!\n');
      expect((await client.diagnostics(uri)).filter(({ code }) => code === 'preflight')).toEqual([]);
    });
  });

  test('tells nothing when the setting turns it off', async () => {
    await withEditor(
      LAB,
      async ({ client, uri }) => {
        await client.edit(uri, breakSession, ' neighbor 192.0.2.2 remote-as 65009\n');
        await client.save(uri);
        await client.until('aegis/labsChanged');
        expect(client.heard('aegis/verdict')).toEqual([]);
      },
      { settings: { preflightOnSave: false } },
    );
  });
});

test('a disk that fails leaves the checks of the open file, and is named', async () => {
  await withEditor(
    LAB,
    async ({ client, uri }) => {
      expect((await client.diagnostics(uri)).map(({ code }) => code)).toContain('ebgp-without-policy');
      const [lab] = await client.request<LabsResult>('aegis/labs', undefined);
      expect(lab).toMatchObject({ devices: [], problems: [expect.stringContaining('the disk is gone')] });
    },
    {
      host: (host) => ({
        ...host,
        reader: { ...host.reader, stat: () => Promise.reject(new Error('the disk is gone')) },
      }),
    },
  );
});

test('a handler that fails answers empty, says why in the log, and the server goes on', async () => {
  await withEditor(LAB, async ({ client, uri }) => {
    expect(await client.request('textDocument/hover', { textDocument: { uri } })).toBeNull();
    expect(await client.request('textDocument/completion', { textDocument: { uri } })).toEqual([]);
    const logged = client.heard<{ message: string }>('window/logMessage').map(({ message }) => message);
    expect(logged).toEqual([
      expect.stringMatching(/^textDocument\/hover: TypeError/),
      expect.stringMatching(/^textDocument\/completion: TypeError/),
    ]);
    expect((await client.diagnostics(uri)).length).toBeGreaterThan(0);
  });
});
