import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { pictureOfFailure } from '../harness/picture-of-failure.ts';
import { sharedSession } from '../harness/session.ts';
import { Workbench } from '../harness/workbench.ts';
import { labWorkspace } from '../harness/workspace.ts';

/** The invariants of a lab as tests: they hold in the lab as it is committed, and one does not after a change. */
describe('the Test Explorer in edge-slice', () => {
  let workbench: Workbench;
  let workspace: string;
  let config: string;
  let committed: string;

  before(async () => {
    const { browser, server } = await sharedSession();
    workspace = labWorkspace('edge-slice');
    config = join(workspace, 'configs', 'pe1.cfg');
    committed = readFileSync(config, 'utf8');
    workbench = await Workbench.open(browser, server, workspace, config, 'dark');
  });
  afterEach(pictureOfFailure(() => workbench));
  after(() => workbench.close());

  /** The row of a test, once its sign says so: a sign differs by its shape, not only by its colour. */
  const test = (name: string, state: 'unset' | 'passed' | 'failed') =>
    workbench.page
      .locator(`.test-explorer .monaco-list-row:has(.codicon-testing-${state}-icon)`, { hasText: name })
      .first();

  it('lists what aegis.yml declares before anything has run', async () => {
    await workbench.openView('Testing');
    await workbench.page.locator('.test-explorer .monaco-list-row', { hasText: 'edge-slice' }).first().click();
    await workbench.page.keyboard.press('ArrowRight');
    await test('customer-is-reached', 'unset').waitFor();
  });

  it('passes what holds in the lab as it is committed', async () => {
    await workbench.runCommand('Test: Run All Tests');
    await test('customer-prefixes-at-both-edges', 'passed').waitFor();
    assert.equal(await workbench.page.locator('.test-explorer .codicon-testing-failed-icon').count(), 0);
  });

  it('fails what an edit breaks, at the line behind it, with expected against actual', async () => {
    const lines = committed.split('\n');
    const at = lines.indexOf(' neighbor 192.0.2.17 remote-as 64501');
    assert.ok(at >= 0, 'pe1 has a session with ce1');
    await workbench.page.locator('.editor-instance .view-line').first().click();
    await workbench.replaceLine(at + 1, ' neighbor 192.0.2.17 remote-as 64510');
    await workbench.runCommand('Test: Run All Tests');
    await test('provider-core-session', 'failed').waitFor();
    // At the line behind it stands what was found and, behind the sign, what was expected.
    await workbench.page
      .getByText(/1 of 12 sessio.*!= Every BGP/)
      .first()
      .waitFor();
    await workbench.screenshot('test-explorer');
  });

  it('repeats them whenever a configuration is saved, until it is told to stop', async () => {
    const line = committed.split('\n').indexOf(' neighbor 192.0.2.17 remote-as 64501') + 1;
    const write = async (text: string): Promise<void> => {
      await workbench.focusEditor();
      await workbench.replaceLine(line, text);
      await workbench.save();
    };
    await workbench.runCommand('Test: Start Continuous Run');
    await write(' neighbor 192.0.2.17 remote-as 64501');
    await test('provider-core-session', 'passed').waitFor();
    await write(' neighbor 192.0.2.17 remote-as 64510');
    await test('provider-core-session', 'failed').waitFor();
    await workbench.screenshot('continuous-run');
    await workbench.runCommand('Test: Stop Continuous Run');
  });
});
