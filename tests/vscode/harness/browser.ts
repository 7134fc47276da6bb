import { type Browser, chromium } from 'playwright-core';
import { findCommand } from '../../../.scripts/test/system-packages.ts';
import { onEnd } from './cleanup.ts';

/** The browser that shows VS Code; null when there is none. AEGIS_CHROMIUM names one at an unusual place. */
export function findBrowser(): string | null {
  const names = [process.env.AEGIS_CHROMIUM ?? '', 'chromium', 'chromium-browser', 'google-chrome'];
  return (
    names
      .filter((name) => name !== '')
      .map(findCommand)
      .find((path) => path !== null) ?? null
  );
}

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null)
    throw new Error('There is no Chromium. Install the package chromium, or set AEGIS_CHROMIUM.');
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  });
  onEnd(() => void browser.close());
  return browser;
}
