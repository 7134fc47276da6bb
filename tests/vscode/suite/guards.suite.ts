import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { finding, noFinding, openConfig, positionOf, replaceLine, restoreLab } from './lab.ts';

const key = ' neighbor 192.0.2.17 password 6';
const plainKey = ' neighbor 192.0.2.17 password 0 Harbour-Autumn-64501';

async function hoverText(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

describe('guards', () => {
  afterEach(restoreLab);

  it('underline a finding at its line while it is typed, and take it back with undo', async () => {
    const editor = await openConfig('pe1');
    const line = await replaceLine(editor, key, plainKey);
    const found = await finding(editor.document.uri, 'readable-secret', line);
    assert.equal(found.source, 'AEGIS');
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    await vscode.commands.executeCommand('undo');
    await noFinding(editor.document.uri, 'readable-secret', line);
  });

  it('say on hover why the rule exists', async () => {
    const editor = await openConfig('pe1');
    const line = await replaceLine(editor, key, plainKey);
    const { range } = await finding(editor.document.uri, 'readable-secret', line);
    const text = await hoverText(editor.document.uri, new vscode.Position(line, range.start.character + 1));
    assert.match(text, /readable-secret/);
    assert.ok(text.length > 200, `the hover says only: ${text}`);
  });

  it('compare devices with each other, and lead to the other device', async () => {
    const editor = await openConfig('pe1');
    await replaceLine(editor, 'neighbor 192.0.2.17 remote-as', ' neighbor 192.0.2.17 remote-as 64510');
    const found = await finding(editor.document.uri, 'bgp-session-mismatch');
    const other = found.relatedInformation?.map(({ location }) => location.uri.path) ?? [];
    assert.ok(
      other.some((path) => path.endsWith('/ce1.cfg')),
      `the related places are ${other.join(', ')}`,
    );
  });

  it('repair what they can: the fix removes the finding', async () => {
    const editor = await openConfig('pe1');
    const { document } = editor;
    await replaceLine(editor, 'neighbor 203.0.113.4 maximum-prefix', '  neighbor 203.0.113.4 timers 10 30');
    const found = await finding(document.uri, 'maximum-prefix');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ edit }) => edit !== undefined);
    assert.ok(fix?.edit, `no fix is offered, only: ${actions.map(({ title }) => title).join(', ')}`);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await noFinding(document.uri, 'maximum-prefix');
  });

  it('explain a rule in a page of its own', async () => {
    const editor = await openConfig('pe1');
    const line = await replaceLine(editor, key, plainKey);
    const { range } = await finding(editor.document.uri, 'readable-secret', line);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      range,
    );
    const explain = actions.find(({ command }) => command?.command === 'aegis.explainRule');
    assert.ok(explain?.command, `offered: ${actions.map(({ title }) => title).join(', ')}`);
    const text = await vscode.commands.executeCommand<string>(
      explain.command.command,
      ...(explain.command.arguments ?? []),
    );
    assert.match(text, /readable-secret/);
  });

  it('know what a command means', async () => {
    const { document } = await openConfig('pe2');
    const text = await hoverText(document.uri, positionOf(document, 'maximum-routes', 2));
    assert.match(text, /maximum-routes/);
  });
});
