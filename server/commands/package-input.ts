import { stat } from 'node:fs/promises';
import { readText } from '../../core/network/load/text.ts';
import { isMissing, nodeFileReader } from '../files/node-file-reader.ts';
import { UsageError } from './usage-error.ts';

/** Refuses what cannot be an evidence package, before anything is read. */
export async function requireFolder(folder: string): Promise<void> {
  try {
    if ((await stat(folder)).isDirectory()) return;
  } catch (error) {
    if (isMissing(error)) throw new UsageError(`${folder}: There is no such folder.`);
    throw error;
  }
  throw new UsageError(`${folder}: The folder of one run is expected, evidence/<run id>.`);
}

/** Text of an allowed_signers file. Throws `UnusableInput`. */
export const readAllowedSigners = (file: string): Promise<string> => readText(nodeFileReader, file, 1024 * 1024);
