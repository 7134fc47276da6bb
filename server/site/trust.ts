import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { defaultConfigFolder } from '../../core/evidence/key-store.ts';
import { isMissing } from '../files/node-file-reader.ts';

/** This software's folder in the user's configuration. */
export const ownConfigFolder = (given?: string): string =>
  given ?? defaultConfigFolder(process.env, process.platform, homedir());

/** A text file; empty where there is none. */
export async function textOrEmpty(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return '';
    throw error;
  }
}

/** Texts of an allowed_signers file and of a file of revoked keys. */
export interface OwnTrust {
  readonly allowedSigners: string;
  readonly revokedKeys: string;
}

/** The user's own files of trusted and of revoked keys. */
export async function ownTrust(configFolder: string): Promise<OwnTrust> {
  const [allowedSigners, revokedKeys] = await Promise.all([
    textOrEmpty(join(configFolder, 'allowed_signers')),
    textOrEmpty(join(configFolder, 'revoked_keys')),
  ]);
  return { allowedSigners, revokedKeys };
}
