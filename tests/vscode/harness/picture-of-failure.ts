import type { Workbench } from './workbench.ts';

/** For `afterEach`: keeps a picture of the window when a test has failed, named after the test. */
export function pictureOfFailure(workbench: () => Workbench): (this: Mocha.Context) => Promise<void> {
  return async function (this: Mocha.Context) {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.fullTitle().replaceAll(/[^A-Za-z0-9]+/g, '-');
    await workbench().screenshot(`failed-${name}`);
  };
}
