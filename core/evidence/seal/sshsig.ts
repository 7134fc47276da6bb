/**
 * OpenSSH signatures of files (PROTOCOL.sshsig in the OpenSSH source): what `ssh-keygen -Y sign` writes and
 * `ssh-keygen -Y verify` reads, here made and checked with node:crypto.
 */
import { createHash, sign, verify } from 'node:crypto';
import { ED25519, publicKeyFromBlob, type SigningKey } from './openssh-key.ts';
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

/** The armored signature over a message. Deterministic: Ed25519 uses no randomness. */
export function signMessage(message: Uint8Array, namespace: string, key: SigningKey): string {
  const signature = new Uint8Array(sign(null, signedData(namespace, message), key.privateKey));
  return armor(
    LABEL,
    concat(
      MAGIC,
      uint32(VERSION),
      wireString(key.publicKeyBlob),
      wireString(namespace),
      wireString(''),
      wireString(HASH),
      wireString(concat(wireString(ED25519), wireString(signature))),
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
  if (algorithm !== ED25519) throw new WireError(`The signature's algorithm is ${algorithm}, not ${ED25519}.`, 0);
  const signature = inner.string();
  inner.end();
  return { publicKeyBlob, namespace, signature };
}

/** Whether the key named in the signature signed this message in this namespace. Says nothing about trust in the key. */
export function verifyMessage(message: Uint8Array, namespace: string, parsed: ParsedSignature): boolean {
  if (parsed.namespace !== namespace) return false;
  return verify(null, signedData(namespace, message), publicKeyFromBlob(parsed.publicKeyBlob), parsed.signature);
}
