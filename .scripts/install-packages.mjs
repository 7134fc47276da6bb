// Installs npm packages exactly as the lock file says, and only when the folder does not hold them yet.
// Plain JavaScript that runs on Node 20: it is what brings TypeScript and Node 24.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const projectNode = join(projectFolder, 'node_modules', '.bin', 'node');

/**
 * The packages in a lock file by their path; null when the file is absent or unreadable.
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }> | null}
 */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

/**
 * Why the folder's node_modules do not agree with its package-lock.json, in words; null when they agree.
 * The comparison is by content (npm keeps what it installed in node_modules/.package-lock.json), because the times
 * of files say nothing after a checkout.
 * @param {string} folder
 * @returns {string | null}
 */
export function whyStale(folder) {
  const wanted = lockedPackages(join(folder, 'package-lock.json'));
  if (wanted === null) throw new Error(`${folder}/package-lock.json cannot be read. Restore it from git.`);
  const installed = lockedPackages(join(folder, 'node_modules', '.package-lock.json'));
  if (installed === null) return 'nothing is installed yet';
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const present = installed[path];
    if (present === undefined && !entry.optional) return `${path} is missing`;
    if (present !== undefined && (present.version !== entry.version || present.integrity !== entry.integrity)) {
      return `${path} is ${present.version}, the lock file says ${entry.version}`;
    }
  }
  return null;
}

/** The environment without node_modules/.bin on the path: npm must not run on a Node that it is about to replace. */
function environmentForNpm() {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join('node_modules', '.bin')));
  return { ...process.env, PATH: path.join(delimiter) };
}

/**
 * Runs npm in a folder; its output is shown only when it fails.
 * @param {string} folder
 * @param {readonly string[]} npmArguments
 */
export function npm(folder, npmArguments) {
  const result = spawnSync('npm', [...npmArguments, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    env: environmentForNpm(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 15 * 60_000,
  });
  if (result.status === 0) return;
  const reason = result.error?.message ?? `exit code ${result.status ?? result.signal}`;
  throw new Error(
    `npm ${npmArguments.join(' ')} failed in ${folder} (${reason}).\n${result.stdout ?? ''}${result.stderr ?? ''}`,
  );
}

/**
 * Installs what the project's lock file names, unless it is there.
 * @param {string} folder
 */
export async function installPackages(folder) {
  const reason = whyStale(folder) ?? (existsSync(projectNode) ? null : 'Node 24 is missing');
  if (reason === null) return;
  const start = Date.now();
  console.log(`Installing npm packages (${reason}) ...`);
  npm(folder, ['ci']);
  if (!existsSync(projectNode)) {
    throw new Error(
      'npm installed the packages but not the Node 24 binary. Allow the install script of the package "node" and run again.',
    );
  }
  console.log(`Installed npm packages in ${((Date.now() - start) / 1000).toFixed(1)} s.`);
}
