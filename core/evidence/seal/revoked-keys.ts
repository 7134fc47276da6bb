/**
 * Keys that must not be believed any more, whatever an allowed_signers file says and whenever they signed: one public
 * key a line, the plain form that `ssh-keygen -Y verify -r` reads.
 */
import { WireError, WireReader } from './ssh-wire.ts';

export class RevokedKeysError extends Error {
  override readonly name = 'RevokedKeysError';
}

/** The wire encodings of the keys in the file. A line that cannot be read refuses the file: a revocation is not lost. */
export function parseRevokedKeys(text: string): readonly Uint8Array[] {
  return text.split('\n').flatMap((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return [];
    const [type = '', base64 = ''] = line.split(/\s+/);
    const blob = new Uint8Array(Buffer.from(base64, 'base64'));
    try {
      if (/^[A-Za-z0-9+/]+={0,2}$/.test(base64) && new WireReader(blob).text() === type) return [blob];
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
    }
    throw new RevokedKeysError(`Line ${index + 1} of the revoked keys file is not a public key.`);
  });
}

export const isRevoked = (revoked: readonly Uint8Array[], publicKeyBlob: Uint8Array): boolean =>
  revoked.some((blob) => Buffer.compare(blob, publicKeyBlob) === 0);

/** A line that revokes a key; the comment says why and when. */
export const revokedKeyLine = (keyType: string, blob: Uint8Array, comment: string): string =>
  `${keyType} ${Buffer.from(blob).toString('base64')} ${comment}`;
