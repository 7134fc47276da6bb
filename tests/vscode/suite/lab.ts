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
  for (const document of vscode.workspace.textDocuments.filter((one) => one.isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  execFileSync('git', ['checkout', '--quiet', '--', '.'], { cwd: workspaceFolder().fsPath });
  for (const document of vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'file')) {
    const onDisk = await readFile(document.uri.fsPath, 'utf8').catch(() => null);
    if (onDisk !== null)
      await eventually(`${document.uri.path} to be as it is on disk`, () => document.getText() === onDisk);
  }
}

/** Puts one of the lab's sample changes into the working tree. */
export async function applyChange(change: string): Promise<void> {
  const folder = workspaceFolder().fsPath;
  await cp(join(folder, 'changes', change, 'configs'), join(folder, 'configs'), { recursive: true });
}

export const evidenceFolders = async (): Promise<readonly string[]> =>
  await readdir(join(workspaceFolder().fsPath, 'evidence')).catch(() => []);

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

/** Waits for a finding of a rule in a document. */
export async function finding(uri: vscode.Uri, code: string): Promise<vscode.Diagnostic> {
  return await eventually(`the finding ${code} in ${uri.path}`, () =>
    vscode.languages.getDiagnostics(uri).find((one) => codeOf(one) === code),
  );
}

export async function noFinding(uri: vscode.Uri, code: string): Promise<void> {
  await eventually(`no finding ${code} in ${uri.path}`, () =>
    vscode.languages.getDiagnostics(uri).every((one) => codeOf(one) !== code),
  );
}

/** Changes one character of a file. */
export async function flipOneCharacter(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const at = text.indexOf('"verdict"') + 1;
  assert.ok(at > 0, `${file} has no verdict`);
  await writeFile(file, `${text.slice(0, at)}V${text.slice(at + 1)}`);
}
