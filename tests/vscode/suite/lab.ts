import assert from 'node:assert/strict';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';

/** The lab that the suites open, as its own git repository: see labWorkspace() of the harness. */
export const labName = 'edge-slice';

export function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return folder.uri;
}

export const configUri = (device: string): vscode.Uri =>
  vscode.Uri.joinPath(workspaceFolder(), 'configs', `${device}.cfg`);

/** Shows the configuration of a device, once it has a language of AEGIS. */
export async function openConfig(device: string): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(configUri(device)));
  await eventually(`${device} to be recognised`, () => editor.document.languageId.startsWith('aegis-'));
  return editor;
}

/** Takes every file of the lab back to what was committed, on disk and in the editor. */
export async function restoreLab(): Promise<void> {
  const { execFileSync } = await import('node:child_process');
  // Reverted, not saved: a save is refused where the file on disk has changed in the meantime.
  for (const document of vscode.workspace.textDocuments.filter((one) => one.isDirty && one.uri.scheme === 'file')) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await eventually(`${document.uri.path} to be reverted`, () => !document.isDirty);
  }
  execFileSync('git', ['checkout', '--quiet', '--', '.'], { cwd: workspaceFolder().fsPath });
  await editorsFollowDisk();
}

/**
 * Has open editors show what is on disk. VS Code does so by itself when its watcher tells it; on a busy machine that may
 * take long, or a second change of one file within the clock's grain is not seen, so the file is reverted by command.
 */
async function editorsFollowDisk(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter((one) => one.uri.scheme === 'file' && !one.isDirty)) {
    const onDisk = await readFile(document.uri.fsPath, 'utf8').catch(() => null);
    if (onDisk === null || document.getText() === onDisk) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await eventually(`${document.uri.path} to be as it is on disk`, () => document.getText() === onDisk);
  }
}

/** Puts one of the lab's sample changes into the working tree. */
export async function applyChange(change: string): Promise<void> {
  const folder = workspaceFolder().fsPath;
  await cp(join(folder, 'changes', change, 'configs'), join(folder, 'configs'), { recursive: true });
  await editorsFollowDisk();
}

/** Packages of evidence; the ledger beside them is no folder. */
export const evidenceFolders = async (): Promise<readonly string[]> => {
  const entries = await readdir(join(workspaceFolder().fsPath, 'evidence'), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
};

/** Replaces the first line that contains a text, as typing would. @returns the line's number */
export async function replaceLine(editor: vscode.TextEditor, containing: string, text: string): Promise<number> {
  const { document } = editor;
  const number = document
    .getText()
    .split('\n')
    .findIndex((line) => line.includes(containing));
  assert.ok(number >= 0, `${document.uri.path} has no line with "${containing}"`);
  assert.ok(await editor.edit((edit) => edit.replace(document.lineAt(number).range, text)), 'the edit was refused');
  return number;
}

export const positionOf = (document: vscode.TextDocument, text: string, offset = 0): vscode.Position => {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `${document.uri.path} does not contain "${text}"`);
  return document.positionAt(at + offset);
};

export const codeOf = ({ code }: vscode.Diagnostic): string =>
  String(typeof code === 'object' && code !== null ? code.value : code);

/** Waits for a finding of a rule in a document, at a line where one is given. */
export async function finding(uri: vscode.Uri, code: string, line?: number): Promise<vscode.Diagnostic> {
  return await eventually(`the finding ${code} in ${uri.path}`, () => find(uri, code, line));
}

export async function noFinding(uri: vscode.Uri, code: string, line?: number): Promise<void> {
  await eventually(`no finding ${code} in ${uri.path}`, () => find(uri, code, line) === undefined);
}

const find = (uri: vscode.Uri, code: string, line: number | undefined): vscode.Diagnostic | undefined =>
  vscode.languages
    .getDiagnostics(uri)
    .find((one) => codeOf(one) === code && (line === undefined || one.range.start.line === line));

/** Changes one character of a file. */
export async function flipOneCharacter(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const at = text.indexOf('"verdict"') + 1;
  assert.ok(at > 0, `${file} has no verdict`);
  await writeFile(file, `${text.slice(0, at)}V${text.slice(at + 1)}`);
}
