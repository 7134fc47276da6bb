/**
 * Signing keys in OpenSSH's own file formats (PROTOCOL.key in the OpenSSH source), so that ssh-keygen reads our key and
 * we read one that ssh-keygen made. Ed25519 is what is made by default; ECDSA on P-256 is for sites that must use it.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import {
  armor,
  ascii,
  concat,
  dearmor,
  fingerprint,
  mpint,
  uint32,
  WireError,
  WireReader,
  wireString,
} from './ssh-wire.ts';

export const ED25519 = 'ssh-ed25519';
export const ECDSA_P256 = 'ecdsa-sha2-nistp256';
export type KeyAlgorithm = typeof ED25519 | typeof ECDSA_P256;

const MAGIC = ascii('openssh-key-v1\0');
const LABEL = 'OPENSSH PRIVATE KEY';
const CURVE = 'nistp256';

/** A key that can seal. */
export interface SigningKey {
  /** The name by which an allowed_signers file knows it, for example `seal@noc-1`. */
  readonly principal: string;
  readonly algorithm: KeyAlgorithm;
  /** The public key in wire encoding. */
  readonly publicKeyBlob: Uint8Array;
  readonly fingerprint: string;
  readonly privateKey: KeyObject;
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const fromBase64url = (text: string | undefined): Uint8Array => new Uint8Array(Buffer.from(text ?? '', 'base64url'));

interface Algorithm {
  /** What follows the type in a public key's wire encoding. */
  readonly blob: (jwk: JsonWebKey) => readonly Uint8Array[];
  /** The public key from what follows the type; throws a WireError. */
  readonly jwk: (reader: WireReader) => JsonWebKey;
  /** The fields between the type and the comment of a private key's file. */
  readonly fields: (jwk: JsonWebKey) => readonly Uint8Array[];
  readonly privateJwk: (reader: WireReader) => JsonWebKey;
  /** Name for node:crypto; null where the algorithm has its own digest. */
  readonly digest: string | null;
  /** A signature as node:crypto makes it, as the wire holds it, and back. */
  readonly toWire: (signature: Uint8Array) => Uint8Array;
  readonly fromWire: (signature: Uint8Array) => Uint8Array;
}

/** A 32-byte number of P-256; wire integers drop leading zeros (RFC 4251 section 5). */
function scalar(bytes: Uint8Array): Uint8Array {
  const trimmed = bytes.length === 33 && bytes[0] === 0 ? bytes.subarray(1) : bytes;
  if (trimmed.length > 32) throw new WireError('A number of P-256 has at most 32 bytes.', 0);
  return concat(new Uint8Array(32 - trimmed.length), trimmed);
}

/** RFC 5656 section 3.1: an uncompressed point. */
function pointJwk(point: Uint8Array): JsonWebKey {
  if (point.length !== 65 || point[0] !== 4) throw new WireError('A P-256 public key is an uncompressed point.', 0);
  return { kty: 'EC', crv: 'P-256', x: base64url(point.subarray(1, 33)), y: base64url(point.subarray(33)) };
}

const point = ({ x, y }: JsonWebKey): Uint8Array => concat(Uint8Array.of(4), fromBase64url(x), fromBase64url(y));

function curveOf(reader: WireReader): void {
  const curve = reader.text();
  if (curve !== CURVE) throw new WireError(`The curve is ${curve}; only ${CURVE} is accepted.`, 0);
}

const ALGORITHMS: Readonly<Record<KeyAlgorithm, Algorithm>> = {
  [ED25519]: {
    blob: ({ x }) => [wireString(fromBase64url(x))],
    jwk: (reader) => {
      const key = reader.string();
      if (key.length !== 32) throw new WireError('An Ed25519 public key has 32 bytes.', 0);
      return { kty: 'OKP', crv: 'Ed25519', x: base64url(key) };
    },
    fields: ({ x, d }) => [wireString(fromBase64url(x)), wireString(concat(fromBase64url(d), fromBase64url(x)))],
    privateJwk: (reader) => {
      const x = reader.string();
      const pair = reader.string();
      if (x.length !== 32 || pair.length !== 64) throw new WireError('The Ed25519 key has the wrong length.', 0);
      return { kty: 'OKP', crv: 'Ed25519', x: base64url(x), d: base64url(pair.subarray(0, 32)) };
    },
    digest: null,
    toWire: (signature) => signature,
    fromWire: (signature) => signature,
  },
  [ECDSA_P256]: {
    blob: (jwk) => [wireString(CURVE), wireString(point(jwk))],
    jwk: (reader) => {
      curveOf(reader);
      return pointJwk(reader.string());
    },
    fields: (jwk) => [wireString(CURVE), wireString(point(jwk)), mpint(fromBase64url(jwk.d))],
    privateJwk: (reader) => {
      curveOf(reader);
      const jwk = pointJwk(reader.string());
      return { ...jwk, d: base64url(scalar(reader.string())) };
    },
    digest: 'sha256',
    // RFC 5656 section 3.1.2: two integers, where node:crypto (asked for ieee-p1363) has two fields of 32 bytes.
    toWire: (signature) => concat(mpint(signature.subarray(0, 32)), mpint(signature.subarray(32))),
    fromWire: (signature) => {
      const reader = new WireReader(signature);
      const [r, s] = [scalar(reader.string()), scalar(reader.string())];
      reader.end();
      // One spelling: leading zeros would be another way to write the same signature.
      if (Buffer.compare(concat(mpint(r), mpint(s)), signature) !== 0)
        throw new WireError('The numbers of the signature are not in their shortest form.', 0);
      return concat(r, s);
    },
  },
};

function algorithmOf(name: string): KeyAlgorithm {
  if (name === ED25519 || name === ECDSA_P256) return name;
  throw new WireError(`The key is of type ${name}; only ${ED25519} and ${ECDSA_P256} can seal.`, 0);
}

/** A public key's wire encoding. */
function blobOf(algorithm: KeyAlgorithm, jwk: JsonWebKey): Uint8Array {
  return concat(wireString(algorithm), ...ALGORITHMS[algorithm].blob(jwk));
}

/** The kind of key in a blob. Throws a WireError for a kind that cannot seal. */
export const algorithmOfBlob = (blob: Uint8Array): KeyAlgorithm => algorithmOf(new WireReader(blob).text());

/** The public half of a blob, ready for node:crypto. Throws a WireError for every kind of key that cannot seal. */
export function publicKeyFromBlob(blob: Uint8Array): KeyObject {
  const reader = new WireReader(blob);
  const { jwk } = ALGORITHMS[algorithmOf(reader.text())];
  const key = jwk(reader);
  reader.end();
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch {
    throw new WireError('The public key is not a point of its curve.', 0);
  }
}

function signingKeyFromJwk(algorithm: KeyAlgorithm, jwk: JsonWebKey, principal: string): SigningKey {
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  } catch {
    throw new WireError('The private key does not belong to its curve; the key file is damaged.', 0);
  }
  const blob = blobOf(algorithm, createPublicKey(privateKey).export({ format: 'jwk' }));
  return { principal, algorithm, publicKeyBlob: blob, fingerprint: fingerprint(blob), privateKey };
}

/** An Ed25519 signing key from its 32-byte seed. */
export function signingKeyFromSeed(seed: Uint8Array, principal: string): SigningKey {
  if (seed.length !== 32) throw new RangeError('An Ed25519 seed has 32 bytes.');
  // PKCS #8 of an Ed25519 key is a fixed prefix and the seed (RFC 8410 section 7).
  const der = concat(Buffer.from('302e020100300506032b657004220420', 'hex'), seed);
  const privateKey = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  const blob = blobOf(ED25519, createPublicKey(privateKey).export({ format: 'jwk' }));
  return { principal, algorithm: ED25519, publicKeyBlob: blob, fingerprint: fingerprint(blob), privateKey };
}

/** A new key on P-256, from the system's randomness. */
export function newP256Key(principal: string): SigningKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return signingKeyFromJwk(ECDSA_P256, privateKey.export({ format: 'jwk' }), principal);
}

/** The private key's file. `checkNumber` is any 32-bit number; OpenSSH writes a random one twice. */
export function writePrivateKey(key: SigningKey, checkNumber: number): string {
  const body = concat(
    uint32(checkNumber),
    uint32(checkNumber),
    wireString(key.algorithm),
    ...ALGORITHMS[key.algorithm].fields(key.privateKey.export({ format: 'jwk' })),
    wireString(key.principal),
  );
  const padding = Uint8Array.from({ length: (8 - (body.length % 8)) % 8 }, (_, index) => index + 1);
  return armor(
    LABEL,
    concat(
      MAGIC,
      wireString('none'),
      wireString('none'),
      wireString(''),
      uint32(1),
      wireString(key.publicKeyBlob),
      wireString(concat(body, padding)),
    ),
  );
}

/** Reads an unencrypted private key; its comment becomes the principal. Throws a WireError that says why not. */
export function readPrivateKey(text: string): SigningKey {
  const reader = new WireReader(dearmor(LABEL, text));
  if (Buffer.compare(reader.bytes(MAGIC.length), MAGIC) !== 0) throw new WireError('Not an OpenSSH private key.', 0);
  const cipher = reader.text();
  if (cipher !== 'none')
    throw new WireError('The private key is encrypted; sealing needs one without a passphrase.', 0);
  reader.string();
  reader.string();
  if (reader.uint32() !== 1) throw new WireError('The file holds more than one key.', reader.offset);
  const blob = reader.string();
  const body = new WireReader(reader.string());
  reader.end();
  const [first, second] = [body.uint32(), body.uint32()];
  if (first !== second) throw new WireError('The check numbers differ; the key file is damaged.', 0);
  const algorithm = algorithmOf(body.text());
  const jwk = ALGORITHMS[algorithm].privateJwk(body);
  const key = signingKeyFromJwk(algorithm, jwk, body.text());
  if (Buffer.compare(key.publicKeyBlob, blob) !== 0) {
    throw new WireError('The public half does not belong to the private half; the key file is damaged.', 0);
  }
  return key;
}

/** A signature over bytes, as the SSH wire holds it. Ed25519 uses no randomness; ECDSA does. */
export function signBytes(key: SigningKey, data: Uint8Array): Uint8Array {
  const { digest, toWire } = ALGORITHMS[key.algorithm];
  return toWire(new Uint8Array(sign(digest, data, { key: key.privateKey, dsaEncoding: 'ieee-p1363' })));
}

/** Whether a key signed these bytes. Throws a WireError for a key or a signature that cannot be read. */
export function verifyBytes(publicKeyBlob: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  const { digest, fromWire } = ALGORITHMS[algorithmOfBlob(publicKeyBlob)];
  const key = publicKeyFromBlob(publicKeyBlob);
  return verify(digest, data, { key, dsaEncoding: 'ieee-p1363' }, fromWire(signature));
}

/** One line for a `.pub` file. */
export function publicKeyLine(key: SigningKey): string {
  return `${key.algorithm} ${Buffer.from(key.publicKeyBlob).toString('base64')} ${key.principal}`;
}
