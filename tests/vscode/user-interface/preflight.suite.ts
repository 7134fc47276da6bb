import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { pictureOfFailure } from '../harness/picture-of-failure.ts';
import { sharedSession } from '../harness/session.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { Workbench } from '../harness/workbench.ts';
import { labWorkspace } from '../harness/workspace.ts';

/** A change as an operator makes it: one mistyped AS number is caught, the right change passes and is sealed. */
describe('a change in edge-slice', () => {
  let workbench: Workbench;
  let workspace: string;
  let elsewhere: string;

  const lineOf = (text: string): number =>
    readFileSync(join(workspace, 'configs', 'pe1.cfg'), 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1;

  before(async () => {
    const { browser, server } = await sharedSession();
    workspace = labWorkspace('edge-slice');
    elsewhere = temporaryFolder('export');
    const file = join(workspace, 'configs', 'pe1.cfg');
    workbench = await Workbench.open(browser, server, workspace, file, 'dark');
  });
  afterEach(pictureOfFailure(() => workbench));
  after(() => workbench.close());

  it('opens a configuration in its own language, with its lab in the side bar', async () => {
    await workbench.statusBar('Cisco IOS');
    await workbench.openView('AEGIS');
    await workbench.treeItem(/edge-slice.*8 devices/s);
    await workbench.treeItem(/tr1.*Arista EOS/s);
    await workbench.goToLine(lineOf('interface GigabitEthernet3'));
    await workbench.screenshot('lab-and-configuration');
  });

  it('underlines a mistyped AS number as it is typed, and says why on hover', async () => {
    const line = lineOf('neighbor 192.0.2.17 remote-as');
    await workbench.replaceLine(line, ' neighbor 192.0.2.17 remote-as 64510');
    await workbench.squiggle('warning');
    // A hint that comes while the mouse rests draws the line anew, and the hover is gone.
    await workbench
      .line('neighbor 192.0.2.17 remote-as 64510')
      .filter({ hasText: /-2\s*sessions/ })
      .waitFor();
    const hover = await workbench.hover('64510');
    assert.match(hover, /64501/);
    await workbench.screenshot('guard-hover');
    await workbench.page.keyboard.press('Escape');
  });

  it('lists the finding among the problems', async () => {
    const problems = await workbench.problems();
    assert.ok(
      problems.some((row) => row.includes('bgp-session-mismatch')),
      problems.join('\n'),
    );
    await workbench.screenshot('problems');
    await workbench.closePanel();
  });

  it('warns on save that the change would be blocked', async () => {
    await workbench.line('neighbor 192.0.2.17 remote-as').click();
    await workbench.save();
    await workbench.statusBar('AEGIS: Would be blocked');
  });

  it('preflights the change from the palette and blocks it', async () => {
    const shown = await workbench.recordNotifications();
    await workbench.runCommand('AEGIS: Preflight Change');
    await workbench.answer('Configure the session from pe1 to ce1 again (CHG-1042)');
    await workbench.notification(/edge-slice: Blocked/);
    await workbench.statusBar('AEGIS: Blocked');
    const progress = (await shown()).filter((text) => /Preflight of edge-slice.*\d+ of \d+: \S/s.test(text));
    assert.ok(progress.length > 0, `no stage was named while it ran: ${(await shown()).join(' | ')}`);
    await workbench.treeItem(/Blocked.*edge-slice/s);
    await workbench.webView.locator('h1', { hasText: 'Blocked' }).waitFor();
    await workbench.webView.locator('.fact', { hasText: 'Blast radius' }).waitFor();
    await workbench.screenshot('preflight-blocked');
  });

  it('shows before and after of a device from the message', async () => {
    await workbench.notificationAction(/edge-slice: Blocked/, 'Show State Diff');
    await workbench.pick('pe1');
    const { before: left, after: right } = await workbench.diffEditor();
    await left.locator('.view-line').first().waitFor();
    await right.locator('.view-line').first().waitFor();
    await workbench.screenshot('state-diff');
  });

  it('shows the counts at the changed line, in words', async () => {
    await workbench.openFile('configs/pe1.cfg');
    await workbench.goToLine(lineOf('neighbor 192.0.2.17 remote-as'));
    await workbench.line('neighbor 192.0.2.17 remote-as 64510').waitFor();
    const line = workbench.line('neighbor 192.0.2.17 remote-as 64510');
    await line.filter({ hasText: /-2\s*sessions/ }).waitFor();
    await workbench.screenshot('counts-at-the-line');
  });

  it('no longer shows the verdict once the configuration is edited', async () => {
    const line = lineOf('neighbor 192.0.2.17 remote-as');
    await workbench.replaceLine(line, ' neighbor 192.0.2.17 remote-as 64501');
    await workbench.statusBar('AEGIS: Changed since the verdict');
  });

  it('never says on save that a change is ready: that takes a preflight', async () => {
    await workbench.replaceLine(
      lineOf('neighbor 192.0.2.2 description'),
      ' neighbor 192.0.2.2 description pe2 loopback',
    );
    await workbench.save();
    await workbench.statusBar('AEGIS: Preflight due');
  });

  it('explains the verdict in a page', async () => {
    await workbench.runCommand('AEGIS: Show Preflight Result');
    await workbench.pick('Blocked');
    await workbench.webView.locator('h1', { hasText: 'Blocked' }).waitFor();
    await workbench.webView.locator('td', { hasText: 'CHG-1042' }).waitFor();
    await workbench.screenshot('preflight-result');
  });

  it('exports the evidence to a folder', async () => {
    await workbench.runCommand('AEGIS: Export Evidence');
    await workbench.pick('Blocked');
    await workbench.chooseFolder(elsewhere, 'Export Here');
    await workbench.notification(/copied to/);
    const [copy] = readdirSync(elsewhere);
    assert.ok(copy, 'nothing was exported');
    assert.ok(readdirSync(join(elsewhere, copy)).includes('report.pdf'));
    await workbench.screenshot('evidence-exported');
  });

  it('verifies the evidence and lists every check', async () => {
    await workbench.runCommand('AEGIS: Verify Evidence');
    await workbench.pick('Blocked');
    await workbench.notificationAction(/verifies/, 'Show Checks');
    await workbench.webView.locator('h1', { hasText: 'The evidence verifies' }).waitFor();
    await workbench.treeItem(/Blocked.*verified/s);
    await workbench.screenshot('evidence-verified');
  });
});
