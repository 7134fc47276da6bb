import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readReportFonts, sealPackage } from '../../core/evidence/files.ts';
import { SMALL, sampleRun, testKey } from '../../core/evidence/fixtures/sample-run.ts';
import { configPath } from '../../core/evidence/package/layout.ts';
import { allowedSignerLine } from '../../core/evidence/seal/allowed-signers.ts';
import type { BaselineDocumentResult } from '../protocol.ts';
import { TWO_ROUTERS, withEditor } from './fixtures/editor.ts';

const ask = (source: 'git' | 'evidence', uri: string, trust?: string) => ({
  uri,
  source,
  ...(trust !== undefined && { trust }),
});

describe('the baseline of git', () => {
  const fixture = `${TWO_ROUTERS}//- configs/r1.cfg aegis-frr\nhostname r1\n! new$0\n`;
  const head = { 'configs/r1.cfg': 'hostname r1\n' };

  test('is the text in the reference, whatever the editor shows', async () => {
    await withEditor(
      fixture,
      async ({ client, uri }) => {
        const found = await client.request<BaselineDocumentResult>('aegis/baselineDocument', ask('git', uri));
        expect(found).toEqual({ text: 'hostname r1\n', title: 'git revision HEAD (c0ffee)' });
      },
      { head },
    );
  });

  test('is not read where the workspace is not trusted', async () => {
    await withEditor(
      fixture,
      async ({ client, uri }) => {
        await expect(client.request('aegis/baselineDocument', ask('git', uri))).rejects.toThrow(/not trusted/);
      },
      { head, trusted: false },
    );
  });

  test('of a file that is no configuration of a lab is none', async () => {
    await withEditor(`${fixture}//- other.cfg aegis-frr\nhostname x\n`, async ({ client, uriOf }) => {
      expect(await client.request('aegis/baselineDocument', ask('git', uriOf('other.cfg')))).toBeNull();
    });
  });
});

describe('the baseline of the evidence', () => {
  const device = 'dc1-border1';
  const fixture = `
//- lab.clab.yml
name: dcn-10node
topology:
  nodes:
    ${device}:
      kind: linux
      image: frrouting/frr:10.2
      startup-config: configs/${device}.cfg
//- configs/${device}.cfg aegis-frr
hostname ${device}
$0`;
  let home: string;
  let trust: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'aegis-gutter-'));
    trust = join(home, 'allowed_signers');
    const { principal, algorithm, publicKeyBlob } = testKey();
    await writeFile(trust, `${allowedSignerLine(principal, 'preflight-evidence@v1', algorithm, publicKeyBlob)}\n`);
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  type Verdict = 'ship_ready' | 'needs_approval' | 'blocked';
  async function seal(runId: string, created: string, verdict: Verdict, key = testKey()) {
    const { bundle, inputs } = sampleRun({ ...SMALL, verdict, lines: verdict === 'ship_ready' ? 2 : 3 });
    const { folder } = await sealPackage({
      evidenceFolder: home,
      bundle: { ...bundle, runId, created },
      inputs,
      key,
      fonts: await readReportFonts(),
    });
    return { folder, after: new TextDecoder().decode(inputs.get(configPath.after(device))) };
  }
  const found = async (): Promise<BaselineDocumentResult> => {
    let answer: BaselineDocumentResult | undefined;
    await withEditor(
      fixture,
      async ({ client, uri }) => {
        answer = await client.request('aegis/baselineDocument', ask('evidence', uri, trust));
      },
      { settings: { evidenceFolder: home } },
    );
    return answer as BaselineDocumentResult;
  };

  test('is the configuration after the last change that was accepted', async () => {
    const { after } = await seal('run-1', '2026-01-01T00:00:00Z', 'ship_ready');
    await seal('run-2', '2026-01-02T00:00:00Z', 'blocked');
    await seal('run-3', '2026-01-03T00:00:00Z', 'needs_approval');
    expect(await found()).toEqual({ text: after, title: 'run run-1' });
  });

  test('is none while nothing was accepted', async () => {
    await seal('run-1', '2026-01-01T00:00:00Z', 'needs_approval');
    expect(await found()).toBeNull();
  });

  test('is never one that another key sealed, nor one that was altered', async () => {
    await seal('run-1', '2026-01-01T00:00:00Z', 'ship_ready', testKey(9));
    const { folder } = await seal('run-2', '2026-01-02T00:00:00Z', 'ship_ready');
    await appendFile(join(folder, configPath.after(device)), '! one more line\n');
    expect(await found()).toBeNull();
  });
});
