import { WireError } from '../seal/ssh-wire.ts';
import { parseSignature, verifyMessage } from '../seal/sshsig.ts';
import { checkTimestamp, TimestampError, type VerifiedTimestamp, verifyTimestamp } from '../seal/timestamp.ts';
import { SUMS_FILE, TIMESTAMP_FILE, TIMESTAMP_FILES, TIMESTAMP_SIGNATURE_FILE } from './layout.ts';
import { FETCH_AGAIN, failed, passed, type VerificationCheck } from './verification.ts';

/** The SSHSIG namespace of the sealer's signature over the stamp, without which parts of the stamp could be altered. */
export const TIMESTAMP_NAMESPACE = 'preflight-timestamp@v1';

export interface TimestampCheck {
  readonly check: VerificationCheck;
  /** The time, only when an authority that the reader trusts says it. */
  readonly time: Date | null;
}

/** Checks the time stamp of a package; null for a package without one. */
export function checkStamp(
  files: ReadonlyMap<string, Uint8Array>,
  publicKeyBlob: Uint8Array,
  trustedPem: string | undefined,
): TimestampCheck | null {
  const [stamp, signature, sums] = [TIMESTAMP_FILE, TIMESTAMP_SIGNATURE_FILE, SUMS_FILE].map((file) => files.get(file));
  if (!stamp && !signature) return null;
  const refuse = (file: string, message: string): TimestampCheck => ({
    check: failed('timestamp', [{ file, message, action: FETCH_AGAIN }]),
    time: null,
  });
  if (!stamp || !signature || !sums)
    return refuse(TIMESTAMP_FILE, `A time stamp consists of ${TIMESTAMP_FILES.join(' and ')}; one of them is missing.`);
  try {
    const parsed = parseSignature(Buffer.from(signature).toString('latin1'));
    const bySealer = Buffer.compare(parsed.publicKeyBlob, publicKeyBlob) === 0;
    if (!bySealer || !verifyMessage(stamp, TIMESTAMP_NAMESPACE, parsed))
      return refuse(TIMESTAMP_FILE, 'The stamp was altered after it was taken: the sealer did not sign this one.');
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return refuse(TIMESTAMP_SIGNATURE_FILE, `The signature over the stamp cannot be read. ${error.message}`);
  }
  let verified: VerifiedTimestamp;
  try {
    verified = trustedPem === undefined ? checkTimestamp(stamp, sums) : verifyTimestamp(stamp, sums, trustedPem);
  } catch (error) {
    if (!(error instanceof TimestampError)) throw error;
    return refuse(TIMESTAMP_FILE, error.message);
  }
  const when = `${verified.time.toISOString()} by ${verified.authority}`;
  return trustedPem === undefined
    ? {
        check: passed('timestamp', `Stamped ${when}, which nobody here vouches for: no authority was given.`),
        time: null,
      }
    : { check: passed('timestamp', `Stamped ${when}.`), time: verified.time };
}
