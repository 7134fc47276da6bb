/**
 * The site's signing key on disk. It lives in the user's configuration folder, is made on first use, and is never
 * read from, or written into, a workspace: whoever can write the configurations must not hold the seal.
 */
import { chmod, link, lstat, mkdir, readFile, realpath, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { SEAL_NAMESPACE } from './bundle.ts';
import { allowedSignerLine, isPlainPrincipal } from './seal/allowed-signers.ts';
import {
  publicKeyLine,
  readPrivateKey,
  type SigningKey,
  signingKeyFromSeed,
  writePrivateKey,
} from './seal/openssh-key.ts';
import { WireError } from './seal/ssh-wire.ts';

const KEY_FILE = 'seal_ed25519';

export interface KeyStoreOptions {
  /** Absolute path of this software's folder in the user's configuration. */
  readonly configFolder: string;
  /** Folders that must not hold the key: the open workspace, the lab, the repository. */
  readonly workspaces: readonly string[];
  /** The name that a new key gets in allowed_signers, for example `seal@noc-1`. */
  readonly principal: string;
  /** Random bytes for a new key. */
  readonly randomBytes: (length: number) => Uint8Array;
  /** `process.platform`: on Windows the folder's own access list protects the key, and modes are not looked at. */
  readonly platform: string;
  /** The user's numeric id, null where there is none. */
  readonly userId: number | null;
}

export interface StoredKey {
  readonly key: SigningKey;
  readonly keyFile: string;
  readonly allowedSignersFile: string;
  /** True when this call made the key. */
  readonly created: boolean;
}

/** The key store cannot be used; the message says what to do. */
export class KeyStoreError extends Error {}

/** `$XDG_CONFIG_HOME/aegis`, `~/.config/aegis`, or `%APPDATA%\aegis`. */
export function defaultConfigFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): string {
  if (platform === 'win32') return join(environment.APPDATA ?? join(home, 'AppData', 'Roaming'), 'aegis');
  const base = environment.XDG_CONFIG_HOME;
  return join(base !== undefined && isAbsolute(base) ? base : join(home, '.config'), 'aegis');
}

/** A principal for this machine: `seal@` and the host's name, reduced to what allowed_signers can hold. */
export function defaultPrincipal(hostname: string): string {
  return `seal@${hostname.replace(/[^A-Za-z0-9.-]/g, '-').slice(0, 200) || 'localhost'}`;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** The real path of the part of a path that exists, with the rest appended: a link may not hide where a folder is. */
async function realLocation(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    const parent = dirname(path);
    return parent === path ? path : join(await realLocation(parent), relative(parent, path));
  }
}

async function refuseWorkspace({ configFolder, workspaces }: KeyStoreOptions): Promise<void> {
  if (!isAbsolute(configFolder))
    throw new KeyStoreError(`The configuration folder ${configFolder} is not an absolute path.`);
  const folder = await realLocation(configFolder);
  for (const workspace of workspaces) {
    const inside = relative(await realLocation(resolve(workspace)), folder);
    if (inside === '' || (!inside.startsWith('..') && !isAbsolute(inside))) {
      throw new KeyStoreError(
        `The signing key may not lie in the workspace ${workspace}. Set XDG_CONFIG_HOME (or APPDATA) to a folder outside it.`,
      );
    }
  }
}

/** Refuses a key that somebody else may have read or replaced. */
async function refuseExposed(path: string, kind: 'file' | 'folder', options: KeyStoreOptions): Promise<void> {
  const status = await lstat(path);
  if (kind === 'file' ? !status.isFile() : !status.isDirectory()) {
    throw new KeyStoreError(`${path} is not a plain ${kind}. Remove it, or move the key there yourself.`);
  }
  if (options.platform === 'win32') return;
  if (options.userId !== null && status.uid !== options.userId) {
    throw new KeyStoreError(
      `${path} belongs to another user (id ${status.uid}). Use a configuration folder of your own.`,
    );
  }
  const wanted = kind === 'file' ? '600' : '700';
  if ((status.mode & 0o077) !== 0) {
    const mode = (status.mode & 0o777).toString(8).padStart(3, '0');
    throw new KeyStoreError(
      `${path} has mode ${mode}: others can reach the signing key. Decide whether it must be replaced, then run chmod ${wanted} ${path}.`,
    );
  }
}

/** Writes a file so that it is there completely or not at all; does not replace one that exists. */
async function writeNew(path: string, text: string, mode: number, suffix: string): Promise<boolean> {
  const temporary = `${path}.${suffix}`;
  await writeFile(temporary, text, { mode, flag: 'wx' });
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await unlink(temporary);
  }
}

async function readIfPresent(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Adds the key's line to the allowed_signers file beside it, unless the key is there already. */
async function publish(key: SigningKey, file: string, suffix: string): Promise<void> {
  const line = allowedSignerLine(key.principal, SEAL_NAMESPACE, key.algorithm, key.publicKeyBlob);
  const present = (await readIfPresent(file)) ?? '';
  if (present.includes(Buffer.from(key.publicKeyBlob).toString('base64'))) return;
  const separator = present === '' || present.endsWith('\n') ? '' : '\n';
  const temporary = `${file}.${suffix}`;
  await writeFile(temporary, `${present}${separator}${line}\n`, { mode: 0o600, flag: 'wx' });
  await rename(temporary, file);
}

/**
 * Loads the site's signing key, making it on first use: `<configFolder>/keys/seal_ed25519` (mode 600 in a folder of
 * mode 700, OpenSSH's format), its public half beside it, and `<configFolder>/allowed_signers`.
 * Safe when two processes do this at once: one makes the key, both use it. Throws a KeyStoreError.
 */
export async function loadOrCreateSigningKey(options: KeyStoreOptions): Promise<StoredKey> {
  if (!isPlainPrincipal(options.principal)) {
    throw new KeyStoreError(
      `${JSON.stringify(options.principal)} cannot be a principal: use letters, digits and ._@+- only.`,
    );
  }
  await refuseWorkspace(options);
  const folder = join(options.configFolder, 'keys');
  const keyFile = join(folder, KEY_FILE);
  const allowedSignersFile = join(options.configFolder, 'allowed_signers');
  await mkdir(options.configFolder, { recursive: true, mode: 0o700 });
  const madeFolder = (await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined;
  // mkdir's mode is reduced by the umask, which may be unusual; a folder that was there is judged as it is.
  if (madeFolder) await chmod(folder, 0o700);
  await refuseExposed(folder, 'folder', options);

  const suffix = Buffer.from(options.randomBytes(8)).toString('hex');
  let created = false;
  if ((await readIfPresent(keyFile)) === null) {
    const fresh = signingKeyFromSeed(options.randomBytes(32), options.principal);
    const checkNumber = Buffer.from(options.randomBytes(4)).readUInt32BE();
    created = await writeNew(keyFile, writePrivateKey(fresh, checkNumber), 0o600, suffix);
  }
  await refuseExposed(keyFile, 'file', options);

  let key: SigningKey;
  try {
    key = readPrivateKey(await readFile(keyFile, 'utf8'));
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new KeyStoreError(`${keyFile} cannot be used for sealing. ${error.message}`);
  }
  if (!isPlainPrincipal(key.principal)) {
    throw new KeyStoreError(
      `${keyFile} has the comment ${JSON.stringify(key.principal)}, which cannot be a principal.`,
    );
  }
  if ((await readIfPresent(`${keyFile}.pub`)) === null) {
    await writeNew(`${keyFile}.pub`, `${publicKeyLine(key)}\n`, 0o600, suffix);
  }
  await publish(key, allowedSignersFile, suffix);
  return { key, keyFile, allowedSignersFile, created };
}
