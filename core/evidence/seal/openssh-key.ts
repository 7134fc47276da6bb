/**
 * Ed25519 keys in OpenSSH's own file formats (PROTOCOL.key in the OpenSSH source), so that ssh-keygen reads our key and
 * we read one that ssh-keygen made.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { armor, ascii, concat, dearmor, fingerprint, uint32, WireError, WireReader, wireString } from './ssh-wire.ts';

export const ED25519 = 'ssh-ed25519';
const MAGIC = ascii('openssh-key-v1\0');
const LABEL = 'OPENSSH PRIVATE KEY';

/** A key that can seal. */
export interface SigningKey {
  /** The name by which an allowed_signers file knows it, for example `seal@noc-1`. */
  readonly principal: string;
  /** The public key in wire encoding. */
  readonly publicKeyBlob: Uint8Array;
  readonly fingerprint: string;
  readonly privateKey: KeyObject;
}

export function publicKeyBlob(publicKey: Uint8Array): Uint8Array {
  return concat(wireString(ED25519), wireString(publicKey));
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/** The public half of a blob, ready for node:crypto. Throws a WireError for every other kind of key. */
export function publicKeyFromBlob(blob: Uint8Array): KeyObject {
  const reader = new WireReader(blob);
  const type = reader.text();
  if (type !== ED25519) throw new WireError(`The key is of type ${type}; only ${ED25519} can seal.`, 0);
  const key = reader.string();
  reader.end();
  if (key.length !== 32) throw new WireError('An Ed25519 public key has 32 bytes.', 0);
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: base64url(key) }, format: 'jwk' });
}

/** A signing key from its 32-byte seed. */
export function signingKeyFromSeed(seed: Uint8Array, principal: string): SigningKey {
  if (seed.length !== 32) throw new RangeError('An Ed25519 seed has 32 bytes.');
  // PKCS #8 of an Ed25519 key is a fixed prefix and the seed (RFC 8410 section 7).
  const der = concat(Buffer.from('302e020100300506032b657004220420', 'hex'), seed);
  const privateKey = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  const blob = publicKeyBlob(new Uint8Array(Buffer.from(x as string, 'base64url')));
  return { principal, publicKeyBlob: blob, fingerprint: fingerprint(blob), privateKey };
}

/** The seed of a key, 32 bytes. */
function seedOf(key: SigningKey): Uint8Array {
  const { d } = key.privateKey.export({ format: 'jwk' });
  return new Uint8Array(Buffer.from(d as string, 'base64url'));
}

/** The private key's file. `checkNumber` is any 32-bit number; OpenSSH writes a random one twice. */
export function writePrivateKey(key: SigningKey, checkNumber: number): string {
  const publicKey = key.publicKeyBlob.subarray(-32);
  const body = concat(
    uint32(checkNumber),
    uint32(checkNumber),
    wireString(ED25519),
    wireString(publicKey),
    wireString(concat(seedOf(key), publicKey)),
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

/** Reads an unencrypted Ed25519 private key; its comment becomes the principal. Throws a WireError that says why not. */
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
  const type = body.text();
  if (type !== ED25519) throw new WireError(`The key is of type ${type}; only ${ED25519} can seal.`, 0);
  body.string();
  const pair = body.string();
  const key = signingKeyFromSeed(pair.subarray(0, 32), body.text());
  if (Buffer.compare(key.publicKeyBlob, blob) !== 0) {
    throw new WireError('The public half does not belong to the private half; the key file is damaged.', 0);
  }
  return key;
}

/** One line for a `.pub` file. */
export function publicKeyLine(key: SigningKey): string {
  return `${ED25519} ${Buffer.from(key.publicKeyBlob).toString('base64')} ${key.principal}`;
}
