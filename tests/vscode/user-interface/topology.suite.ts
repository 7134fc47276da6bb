import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { pictureOfFailure } from '../harness/picture-of-failure.ts';
import { sharedSession } from '../harness/session.ts';
import { Workbench } from '../harness/workbench.ts';
import { labWorkspace } from '../harness/workspace.ts';

/** The lab as a picture: what a mistyped AS number does to the fabric, and the way from a device to its line. */
describe('the topology of dcn-10node', () => {
  let workbench: Workbench;

  before(async () => {
    const { browser, server } = await sharedSession();
    const workspace = labWorkspace('dcn-10node');
    const file = join(workspace, 'configs', 'spine1.cfg');
    const text = readFileSync(file, 'utf8');
    const wrong = text.replace(/^( neighbor \S+ remote-as )(\d+)$/m, '$164999');
    assert.notEqual(wrong, text, 'the configuration of spine1 has a neighbour whose AS can be mistyped');
    writeFileSync(file, wrong);
    workbench = await Workbench.open(browser, server, workspace, file, 'light');
  });
  afterEach(pictureOfFailure(() => workbench));
  after(() => workbench.close());

  const picture = () =>
    workbench.page
      .frameLocator('iframe.webview.ready')
      .frameLocator('iframe#active-frame')
      .locator('svg.aegis-topology');

  it('shows devices, and the session that the change loses', async () => {
    await workbench.statusBar('FRR');
    await workbench.runCommand('AEGIS: Show Topology');
    await picture().waitFor();
    assert.equal(await picture().locator('[data-device]').count(), 10);
    await picture().locator('.label', { hasText: 'BGP LOST' }).waitFor();
    await picture().locator('[data-device="spine1"].configured').waitFor();
    await workbench.screenshot('topology');
  });

  it('opens the configuration of a device by keyboard, at the changed line', async () => {
    await picture().locator('[data-device="spine1"]').focus();
    await workbench.page.keyboard.press('ArrowRight');
    const focused = await picture().locator('[data-device]:focus').getAttribute('data-device');
    assert.notEqual(focused, 'spine1');
    await picture().locator('[data-device="spine1"]').focus();
    await workbench.page.keyboard.press('Enter');
    await workbench.line('remote-as 64999').waitFor();
  });
});
