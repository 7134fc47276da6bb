import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { canonicalBytes } from '../../core/evidence/canonical.ts';
import { KeyStoreError, loadOrCreateSigningKey } from '../../core/evidence/key-store.ts';
import type { LedgerEntry } from '../../core/evidence/ledger/record.ts';
import type { LedgerTrust } from '../../core/evidence/ledger/trusted-heads.ts';
import { verifyLedger } from '../../core/evidence/ledger/verify-ledger.ts';
import { LedgerError, readLedger } from '../../core/evidence/ledger-store.ts';
import { BUNDLE_FILE, SUMS_FILE } from '../../core/evidence/package/layout.ts';
import type { PackageContents, Verification } from '../../core/evidence/package/verify.ts';
import { sha256Hex } from '../../core/evidence/seal/sha256sums.ts';
import { keyStoreOptions } from './key-options.ts';
import { siteLedger } from './ledger.ts';
import { ownTrust } from './trust.ts';

/** When the ledger beside a package recorded it, if that ledger is in order and signed by a key that is valid now. */
export async function recordedTime(
  folder: string,
  { files }: PackageContents,
  trust: Required<LedgerTrust>,
): Promise<number | null> {
  const ledger = await readLedger(dirname(resolve(folder)));
  const [bundle, sums] = [files.get(BUNDLE_FILE), files.get(SUMS_FILE)];
  if (!ledger || !bundle || !sums) return null;
  const [bundleDigest, sumsDigest] = [sha256Hex(bundle), sha256Hex(sums)];
  const record = verifyLedger(ledger, trust).records.find(
    ({ type, digests }) => type === 'run' && digests.bundle === bundleDigest && digests.sums === sumsDigest,
  );
  return record ? Date.parse(record.time) : null;
}

/**
 * Writes into the ledger beside a package that it was verified, where this user keeps that ledger: a site's own
 * verifications are recorded, an examiner's with a copy are not. Gives why it was not recorded.
 */
export function recordVerification(folder: string, result: Verification): Promise<string | null> {
  const failed = result.checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
  return recordInLedger(dirname(resolve(folder)), {
    type: 'verify',
    actor: userInfo().username,
    run: result.bundle?.runId ?? null,
    digests: result.bundle ? { bundle: sha256Hex(canonicalBytes(result.bundle)) } : {},
    nonces: [],
    note: result.ok ? 'The package verified.' : `The package did not verify: ${failed.join(', ')}.`,
  });
}

/** Appends to the ledger of a folder where there is one and this user has a key; gives why it was not done. */
export async function recordInLedger(evidence: string, entry: LedgerEntry): Promise<string | null> {
  const options = keyStoreOptions();
  const hasKey = ['seal_ed25519', 'seal_p256'].some((name) => existsSync(join(options.configFolder, 'keys', name)));
  const ledger = await readLedger(evidence);
  if (!ledger || !hasKey) return 'There is no ledger of this user beside the package.';
  try {
    const { key } = await loadOrCreateSigningKey({ ...options, workspaces: [evidence] });
    await siteLedger(evidence, key, await ownTrust(options.configFolder)).append(entry);
    return null;
  } catch (error) {
    // A copy on a medium that cannot be written is verified all the same.
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (error instanceof LedgerError || error instanceof KeyStoreError || ['EROFS', 'EACCES', 'EPERM'].includes(code))
      return error instanceof Error ? error.message : String(error);
    throw error;
  }
}
