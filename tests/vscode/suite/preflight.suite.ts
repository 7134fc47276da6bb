import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type {
  ExportEvidenceResult,
  PreflightResult,
  StateDiffResult,
  VerifyEvidenceResult,
} from '../../../server/protocol.ts';
import { eventually } from './eventually.ts';
import {
  applyChange,
  codeOf,
  configUri,
  evidenceFolders,
  flipOneCharacter,
  labName,
  openConfig,
  replaceLine,
  restoreLab,
} from './lab.ts';

const run = async <T>(command: string, argument?: unknown): Promise<T> =>
  await vscode.commands.executeCommand<T>(command, argument);
const preflight = async (intent = ''): Promise<PreflightResult> =>
  await run('aegis.preflight', { lab: labName, intent });

describe('preflight', () => {
  let elsewhere: string;
  before(async () => {
    elsewhere = await mkdtemp(join(tmpdir(), 'aegis-export-'));
  });
  after(() => rm(elsewhere, { recursive: true, force: true }));
  afterEach(restoreLab);

  it('blocks a change that loses a session, and says where', async () => {
    await applyChange('wrong-remote-as');
    const result = await preflight('Configure the session from pe1 to ce1 again as it was.');
    assert.equal(result.verdict, 'blocked');
    assert.ok(result.counts.sessionsLost > 0, JSON.stringify(result.counts));
    const places = result.reasons.map(({ uri }) => uri ?? '');
    assert.ok(
      places.some((uri) => uri.endsWith('/pe1.cfg')),
      `reasons: ${JSON.stringify(result.reasons)}`,
    );
  });

  it('lets a good change pass, includes what is not saved yet, and seals the evidence', async () => {
    await applyChange('add-customer-prefix');
    const editor = await openConfig('pe1');
    await replaceLine(editor, 'description Router-id and iBGP source', ' description Router-id, loopback of pe1');
    assert.ok(editor.document.isDirty);
    const earlier = await evidenceFolders();
    const result = await preflight('Announce 198.51.100.128/26 from ce1 and accept it on both provider edges.');
    assert.equal(result.verdict, 'ship_ready', JSON.stringify(result.reasons));
    assert.ok(result.counts.routesAdded > 0, JSON.stringify(result.counts));
    const added = (await evidenceFolders()).filter((folder) => !earlier.includes(folder));
    assert.equal(added.length, 1);
    const files = await readdir(result.evidenceFolder);
    for (const file of ['bundle.json', 'SHA256SUMS', 'SHA256SUMS.sig', 'report.pdf'])
      assert.ok(files.includes(file), `${file} is not among ${files.join(', ')}`);
  });

  it('shows the state before and after as documents', async () => {
    await applyChange('add-customer-prefix');
    const result = await run<StateDiffResult>('aegis.showStateDiff', { lab: labName, device: 'pe2' });
    const { before: left, after: right } = result.documents.find(({ device }) => device === 'pe2') ?? {};
    assert.ok(left !== undefined && right !== undefined, 'pe2 has no documents');
    const text = async (uri: string): Promise<string> =>
      (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).getText();
    assert.ok(!(await text(left)).includes('198.51.100.128/26'));
    assert.ok((await text(right)).includes('198.51.100.128/26'));
    const tab = await eventually('the diff editor', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff ? input : undefined;
    });
    assert.equal(tab.modified.scheme, 'aegis-rib');
    assert.ok(result.lines.length > 0, 'no changed line has counts');
    assert.equal(result.devices.find(({ device }) => device === 'pe2')?.routesAdded, 1);
  });

  it('exports a package that verifies, and sees when it was changed', async () => {
    await applyChange('description-only');
    const { evidenceFolder } = await preflight();
    const exported = await run<ExportEvidenceResult>('aegis.exportEvidence', {
      folder: evidenceFolder,
      destination: elsewhere,
    });
    assert.ok(exported.folder.startsWith(elsewhere), exported.folder);
    assert.ok(exported.report.endsWith('report.pdf'), exported.report);
    const good = await run<VerifyEvidenceResult>('aegis.verifyEvidence', { folder: exported.folder });
    assert.ok(good.ok, JSON.stringify(good.checks));
    await flipOneCharacter(join(exported.folder, 'bundle.json'));
    const changed = await run<VerifyEvidenceResult>('aegis.verifyEvidence', { folder: exported.folder });
    assert.equal(changed.ok, false);
    assert.ok(
      changed.checks.some(({ ok, detail }) => !ok && detail.includes('bundle.json')),
      JSON.stringify(changed),
    );
  });

  it('refuses in one sentence what it cannot do', async () => {
    await assert.rejects(run('aegis.preflight', { lab: 'no-such-lab', intent: '' }), /There is no lab no-such-lab/);
  });

  it('warns at the changed line when a saved change would be blocked', async () => {
    const editor = await openConfig('pe1');
    const line = await replaceLine(editor, 'neighbor 192.0.2.17 remote-as', ' neighbor 192.0.2.17 remote-as 64510');
    assert.ok(await editor.document.save());
    const warning = await eventually('the warning of the check on save', () =>
      vscode.languages.getDiagnostics(configUri('pe1')).find((one) => codeOf(one) === 'preflight'),
    );
    assert.equal(warning.range.start.line, line);
    assert.equal(warning.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(warning.message, /would be blocked/);
  });

  it('says nothing on save when the setting is off', async () => {
    const settings = vscode.workspace.getConfiguration('aegis');
    await settings.update('preflightOnSave', false, vscode.ConfigurationTarget.Workspace);
    try {
      const editor = await openConfig('pe1');
      await replaceLine(editor, 'neighbor 192.0.2.17 remote-as', ' neighbor 192.0.2.17 remote-as 64510');
      assert.ok(await editor.document.save());
      // The guards' own finding shows that the saved text has been looked at.
      await eventually('the guards', () =>
        vscode.languages.getDiagnostics(configUri('pe1')).some((one) => codeOf(one) === 'bgp-session-mismatch'),
      );
      await run<StateDiffResult>('aegis.showStateDiff', { lab: labName, device: 'tr1' });
      assert.ok(!vscode.languages.getDiagnostics(configUri('pe1')).some((one) => codeOf(one) === 'preflight'));
    } finally {
      await settings.update('preflightOnSave', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
