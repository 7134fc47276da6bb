import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { type CodeServer, startCodeServer } from '../harness/code-server.ts';
import { packagedExtension } from '../harness/paths.ts';
import { pictureOfFailure } from '../harness/picture-of-failure.ts';
import { sharedSession } from '../harness/session.ts';
import { Workbench } from '../harness/workbench.ts';
import { labWorkspace } from '../harness/workspace.ts';

/** A folder from elsewhere: it is read and checked, and nothing of it is run or written until the user trusts it. */
describe('a folder that is not trusted', () => {
  let server: CodeServer;
  let workbench: Workbench;
  let workspace: string;

  before(async () => {
    const { browser } = await sharedSession();
    server = await startCodeServer({ name: 'untrusted', extension: packagedExtension, workspaceTrust: true });
    workspace = labWorkspace('edge-slice');
    workbench = await Workbench.open(browser, server, workspace, join(workspace, 'configs', 'pe1.cfg'));
  });
  afterEach(pictureOfFailure(() => workbench));
  after(async () => {
    await workbench.close();
    server.stop();
  });

  it('has its configurations checked by the guards', async () => {
    await workbench.statusBar('Restricted Mode');
    await workbench.statusBar('Cisco IOS');
    await workbench.replaceLine(47, 'snmp-server community public RW');
    await workbench.squiggle('error');
  });

  it('is told what is not done, and why', async () => {
    await workbench.openView('AEGIS');
    await workbench.treeItem(/edge-slice.*8 devices/s);
    await workbench.page.getByText('This folder is not trusted').waitFor();
    await workbench.screenshot('untrusted');
  });

  it('is offered no command that runs or writes', async () => {
    const offered = await workbench.searchCommand('AEGIS:');
    assert.ok(offered.includes('AEGIS: Show Log'), offered.join(', '));
    for (const command of ['Preflight Change', 'Show State Diff', 'Export Evidence', 'Verify Evidence'])
      assert.ok(!offered.includes(`AEGIS: ${command}`), `${command} is offered`);
    await workbench.closePalette();
  });

  it('is not simulated when a file is saved', async () => {
    await workbench.line('snmp-server community public').click();
    await workbench.save();
    assert.equal((await workbench.page.locator('.statusbar').innerText()).includes('AEGIS: '), false);
    assert.equal(existsSync(join(workspace, 'evidence')), false);
  });

  it('is preflighted once the user trusts it', async () => {
    await workbench.runCommand('Workspaces: Manage Workspace Trust');
    await workbench.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await workbench.page.locator('.statusbar').getByText('Restricted Mode').waitFor({ state: 'detached' });
    await workbench.runCommand('AEGIS: Preflight Change');
    await workbench.answer('');
    await workbench.notification(/edge-slice: Blocked/);
    assert.equal(existsSync(join(workspace, 'evidence')), true);
  });
});
