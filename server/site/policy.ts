import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { decidePolicy, POLICY_FILE, type PolicyDecision } from '../../core/evidence/policy.ts';
import { isMissing } from '../files/node-file-reader.ts';
import { ownConfigFolder, ownTrust } from './trust.ts';

/** A policy has a few kilobytes. */
const MOST_BYTES = 1024 * 1024;

async function bytesOf(file: string): Promise<Uint8Array | null> {
  try {
    if ((await stat(file)).size > MOST_BYTES) throw new Error(`${file} is too large to be a policy.`);
    return new Uint8Array(await readFile(file));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** The policy file of a folder: there, or in the nearest folder above it. */
async function findPolicy(folder: string): Promise<string | null> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, POLICY_FILE);
    if ((await bytesOf(file)) !== null) return file;
    if (dirname(at) === at) return null;
  }
}

export interface PolicyPlace {
  /** The lab's folder. */
  readonly folder: string;
  /** A policy file that the command line names; it must be there. */
  readonly file?: string;
  readonly configFolder?: string;
}

/**
 * The site's policy for a lab, with what is to be believed of it. Who may sign it is pinned in the user's own
 * configuration; nothing of the workspace or the environment changes what it allows.
 */
export async function sitePolicy({ folder, file, configFolder }: PolicyPlace): Promise<PolicyDecision> {
  const { allowedSigners, revokedKeys } = await ownTrust(ownConfigFolder(configFolder));
  const found = file ?? (await findPolicy(folder));
  const [policy, signature] = found ? await Promise.all([bytesOf(found), bytesOf(`${found}.sig`)]) : [null, null];
  return decidePolicy({
    policy,
    signature: signature && Buffer.from(signature).toString('latin1'),
    allowedSigners,
    revokedKeys,
    now: Date.now(),
  });
}
