import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultConfigFolder, defaultPrincipal, type KeyStoreOptions, loadOrCreateSigningKey } from './key-store.ts';
import { parseAllowedSigners, trust } from './seal/allowed-signers.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'aegis-keys-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const options = (change: Partial<KeyStoreOptions> = {}): KeyStoreOptions => ({
  configFolder: join(home, 'config', 'aegis'),
  workspaces: [join(home, 'workspace')],
  principal: 'seal@test-host',
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
  platform: 'linux',
  userId: process.getuid?.() ?? null,
  ...change,
});
const mode = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

test('the first use makes a key that only its owner can read, and the second uses it', async () => {
  const first = await loadOrCreateSigningKey(options());
  expect(first.created).toBe(true);
  expect(await mode(first.keyFile)).toBe('600');
  expect(await mode(join(home, 'config', 'aegis', 'keys'))).toBe('700');

  const second = await loadOrCreateSigningKey(options({ principal: 'seal@renamed' }));
  expect(second.created).toBe(false);
  expect(second.key.fingerprint).toBe(first.key.fingerprint);
  // The name belongs to the key, not to the run.
  expect(second.key.principal).toBe('seal@test-host');
  expect((await readdir(join(home, 'config', 'aegis', 'keys'))).sort()).toEqual(['seal_ed25519', 'seal_ed25519.pub']);
});

test('the public half is published for verification, once', async () => {
  const { key, allowedSignersFile } = await loadOrCreateSigningKey(options());
  await loadOrCreateSigningKey(options());
  const signers = parseAllowedSigners(await readFile(allowedSignersFile, 'utf8'));
  expect(signers).toHaveLength(1);
  expect(trust(signers, key.publicKeyBlob, 'seal@test-host', 'preflight-evidence@v1', 0).trusted).toBe(true);
  expect(trust(signers, key.publicKeyBlob, 'seal@test-host', 'git', 0).trusted).toBe(false);
});

test('lines that others added to allowed_signers stay', async () => {
  const { allowedSignersFile } = await loadOrCreateSigningKey(options());
  const own = await readFile(allowedSignersFile, 'utf8');
  await writeFile(allowedSignersFile, '# site B');
  await loadOrCreateSigningKey(options());
  expect(await readFile(allowedSignersFile, 'utf8')).toBe(`# site B\n${own}`);
});

test('many processes that start at once end up with one key', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => loadOrCreateSigningKey(options())));
  expect(new Set(all.map(({ key }) => key.fingerprint)).size).toBe(1);
  expect(all.filter(({ created }) => created)).toHaveLength(1);
});

describe('refuses', () => {
  test('a folder inside the workspace', async () => {
    const inside = options({ configFolder: join(home, 'workspace', '.config') });
    await expect(loadOrCreateSigningKey(inside)).rejects.toThrow('may not lie in the workspace');
    await expect(loadOrCreateSigningKey(options({ configFolder: join(home, 'workspace') }))).rejects.toThrow(
      'workspace',
    );
    expect(await readdir(home)).toEqual([]);
  });

  test('a folder that is inside the workspace through a symbolic link', async () => {
    await mkdir(join(home, 'workspace', 'hidden'), { recursive: true });
    await symlink(join(home, 'workspace', 'hidden'), join(home, 'config'));
    await expect(loadOrCreateSigningKey(options())).rejects.toThrow('may not lie in the workspace');
  });

  test('a relative folder, and a name that allowed_signers cannot hold', async () => {
    await expect(loadOrCreateSigningKey(options({ configFolder: 'config' }))).rejects.toThrow('not an absolute path');
    await expect(loadOrCreateSigningKey(options({ principal: '*' }))).rejects.toThrow('cannot be a principal');
  });

  test.each([0o644, 0o640, 0o604, 0o660])('a key that others can reach (mode %o)', async (bits) => {
    const { keyFile } = await loadOrCreateSigningKey(options());
    await chmod(keyFile, bits);
    await expect(loadOrCreateSigningKey(options())).rejects.toThrow(`has mode ${bits.toString(8)}`);
  });

  test('a folder that others can enter', async () => {
    await loadOrCreateSigningKey(options());
    await chmod(join(home, 'config', 'aegis', 'keys'), 0o755);
    await expect(loadOrCreateSigningKey(options())).rejects.toThrow('has mode 755');
  });

  test('a key of another user', async () => {
    await loadOrCreateSigningKey(options());
    await expect(loadOrCreateSigningKey(options({ userId: 4242 }))).rejects.toThrow('belongs to another user');
  });

  test('a key file that is a symbolic link, and one that is damaged', async () => {
    const { keyFile } = await loadOrCreateSigningKey(options());
    const content = await readFile(keyFile, 'utf8');
    await rm(keyFile);
    await writeFile(join(home, 'elsewhere'), content, { mode: 0o600 });
    await symlink(join(home, 'elsewhere'), keyFile);
    await expect(loadOrCreateSigningKey(options())).rejects.toThrow('is not a plain file');
    await rm(keyFile);
    await writeFile(keyFile, content.slice(0, 100), { mode: 0o600 });
    await expect(loadOrCreateSigningKey(options())).rejects.toThrow('cannot be used for sealing');
  });
});

test('where the configuration lies by default', () => {
  expect(defaultConfigFolder({ XDG_CONFIG_HOME: '/x' }, 'linux', '/home/u')).toBe('/x/aegis');
  expect(defaultConfigFolder({ XDG_CONFIG_HOME: 'relative' }, 'linux', '/home/u')).toBe('/home/u/.config/aegis');
  expect(defaultConfigFolder({}, 'darwin', '/Users/u')).toBe('/Users/u/.config/aegis');
  expect(defaultConfigFolder({ APPDATA: '/appdata' }, 'win32', '/u')).toBe('/appdata/aegis');
});

test('a principal from the name of any host', () => {
  expect(defaultPrincipal('noc-1.example.net')).toBe('seal@noc-1.example.net');
  expect(defaultPrincipal('weird host*')).toBe('seal@weird-host-');
  expect(defaultPrincipal('')).toBe('seal@localhost');
});
