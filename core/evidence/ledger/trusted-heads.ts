import { SEAL_NAMESPACE } from '../bundle.ts';
import { matchesList, parseAllowedSigners } from '../seal/allowed-signers.ts';
import { algorithmOfBlob } from '../seal/openssh-key.ts';
import { isRevoked, parseRevokedKeys } from '../seal/revoked-keys.ts';
import { WireError } from '../seal/ssh-wire.ts';
import { type Checkpoint, isSignedBy } from './checkpoint.ts';

/** A reader's own files of keys. */
export interface LedgerTrust {
  readonly allowedSigners: string;
  readonly revokedKeys?: string;
  /** Milliseconds since 1970 at which the key must be valid; any time when absent. */
  readonly now?: number;
}

/**
 * Whether a key that may seal signed this head. A key that was replaced may have signed the head while it was in use, and
 * a head has no time of its own, so only a revocation ends what a key may have signed here. Throws where a file of keys
 * cannot be read.
 */
export function isTrustedHead(checkpoint: Checkpoint, { allowedSigners, revokedKeys = '', now }: LedgerTrust): boolean {
  const revoked = parseRevokedKeys(revokedKeys);
  return parseAllowedSigners(allowedSigners).some(
    ({ namespaces, certAuthority, principals, publicKeyBlob, validAfter, validBefore }) => {
      if (certAuthority || isRevoked(revoked, publicKeyBlob) || !canSign(publicKeyBlob)) return false;
      if (namespaces && !matchesList(SEAL_NAMESPACE, namespaces)) return false;
      if (now !== undefined && (now < (validAfter ?? now) || now > (validBefore ?? now))) return false;
      return checkpoint.signatures.some(
        ({ name }) => matchesList(name, principals) && isSignedBy(checkpoint, name, publicKeyBlob),
      );
    },
  );
}

function canSign(blob: Uint8Array): boolean {
  try {
    algorithmOfBlob(blob);
    return true;
  } catch (error) {
    if (error instanceof WireError) return false;
    throw error;
  }
}
