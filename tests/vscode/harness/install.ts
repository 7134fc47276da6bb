import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, whyStale } from '../../../.scripts/install-packages.mjs';

const folder = join(import.meta.dirname, '..', 'code-server');
const server = join(folder, 'node_modules', 'code-server');
const builtCode = join(server, 'lib', 'vscode');
/** Written last, so that an installation that was interrupted is made anew. */
const stamp = join(folder, 'node_modules', '.complete');

/** What `node` starts to serve VS Code. */
export const codeServerProgram = server;

const fingerprint = (): string =>
  createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');

export function isCodeServerInstalled(): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint() && whyStale(folder) === null;
}

/**
 * Installs code-server, and the packages of the VS Code inside it, in the versions that their lock files name. Install scripts do
 * not run: they would compile native modules that the tests do without. Throws with npm's words when it cannot.
 */
export function installCodeServer(): void {
  if (isCodeServerInstalled()) return;
  npm(folder, ['ci', '--ignore-scripts']);
  // Not `npm ci`: the shrinkwrap inside the built VS Code names the versions, but npm finds a peer missing in it.
  for (const part of [builtCode, join(builtCode, 'extensions')])
    npm(part, ['install', '--omit=dev', '--ignore-scripts']);
  writeFileSync(stamp, fingerprint());
}
