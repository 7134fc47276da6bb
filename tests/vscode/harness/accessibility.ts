import axe from 'axe-core';
import type { FrameLocator } from 'playwright-core';

/**
 * What axe-core finds wrong with a page of the extension as it is drawn now: names, roles, keyboard, contrast (WCAG 2.2
 * level A and AA). A web view has no main landmark and no title of its own to navigate by, so only these are asked.
 * @returns one line per violation, empty when there is none
 */
export async function violationsOf(view: FrameLocator): Promise<readonly string[]> {
  const frame = await (await view.locator('body').elementHandle())?.ownerFrame();
  if (!frame) throw new Error('There is no page to look at.');
  await frame.evaluate(axe.source);
  const { violations } = (await frame.evaluate(
    `axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })`,
  )) as axe.AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replaceAll(/\s+/g, ' ')}`),
  );
}
