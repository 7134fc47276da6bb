import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { pictureOfFailure } from '../harness/picture-of-failure.ts';
import { sharedSession } from '../harness/session.ts';
import { asDrawn, Workbench } from '../harness/workbench.ts';
import { labWorkspace } from '../harness/workspace.ts';

/** What a change does to the network, where it is written: a hint at the line, a lens above the stanza, and the tables. */
describe('the lines of a change', () => {
  let workbench: Workbench;
  let text: string;

  const lineAfter = (stanza: string, word: string): number => {
    const lines = text.split('\n');
    const first = lines.indexOf(stanza);
    return lines.findIndex((line, index) => index > first && line.startsWith(` ${word}`)) + 1;
  };

  before(async () => {
    const { browser, server } = await sharedSession();
    const workspace = labWorkspace('edge-slice');
    const file = join(workspace, 'configs', 'pe1.cfg');
    text = readFileSync(file, 'utf8');
    workbench = await Workbench.open(browser, server, workspace, file, 'light');
  });
  afterEach(pictureOfFailure(() => workbench));
  after(() => workbench.close());

  it('carry a hint with the counts, and their stanza a lens that says the same', async () => {
    await workbench.statusBar('Cisco IOS');
    await workbench.replaceLine(lineAfter('interface GigabitEthernet2', 'description'), ' shutdown');
    await workbench
      .line('shutdown')
      .filter({ hasText: /-\d+[\s\u00a0]routes/ })
      .waitFor();
    await workbench.codeLens(/^Preflight: .*routes? lost.*, show diff$/).waitFor();
    // The suggestions that follow what was typed cover a part of it.
    await workbench.page.keyboard.press('Escape');
    await workbench.page.locator('.suggest-widget.visible').waitFor({ state: 'hidden' });
    await workbench.screenshot('hints-and-lenses');
  });

  it('lead to routes and sessions before and after', async () => {
    await workbench.codeLens(/^Preflight: .*, show diff$/).click();
    const { before: left, after: right } = await workbench.diffEditor();
    for (const side of [left, right]) await side.locator('.view-line', { hasText: asDrawn('pe1: routes') }).waitFor();
    await left.locator('.line-delete, .char-delete').first().waitFor();
    await workbench.screenshot('rib-diff');
  });
});
