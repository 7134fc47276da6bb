/**
 * The site's signing key on disk. It lives in the user's configuration folder, is made on first use, and is never
 * read from, or written into, a workspace: whoever can write the configurations must not hold the seal.
 */
import { chmod, link, lstat, mkdir, readdir, readFile, realpath, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { APPROVAL_NAMESPACE } from './approval.ts';
import { SEAL_NAMESPACE } from './bundle.ts';
import { POLICY_NAMESPACE } from './policy.ts';
import { allowedSignerLine, isPlainPrincipal, withoutFuture } from './seal/allowed-signers.ts';
import {
  ECDSA_P256,
  ED25519,
  type KeyAlgorithm,
  newP256Key,
  publicKeyLine,
  readPrivateKey,
  type SigningKey,
  signingKeyFromSeed,
  writePrivateKey,
} from './seal/openssh-key.ts';
import { revokedKeyLine } from './seal/revoked-keys.ts';
import { WireError } from './seal/ssh-wire.ts';

/** The sealing key's file, by its algorithm; one of them is there at a time. */
const SEAL_FILES: Readonly<Record<KeyAlgorithm, string>> = { [ED25519]: 'seal_ed25519', [ECDSA_P256]: 'seal_p256' };

/** What a key is for, and the namespace in which it may sign. */
export const KEY_PURPOSES = {
  seal: SEAL_NAMESPACE,
  approval: APPROVAL_NAMESPACE,
  policy: POLICY_NAMESPACE,
} as const;
export type KeyPurpose = keyof typeof KEY_PURPOSES;

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
export class KeyStoreError extends Error {
  override readonly name = 'KeyStoreError';
}

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
async function refuseExposed(
  path: string,
  kind: 'file' | 'folder',
  options: Pick<KeyStoreOptions, 'platform' | 'userId'>,
): Promise<void> {
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
async function publish(key: SigningKey, file: string, suffix: string, validAfter?: Date): Promise<void> {
  const line = allowedSignerLine(key.principal, SEAL_NAMESPACE, key.algorithm, key.publicKeyBlob, validAfter);
  const present = (await readIfPresent(file)) ?? '';
  if (present.includes(Buffer.from(key.publicKeyBlob).toString('base64'))) return;
  await replace(file, appended(present, line), suffix);
}

const appended = (text: string, line: string): string =>
  `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`;

/** Puts a text in the place of a file, whole or not at all. */
async function replace(file: string, text: string, suffix: string): Promise<void> {
  const temporary = `${file}.${suffix}`;
  await writeFile(temporary, text, { mode: 0o600, flag: 'wx' });
  await rename(temporary, file);
}

const privateText = (key: SigningKey, { randomBytes }: Pick<KeyStoreOptions, 'randomBytes'>): string =>
  writePrivateKey(key, Buffer.from(randomBytes(4)).readUInt32BE());

interface Prepared {
  readonly folder: string;
  readonly suffix: string;
  readonly allowedSignersFile: string;
  readonly revokedKeysFile: string;
}

/** Makes the folders, and refuses a place that others can reach. */
async function prepare(options: KeyStoreOptions): Promise<Prepared> {
  if (!isPlainPrincipal(options.principal)) {
    throw new KeyStoreError(
      `${JSON.stringify(options.principal)} cannot be a principal: use letters, digits and ._@+- only.`,
    );
  }
  await refuseWorkspace(options);
  const folder = join(options.configFolder, 'keys');
  await mkdir(options.configFolder, { recursive: true, mode: 0o700 });
  const madeFolder = (await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined;
  // mkdir's mode is reduced by the umask, which may be unusual; a folder that was there is judged as it is.
  if (madeFolder) await chmod(folder, 0o700);
  await refuseExposed(folder, 'folder', options);
  return {
    folder,
    suffix: Buffer.from(options.randomBytes(8)).toString('hex'),
    allowedSignersFile: join(options.configFolder, 'allowed_signers'),
    revokedKeysFile: join(options.configFolder, 'revoked_keys'),
  };
}

/** The file of the sealing key; null when there is none yet. */
async function sealFile(folder: string): Promise<string | null> {
  const names = (await readdir(folder)).filter((name) => Object.values(SEAL_FILES).includes(name));
  if (names.length > 1)
    throw new KeyStoreError(`${folder} holds two sealing keys (${names.join(', ')}). Remove the one that is not used.`);
  return names[0] === undefined ? null : join(folder, names[0]);
}

/** Reads a private key that nobody else can read. Throws a KeyStoreError. */
export async function readKeyFile(
  path: string,
  options: Pick<KeyStoreOptions, 'platform' | 'userId'>,
): Promise<SigningKey> {
  let key: SigningKey;
  try {
    await refuseExposed(path, 'file', options);
    key = readPrivateKey(await readFile(path, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new KeyStoreError(`There is no key file ${path}.`);
    if (!(error instanceof WireError)) throw error;
    throw new KeyStoreError(`${path} cannot be used for sealing. ${error.message}`);
  }
  if (!isPlainPrincipal(key.principal))
    throw new KeyStoreError(`${path} has the comment ${JSON.stringify(key.principal)}, which cannot be a principal.`);
  return key;
}

/** Makes a key of either algorithm, from the random bytes given, or from the system's for P-256. */
const newKey = (algorithm: KeyAlgorithm, { principal, randomBytes }: KeyStoreOptions): SigningKey =>
  algorithm === ED25519 ? signingKeyFromSeed(randomBytes(32), principal) : newP256Key(principal);

export interface NewKeyOptions extends KeyStoreOptions {
  readonly purpose: KeyPurpose;
  readonly algorithm: KeyAlgorithm;
}

/**
 * Makes a key for approvals or policies, in a file of its own among the user's keys. Whom it may approve or sign for is
 * decided elsewhere: by a signed policy, or by who pins it. Throws a KeyStoreError when there is one of that name.
 */
export async function createKey(
  options: NewKeyOptions,
): Promise<{ readonly key: SigningKey; readonly keyFile: string }> {
  const { folder, suffix, allowedSignersFile } = await prepare(options);
  const key = newKey(options.algorithm, options);
  const isSeal = options.purpose === 'seal';
  if (isSeal && (await sealFile(folder)) !== null)
    throw new KeyStoreError('There is a sealing key. To replace it, run aegis keys rotate.');
  const keyFile = join(
    folder,
    isSeal ? SEAL_FILES[options.algorithm] : `${options.purpose}_${key.principal.replace(/[^A-Za-z0-9]/g, '-')}`,
  );
  if (!(await writeNew(keyFile, privateText(key, options), 0o600, suffix)))
    throw new KeyStoreError(`${keyFile} is there already; give another principal.`);
  await writeNew(`${keyFile}.pub`, `${publicKeyLine(key)}\n`, 0o600, suffix);
  if (isSeal) await publish(key, allowedSignersFile, suffix);
  return { key, keyFile };
}

export interface RotatedKey extends StoredKey {
  /** The key that was replaced; its private half is gone. */
  readonly former: SigningKey;
}

/**
 * Replaces the sealing key: from this time on the new one seals, and what the former one sealed until now stays valid
 * for who can tell the time (a time stamp, the ledger, or `--at`). With a reason the former key is revoked instead:
 * nothing that it signed is believed any more, at no time.
 */
export async function rotateSigningKey(
  options: KeyStoreOptions & { readonly algorithm: KeyAlgorithm; readonly now: Date; readonly revoke?: string },
): Promise<RotatedKey> {
  const { folder, suffix, allowedSignersFile, revokedKeysFile } = await prepare(options);
  const old = await sealFile(folder);
  if (old === null) throw new KeyStoreError('There is no sealing key yet; the first preflight makes one.');
  const former = await readKeyFile(old, options);
  const key = newKey(options.algorithm, options);
  const second = new Date(Math.floor(options.now.getTime() / 1000) * 1000);
  if (options.revoke !== undefined) {
    const comment = `${former.principal} ${second.toISOString()} ${options.revoke.replace(/\s+/g, ' ')}`;
    const line = revokedKeyLine(former.algorithm, former.publicKeyBlob, comment);
    await replace(revokedKeysFile, appended((await readIfPresent(revokedKeysFile)) ?? '', line), suffix);
  }
  const present = (await readIfPresent(allowedSignersFile)) ?? '';
  await replace(allowedSignersFile, withoutFuture(present, former.publicKeyBlob, SEAL_NAMESPACE, options.now), suffix);
  // The new key first: a crash in between leaves two, which the next use reports, and never none.
  const keyFile = join(folder, SEAL_FILES[options.algorithm]);
  const next = `${keyFile}.${suffix}`;
  await writeFile(next, privateText(key, options), { mode: 0o600, flag: 'wx' });
  await rename(
    `${old}.pub`,
    join(folder, `former_${former.fingerprint.replace(/[^A-Za-z0-9]/g, '').slice(6, 18)}.pub`),
  );
  await rename(next, keyFile);
  if (old !== keyFile) await unlink(old);
  await writeNew(`${keyFile}.pub`, `${publicKeyLine(key)}\n`, 0o600, suffix);
  await publish(key, allowedSignersFile, suffix, second);
  return { key, keyFile, allowedSignersFile, created: true, former };
}

/** Lets a public key sign for a purpose, by a line in the user's own allowed_signers. */
export async function pinKey(
  options: KeyStoreOptions & { readonly purpose: KeyPurpose; readonly algorithm: string; readonly blob: Uint8Array },
): Promise<string> {
  const { suffix, allowedSignersFile } = await prepare(options);
  const line = allowedSignerLine(options.principal, KEY_PURPOSES[options.purpose], options.algorithm, options.blob);
  const present = (await readIfPresent(allowedSignersFile)) ?? '';
  if (!present.split('\n').includes(line)) await replace(allowedSignersFile, appended(present, line), suffix);
  return line;
}

/** The private keys in the user's folder that can be read, by file. */
export async function listKeys(options: KeyStoreOptions): Promise<ReadonlyMap<string, SigningKey>> {
  const { folder } = await prepare(options);
  const found = new Map<string, SigningKey>();
  for (const name of (await readdir(folder)).sort())
    if (/^(seal|approval|policy)_[A-Za-z0-9-]+$/.test(name))
      found.set(join(folder, name), await readKeyFile(join(folder, name), options));
  return found;
}

/**
 * Loads the site's signing key, making it on first use: `<configFolder>/keys/seal_ed25519` (mode 600 in a folder of
 * mode 700, OpenSSH's format), its public half beside it, and `<configFolder>/allowed_signers`.
 * Safe when two processes do this at once: one makes the key, both use it. Throws a KeyStoreError.
 */
export async function loadOrCreateSigningKey(options: KeyStoreOptions): Promise<StoredKey> {
  const { folder, suffix, allowedSignersFile } = await prepare(options);
  const found = await sealFile(folder);
  const keyFile = found ?? join(folder, SEAL_FILES[ED25519]);
  let created = false;
  if (found === null) {
    const fresh = signingKeyFromSeed(options.randomBytes(32), options.principal);
    created = await writeNew(keyFile, privateText(fresh, options), 0o600, suffix);
  }
  const key = await readKeyFile(keyFile, options);
  if ((await readIfPresent(`${keyFile}.pub`)) === null) {
    await writeNew(`${keyFile}.pub`, `${publicKeyLine(key)}\n`, 0o600, suffix);
  }
  await publish(key, allowedSignersFile, suffix);
  return { key, keyFile, allowedSignersFile, created };
}
