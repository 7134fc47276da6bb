import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { configUri, openConfig, restoreLab } from './lab.ts';

describe('languages', () => {
  after(restoreLab);

  it('are recognised in the files of a lab', async () => {
    for (const [device, language] of [
      ['pe1', 'aegis-ios'],
      ['ce1', 'aegis-ios'],
      ['pe2', 'aegis-eos'],
      ['tr1', 'aegis-eos'],
    ] as const) {
      const { document } = await openConfig(device);
      assert.equal(document.languageId, language, device);
    }
  });

  it('stay as the user chooses them', async () => {
    const { document } = await openConfig('tr1');
    await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    // Another file is recognised meanwhile, so the first would have been too.
    const other = await vscode.workspace.openTextDocument(
      vscode.Uri.joinPath(configUri('pe1'), '../../changes/description-only/configs/pe2.cfg'),
    );
    await eventually('another file to be recognised', () => other.languageId === 'aegis-eos');
    assert.equal(document.languageId, 'plaintext');
    await vscode.languages.setTextDocumentLanguage(document, 'aegis-eos');
  });

  it('leave files alone that are no configuration', async () => {
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.joinPath(configUri('pe1'), '../../edge-slice.clab.yml'),
    );
    assert.equal(document.languageId, 'yaml');
  });
});
