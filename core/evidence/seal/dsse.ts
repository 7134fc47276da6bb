/**
 * DSSE envelopes (github.com/secure-systems-lab/dsse, protocol.md): a payload with its type, and one signature over
 * both. The key id is a hint for people; which key is asked is the verifier's own decision.
 */
import { sign, verify } from 'node:crypto';
import * as z from 'zod/mini';
import { canonicalJson } from '../canonical.ts';
import { readStrictJson } from '../strict-json.ts';
import { ECDSA_P256, ED25519, publicKeyFromBlob, type SigningKey } from './openssh-key.ts';
import { ascii, concat } from './ssh-wire.ts';

/** Standard base64 with padding and without spare bits: one spelling for one value. */
const base64 = z
  .string()
  .check(
    z.refine(
      (text: string) => /^[A-Za-z0-9+/]+={0,2}$/.test(text) && Buffer.from(text, 'base64').toString('base64') === text,
    ),
  );

export const envelopeSchema = z.strictObject({
  payload: base64,
  payloadType: z.string().check(z.minLength(1), z.maxLength(200)),
  /** Exactly one: a bundle of Sigstore v0.3 allows no more, and one person signs one approval. */
  signatures: z.array(z.strictObject({ keyid: z.string().check(z.maxLength(200)), sig: base64 })).check(z.length(1)),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** Pre-authentication encoding: lengths count bytes. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = ascii(payloadType);
  return concat(ascii(`DSSEv1 ${type.length} `), type, ascii(` ${payload.length} `), payload);
}

/** Name for node:crypto. ECDSA signatures are DER here, as Sigstore's tools expect them. */
const DIGESTS = { [ED25519]: null, [ECDSA_P256]: 'sha256' } as const;

export function signEnvelope(payloadType: string, payload: Uint8Array, key: SigningKey): Envelope {
  const signature = sign(DIGESTS[key.algorithm], preAuthenticationEncoding(payloadType, payload), key.privateKey);
  return {
    payload: Buffer.from(payload).toString('base64'),
    payloadType,
    signatures: [{ keyid: key.fingerprint, sig: signature.toString('base64') }],
  };
}

/** Whether this key signed the envelope. Throws a WireError for a key that cannot sign. */
export function verifyEnvelope(envelope: Envelope, publicKeyBlob: Uint8Array): boolean {
  const [signature] = envelope.signatures;
  if (!signature || envelope.signatures.length !== 1) return false;
  const key = publicKeyFromBlob(publicKeyBlob);
  const digest = key.asymmetricKeyType === 'ed25519' ? DIGESTS[ED25519] : DIGESTS[ECDSA_P256];
  const data = preAuthenticationEncoding(envelope.payloadType, payloadOf(envelope));
  return verify(digest, data, key, Buffer.from(signature.sig, 'base64'));
}

export const payloadOf = ({ payload }: Pick<Envelope, 'payload'>): Uint8Array =>
  new Uint8Array(Buffer.from(payload, 'base64'));

export const envelopeBytes = (envelope: Envelope): Uint8Array => ascii(canonicalJson(envelope));

/** Reads an envelope in its canonical spelling. Throws a JsonError, or a RangeError that says what is wrong. */
export function readEnvelope(bytes: Uint8Array): Envelope {
  const parsed = envelopeSchema.safeParse(readStrictJson(bytes));
  if (!parsed.success) throw new RangeError('The file is not a DSSE envelope with exactly one signature.');
  if (Buffer.compare(envelopeBytes(parsed.data), bytes) !== 0)
    throw new RangeError('The envelope is not in canonical form (RFC 8785).');
  return parsed.data;
}
