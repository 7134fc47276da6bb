import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { pictureOfFailure } from '../harness/picture-of-failure.ts';
import { sharedSession } from '../harness/session.ts';
import { Workbench } from '../harness/workbench.ts';
import { labWorkspace } from '../harness/workspace.ts';

/** A guard as an operator meets it: what is underlined has a light bulb, and its fix takes the underlining away. */
describe('a guard with its fix', () => {
  const RIGHT = ' neighbor 192.0.2.17 remote-as 64501';
  const WRONG = ' neighbor 192.0.2.17 remote-as 64510';
  let workbench: Workbench;
  let line: number;
  let entry: (text: string) => Locator;

  before(async () => {
    const { browser, server } = await sharedSession();
    const workspace = labWorkspace('edge-slice');
    const file = join(workspace, 'configs', 'pe1.cfg');
    line = readFileSync(file, 'utf8').split('\n').indexOf(RIGHT) + 1;
    workbench = await Workbench.open(browser, server, workspace, file, 'light');
  });
  afterEach(pictureOfFailure(() => workbench));
  after(() => workbench.close());

  it('offers the fix, a way to set the finding aside, and the page that explains the rule', async () => {
    await workbench.statusBar('Cisco IOS');
    await workbench.replaceLine(line, WRONG);
    await workbench.squiggle('warning');
    await workbench.line(WRONG.trim()).waitFor();
    entry = await workbench.lightBulb('Set remote-as 64501');
    await entry('Set aside bgp-session-mismatch').waitFor();
    await entry('Explain: ').waitFor();
    await workbench.screenshot('guard-fix');
  });

  it('is resolved by the fix: the text is right, and nothing is underlined', async () => {
    await entry('Set remote-as 64501').hover();
    await workbench.page.keyboard.press('Enter');
    await workbench.line(RIGHT.trim()).waitFor();
    await workbench.editor.locator('.squiggly-warning').first().waitFor({ state: 'detached' });
    await workbench.screenshot('guard-fixed');
  });
});
