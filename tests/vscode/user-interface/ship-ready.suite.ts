import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { pictureOfFailure } from '../harness/picture-of-failure.ts';
import { sharedSession } from '../harness/session.ts';
import { Workbench } from '../harness/workbench.ts';
import { labWorkspace } from '../harness/workspace.ts';

/** A good change of a fabric of FRR, worked through from the view. */
describe('a change in dcn-10node', () => {
  let workbench: Workbench;

  before(async () => {
    const { browser, server } = await sharedSession();
    const workspace = labWorkspace('dcn-10node');
    cpSync(join(workspace, 'changes', 'add-tenant-prefix', 'configs'), join(workspace, 'configs'), {
      recursive: true,
    });
    workbench = await Workbench.open(browser, server, workspace, join(workspace, 'configs', 'leaf3.cfg'));
  });
  afterEach(pictureOfFailure(() => workbench));
  after(() => workbench.close());

  it('marks the device that changed', async () => {
    await workbench.statusBar('FRR');
    await workbench.openView('AEGIS');
    await workbench.treeItem(/dcn-10node.*10 devices, 1 changed/s);
    await workbench.treeItem(/leaf3.*changed/s);
  });

  it('is preflighted from the row of the lab, and passes', async () => {
    const lab = await workbench.treeItem(/dcn-10node/);
    await lab.hover();
    await lab.getByRole('button', { name: 'Preflight Change' }).click();
    await workbench.answer('Announce 10.21.33.0/24 for more servers of the tenant green on leaf3 (CHG-2107)');
    await workbench.notification(/dcn-10node: Ship ready/);
    await workbench.statusBar('AEGIS: Ship ready');
    await workbench.webView.locator('h1', { hasText: 'Ship ready' }).waitFor();
    await workbench.screenshot('ship-ready');
  });

  it('shows what the whole fabric gains', async () => {
    await workbench.notificationAction(/dcn-10node: Ship ready/, 'Show State Diff');
    await workbench.pick('All devices');
    const { after: right } = await workbench.diffEditor();
    await right.locator('.view-line').first().waitFor();
    await workbench.treeItem(/spine1.*\+2 routes/s);
    await workbench.screenshot('state-diff-of-a-fabric');
  });

  it('is verified from the row of the run', async () => {
    const run = await workbench.treeItem(/Ship ready/);
    await run.hover();
    await run.getByRole('button', { name: 'Verify Evidence' }).click();
    await workbench.notification(/verifies: \d+ checks passed/);
    await workbench.treeItem(/Ship ready.*verified/s);
  });
});
