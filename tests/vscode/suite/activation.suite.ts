import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';

const extensionId = 'aegis.aegis-network';

describe('activation', () => {
  it('starts by itself in a folder that holds a containerlab topology', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension, `${extensionId} is not installed`);
    await eventually('the extension to be active', () => extension.isActive);
  });

  it('registers every command that its manifest declares', async () => {
    const manifest = vscode.extensions.getExtension(extensionId)?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const registered = new Set(await vscode.commands.getCommands(true));
    const declared = manifest.contributes.commands.map(({ command }) => command);
    assert.ok(declared.length > 0, 'the manifest declares no command');
    assert.deepEqual(
      declared.filter((command) => !registered.has(command)),
      [],
    );
  });
});
