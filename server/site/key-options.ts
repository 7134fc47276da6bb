import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { defaultPrincipal, type KeyStoreOptions } from '../../core/evidence/key-store.ts';
import { ownConfigFolder } from './trust.ts';

/** The user's key store, as this machine has it. Who works on evidence or a lab names its folder as a workspace. */
export const keyStoreOptions = (principal?: string): KeyStoreOptions => ({
  configFolder: ownConfigFolder(),
  workspaces: [],
  principal: principal ?? defaultPrincipal(hostname()),
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
  platform: process.platform,
  userId: process.getuid?.() ?? null,
});
