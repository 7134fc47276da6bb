import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { pictureOfFailure } from '../harness/picture-of-failure.ts';
import { sharedSession } from '../harness/session.ts';
import { asDrawn, Workbench } from '../harness/workbench.ts';
import { labWorkspace } from '../harness/workspace.ts';

const DESCRIPTION = ' neighbor 192.0.2.2 description pe2';
const SESSION = ' neighbor 192.0.2.17 remote-as 64501';

/** Two runs side by side, and the gutter that compares with the one that was accepted. */
describe('the evidence of edge-slice', () => {
  let workbench: Workbench;
  let config: string;

  /** Replaces a line on disk, as another program would. */
  const change = (line: string, by: string): void => {
    const text = readFileSync(config, 'utf8');
    if (!text.includes(`${line}\n`)) throw new Error(`${config} has no line "${line}".`);
    writeFileSync(config, text.replace(`${line}\n`, `${by}\n`));
  };
  const lineOf = (line: string): number => readFileSync(config, 'utf8').split('\n').indexOf(line) + 1;

  before(async () => {
    const { browser, server } = await sharedSession();
    const workspace = labWorkspace('edge-slice');
    config = join(workspace, 'configs', 'pe1.cfg');
    workbench = await Workbench.open(browser, server, workspace, config, 'light');
  });
  afterEach(pictureOfFailure(() => workbench));
  after(() => workbench.close());

  async function preflight(intent: string, verdict: string): Promise<void> {
    await workbench.runCommand('AEGIS: Preflight Change');
    await workbench.answer(intent);
    const message = await workbench.notification(`edge-slice: ${verdict}`);
    await message.hover();
    await message.locator('.codicon-notifications-clear').click();
    await message.waitFor({ state: 'hidden' });
  }

  it('lists runs with their verdicts, newest first', async () => {
    await workbench.statusBar('Cisco IOS');
    await workbench.openView('AEGIS');
    await workbench.treeItem(/edge-slice.*8 devices/s);
    change(DESCRIPTION, `${DESCRIPTION} loopback`);
    await preflight('Describe the session with pe2 (CHG-1050)', 'Ship ready');
    await workbench.treeItem(/Ship ready.*edge-slice/s);
    change(SESSION, ' neighbor 192.0.2.17 remote-as 64510');
    await preflight('Configure the session with ce1 again (CHG-1051)', 'Blocked');
    await workbench.treeItem(/Blocked.*edge-slice/s);
    await workbench.screenshot('preflight-light');
  });

  it('compares two selected runs, the older one on the left', async () => {
    await (await workbench.treeItem(/Blocked.*edge-slice/s)).click();
    await (await workbench.treeItem(/Ship ready.*edge-slice/s)).click({ modifiers: ['Control'] });
    await (await workbench.treeItem(/Ship ready.*edge-slice/s)).click({ button: 'right' });
    // A menu that has just opened takes no click of the mouse, lest the one that opened it chooses something.
    await workbench.page.locator('.monaco-menu .action-label', { hasText: 'Compare Runs' }).hover();
    await workbench.page.keyboard.press('Enter');
    const { before: left, after: right } = await workbench.diffEditor();
    await left.locator('.view-line', { hasText: 'ship_ready' }).first().waitFor();
    await right.locator('.view-line', { hasText: 'blocked' }).first().waitFor();
    await workbench.screenshot('evidence-compare');
  });

  it('marks in the gutter what differs from the last accepted change', async () => {
    await workbench.tab('pe1.cfg').click();
    await workbench.goToLine(lineOf(' neighbor 192.0.2.17 remote-as 64510'));
    await workbench.line('neighbor 192.0.2.17 remote-as 64510').waitFor();
    await workbench.page.locator('.editor-group-container.active .dirty-diff-glyph').first().waitFor();
    await workbench.runCommand('Show Next Change');
    // Git marks the same file: the peek says whose difference it shows, and lets one choose.
    const peek = workbench.page.locator('.zone-widget');
    await peek.locator('.peekview-title', { hasText: 'pe1.cfg' }).waitFor();
    await peek.locator('select').first().selectOption({ label: 'Last Accepted Change' });
    // The description was part of the accepted change, so that only the AS number differs from it.
    const removed = peek.locator('.char-delete, .line-delete');
    await removed.first().waitFor();
    await peek
      .locator('.view-line', { hasText: asDrawn('neighbor 192.0.2.17 remote-as 64501') })
      .first()
      .waitFor();
    await workbench.screenshot('gutter-baseline');
  });
});
