import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { type CodeServer, startCodeServer } from './code-server.ts';
import { packagedExtension } from './paths.ts';

/** One server with the packaged extension, and one browser: shared by every user-interface suite of a run. */
export interface Session {
  readonly server: CodeServer;
  readonly browser: Browser;
}

let session: Promise<Session> | null = null;

async function start(): Promise<Session> {
  if (!existsSync(packagedExtension)) throw new Error('dist/aegis.vsix does not exist. Run: npm run package');
  const [server, browser] = await Promise.all([
    startCodeServer({ name: 'user-interface', extension: packagedExtension }),
    launchBrowser(),
  ]);
  return { server, browser };
}

/** The session of this run; started when it is first asked for, ended with the run. */
export function sharedSession(): Promise<Session> {
  session ??= start();
  return session;
}
