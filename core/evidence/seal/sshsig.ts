/**
 * OpenSSH signatures of files (PROTOCOL.sshsig in the OpenSSH source): what `ssh-keygen -Y sign` writes and
 * `ssh-keygen -Y verify` reads, here made and checked with node:crypto.
 */
import { createHash } from 'node:crypto';
import { algorithmOfBlob, ECDSA_P256, ED25519, type SigningKey, signBytes, verifyBytes } from './openssh-key.ts';
import { armor, ascii, concat, dearmor, uint32, WireError, WireReader, wireString } from './ssh-wire.ts';

const LABEL = 'SSH SIGNATURE';
const MAGIC = ascii('SSHSIG');
const VERSION = 1;
const HASH = 'sha512';

/** A signature as its file states it; nothing of it is verified yet. */
export interface ParsedSignature {
  readonly publicKeyBlob: Uint8Array;
  readonly namespace: string;
  readonly signature: Uint8Array;
}

/** What is signed: not the message itself, but its hash bound to a namespace. */
function signedData(namespace: string, message: Uint8Array): Uint8Array {
  const digest = createHash(HASH).update(message).digest();
  return concat(MAGIC, wireString(namespace), wireString(''), wireString(HASH), wireString(digest));
}

/** The armored signature over a message. The same each time for an Ed25519 key, which uses no randomness. */
export function signMessage(message: Uint8Array, namespace: string, key: SigningKey): string {
  const signature = signBytes(key, signedData(namespace, message));
  return armor(
    LABEL,
    concat(
      MAGIC,
      uint32(VERSION),
      wireString(key.publicKeyBlob),
      wireString(namespace),
      wireString(''),
      wireString(HASH),
      wireString(concat(wireString(key.algorithm), wireString(signature))),
    ),
  );
}

/** Reads an armored signature. Throws a WireError with the place of the first thing that is wrong. */
export function parseSignature(text: string): ParsedSignature {
  const reader = new WireReader(dearmor(LABEL, text));
  if (Buffer.compare(reader.bytes(MAGIC.length), MAGIC) !== 0) throw new WireError('Not an SSH signature.', 0);
  const version = reader.uint32();
  if (version !== VERSION) throw new WireError(`Version ${version} of the signature format is not known.`, 0);
  const publicKeyBlob = reader.string();
  const namespace = reader.text();
  if (reader.string().length !== 0) throw new WireError('The reserved field of the signature is not empty.', 0);
  const hash = reader.text();
  if (hash !== HASH) throw new WireError(`The signature uses the hash ${hash}; only ${HASH} is accepted.`, 0);
  const inner = new WireReader(reader.string());
  reader.end();
  const algorithm = inner.text();
  if (algorithm !== ED25519 && algorithm !== ECDSA_P256)
    throw new WireError(`The signature's algorithm is ${algorithm}, not ${ED25519} or ${ECDSA_P256}.`, 0);
  if (algorithm !== algorithmOfBlob(publicKeyBlob))
    throw new WireError(`The signature's algorithm is ${algorithm}, which is not that of its key.`, 0);
  const signature = inner.string();
  inner.end();
  return { publicKeyBlob, namespace, signature };
}

/** Whether the key named in the signature signed this message in this namespace. Says nothing about trust in the key. */
export function verifyMessage(message: Uint8Array, namespace: string, parsed: ParsedSignature): boolean {
  if (parsed.namespace !== namespace) return false;
  return verifyBytes(parsed.publicKeyBlob, signedData(namespace, message), parsed.signature);
}
