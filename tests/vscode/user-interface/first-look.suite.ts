import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { pictureOfFailure } from '../harness/picture-of-failure.ts';
import { sharedSession } from '../harness/session.ts';
import { Workbench } from '../harness/workbench.ts';
import { labWorkspace } from '../harness/workspace.ts';

describe('first look', () => {
  let workbench: Workbench;

  before(async () => {
    const { browser, server } = await sharedSession();
    const workspace = labWorkspace('edge-slice');
    workbench = await Workbench.open(browser, server, workspace, join(workspace, 'configs', 'pe1.cfg'));
  });
  afterEach(pictureOfFailure(() => workbench));
  after(() => workbench.close());

  it('shows a configuration of the lab', async () => {
    await workbench.line('hostname').waitFor();
    await workbench.statusBar('Cisco IOS');
    await workbench.screenshot('first-look');
  });

  it('opens another configuration by its path', async () => {
    await workbench.openFile('configs/tr1.cfg');
    await workbench.line('hostname').waitFor();
  });

  it('offers its commands in the palette', async () => {
    const offered = await workbench.searchCommand('AEGIS: Show Log');
    assert.ok(offered.includes('AEGIS: Show Log'), `the palette offers ${offered.join(', ')}`);
    await workbench.closePalette();
  });

  it('shows its log', async () => {
    await workbench.runCommand('AEGIS: Show Log');
    await workbench.panel('Output');
    await workbench.screenshot('log');
  });
});
