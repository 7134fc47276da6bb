import type { EvidenceBundle } from '../bundle.ts';
import { payloadOf, verifyEnvelope } from '../seal/dsse.ts';
import { fingerprint } from '../seal/ssh-wire.ts';
import { firstDifference, JsonError } from '../strict-json.ts';
import {
  keyHint,
  readSigstoreBundle,
  type SigstoreBundle,
  STATEMENT_PAYLOAD_TYPE,
  statementPayloads,
} from './statements.ts';
import { FETCH_AGAIN, failed, passed, type VerificationCheck, type VerificationProblem } from './verification.ts';

/**
 * The in-toto statements: each must be, byte for byte, what the bundle implies, signed by the key that sealed. What the
 * files say about keys is compared with that key, and never chooses one.
 */
export function checkAttestations(
  files: ReadonlyMap<string, Uint8Array>,
  bundle: EvidenceBundle,
  publicKeyBlob: Uint8Array,
): VerificationCheck {
  const problems: VerificationProblem[] = [];
  const payloads = statementPayloads(bundle);
  for (const [file, expected] of payloads) {
    const bytes = files.get(file);
    const problem = bytes ? problemOf(bytes, expected, publicKeyBlob) : { message: `${file} is missing.` };
    if (problem) problems.push({ file, action: FETCH_AGAIN, ...problem });
  }
  return problems.length > 0
    ? failed('attestations', problems)
    : passed('attestations', `${payloads.size} statements.`);
}

function problemOf(
  bytes: Uint8Array,
  expected: Uint8Array,
  publicKeyBlob: Uint8Array,
): Pick<VerificationProblem, 'message' | 'offset'> | null {
  let attestation: SigstoreBundle;
  try {
    attestation = readSigstoreBundle(bytes);
  } catch (error) {
    if (error instanceof JsonError) return { message: error.message, offset: error.offset };
    if (error instanceof RangeError) return { message: error.message };
    throw error;
  }
  const { dsseEnvelope, verificationMaterial } = attestation;
  if (dsseEnvelope.payloadType !== STATEMENT_PAYLOAD_TYPE)
    return { message: `The payload is of type ${JSON.stringify(dsseEnvelope.payloadType)}, not an in-toto statement.` };
  if (firstDifference(payloadOf(dsseEnvelope), expected) !== null)
    return { message: 'The statement is not the one that bundle.json implies.' };
  const key = fingerprint(publicKeyBlob);
  if (dsseEnvelope.signatures[0]?.keyid !== key || verificationMaterial.publicKey.hint !== keyHint(publicKeyBlob))
    return { message: `The statement names another key than ${key}, which sealed the package.` };
  if (!verifyEnvelope(dsseEnvelope, publicKeyBlob))
    return { message: `The statement is not signed by ${key}, which sealed the package.` };
  return null;
}
