import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { defaultPrincipal, type KeyStoreOptions } from '../../core/evidence/key-store.ts';
import { ownConfigFolder } from './trust.ts';

/** The user's key store, as this machine has it. Keys never lie in the working folder. */
export const keyStoreOptions = (principal?: string): KeyStoreOptions => ({
  configFolder: ownConfigFolder(),
  workspaces: [process.cwd()],
  principal: principal ?? defaultPrincipal(hostname()),
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
  platform: process.platform,
  userId: process.getuid?.() ?? null,
});
