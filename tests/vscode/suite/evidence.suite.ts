import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { PreflightResult } from '../../../server/protocol.ts';
import { eventually } from './eventually.ts';
import { applyChange, configUri, labName, openConfig, replaceLine, restoreLab } from './lab.ts';

interface Compared {
  readonly before: { readonly runId: string };
  readonly after: { readonly runId: string };
}

const run = async <T>(command: string, argument?: unknown): Promise<T> =>
  await vscode.commands.executeCommand<T>(command, argument);

describe('two runs', () => {
  afterEach(restoreLab);

  it('are compared as texts, the older one first, whichever is named first', async () => {
    await applyChange('description-only');
    const good = await run<PreflightResult>('aegis.preflight', { lab: labName, intent: 'Describe' });
    await applyChange('wrong-remote-as');
    const bad = await run<PreflightResult>('aegis.preflight', { lab: labName, intent: 'Mistyped' });
    const folders = [bad.evidenceFolder, good.evidenceFolder];
    const { before, after } = await run<Compared>('aegis.compareRuns', { folders });
    assert.deepEqual([before.runId, after.runId], [good.runId, bad.runId]);
    const tab = await eventually('the diff editor', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff && input.modified.scheme === 'aegis-run' ? input : undefined;
    });
    const text = async (uri: vscode.Uri): Promise<string> => (await vscode.workspace.openTextDocument(uri)).getText();
    assert.match(await text(tab.original), /^# Verdict\nship_ready\n/);
    assert.match(await text(tab.modified), /^# Verdict\nblocked\n[\s\S]*BGP session with 192\.0\.2\.17 lost/);
  });

  it('are not compared with what is no evidence', async () => {
    await assert.rejects(run('aegis.compareRuns', { folders: ['/nowhere'] }), /not among the readable evidence/);
  });
});

describe('the baseline in the gutter', () => {
  const settings = () => vscode.workspace.getConfiguration('aegis');
  afterEach(async () => {
    await settings().update('gutterBaseline', undefined, vscode.ConfigurationTarget.Workspace);
    await restoreLab();
  });

  it('is the configuration in the git reference, whatever is typed', async () => {
    const file = configUri('pe1');
    const committed = await readFile(file.fsPath, 'utf8');
    const editor = await openConfig('pe1');
    await settings().update('gutterBaseline', 'git', vscode.ConfigurationTarget.Workspace);
    await replaceLine(editor, 'neighbor 192.0.2.17 remote-as', ' neighbor 192.0.2.17 remote-as 64510');
    const original = vscode.Uri.from({ scheme: 'aegis-baseline', path: file.path, query: file.toString() });
    const document = await vscode.workspace.openTextDocument(original);
    await eventually('the baseline', () => document.getText() === committed);
  });
});
