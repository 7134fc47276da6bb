import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { violationsOf } from '../harness/accessibility.ts';
import { type CodeServer, startCodeServer } from '../harness/code-server.ts';
import { packagedExtension } from '../harness/paths.ts';
import { pictureOfFailure } from '../harness/picture-of-failure.ts';
import { sharedSession } from '../harness/session.ts';
import { Workbench } from '../harness/workbench.ts';
import { labWorkspace } from '../harness/workspace.ts';

/** Each kind of theme: its name in the list of themes, and the class that a page of an extension then has. */
const THEMES = [
  ['light', 'Light 2026', 'vscode-light'],
  ['dark', 'Dark 2026', 'vscode-dark'],
  ['high-contrast', 'Dark High Contrast', 'vscode-high-contrast'],
  ['high-contrast-light', 'Light High Contrast', 'vscode-high-contrast-light'],
] as const;

/** The extension's own pages are read with every theme: contrast, names and roles are checked, pictures are kept. */
describe('the pages of the extension', () => {
  let server: CodeServer;
  let workbench: Workbench;

  before(async () => {
    const { browser } = await sharedSession();
    const settings = { 'window.autoDetectColorScheme': false, 'workbench.colorTheme': 'Light 2026' };
    server = await startCodeServer({ name: 'themes', extension: packagedExtension, settings });
    const workspace = labWorkspace('edge-slice');
    cpSync(join(workspace, 'changes', 'wrong-remote-as', 'configs'), join(workspace, 'configs'), { recursive: true });
    workbench = await Workbench.open(browser, server, workspace, join(workspace, 'configs', 'pe1.cfg'));
    await workbench.statusBar('Cisco IOS');
  });
  afterEach(pictureOfFailure(() => workbench));
  after(async () => {
    await workbench.close();
    server.stop();
  });

  async function useTheme(theme: string, className: string): Promise<void> {
    await workbench.useTheme(theme);
    await workbench.webView.locator(`body.${className}`).waitFor();
  }

  describe('the preflight', () => {
    before(async () => {
      await workbench.runCommand('AEGIS: Preflight Change');
      await workbench.answer('Configure the session with ce1 again (CHG-1042)');
      const message = await workbench.notification('edge-slice: Blocked');
      await message.hover();
      await message.locator('.codicon-notifications-clear').click();
      await message.waitFor({ state: 'hidden' });
      await workbench.webView.locator('h1', { hasText: 'Blocked' }).waitFor();
    });

    for (const [name, theme, className] of THEMES)
      it(`is clear in ${name}`, async () => {
        await useTheme(theme, className);
        await workbench.webView.locator('h1').scrollIntoViewIfNeeded();
        await workbench.screenshot(`preflight-in-${name}`);
        await workbench.webView.locator('table').scrollIntoViewIfNeeded();
        await workbench.screenshot(`preflight-stages-in-${name}`);
        assert.deepEqual(await violationsOf(workbench.webView), []);
      });
  });

  describe('the topology', () => {
    before(async () => {
      await workbench.closeEditors();
      await workbench.runCommand('AEGIS: Show Topology');
      await workbench.webView.locator('svg.aegis-topology').waitFor();
      await workbench.page.locator('.notification-toast').first().waitFor({ state: 'detached' });
    });

    for (const [name, theme, className] of THEMES)
      it(`is clear in ${name}`, async () => {
        await useTheme(theme, className);
        await workbench.screenshot(`topology-in-${name}`);
        assert.deepEqual(await violationsOf(workbench.webView), []);
      });
  });
});
