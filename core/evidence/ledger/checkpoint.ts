/**
 * The signed head of a ledger: a checkpoint (C2SP tlog-checkpoint) in a signed note (C2SP signed-note). Copied to
 * anywhere else, it makes a ledger that was cut or rewritten later visible; a chain alone cannot show that.
 */
import { createHash } from 'node:crypto';
import type { LedgerHead } from '../bundle.ts';
import {
  algorithmOfBlob,
  ED25519,
  publicKeyFromBlob,
  type SigningKey,
  signBytes,
  verifyBytes,
} from '../seal/openssh-key.ts';
import { ascii, concat, WireError } from '../seal/ssh-wire.ts';

export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

export interface Checkpoint extends LedgerHead {
  /** The signed text. */
  readonly text: string;
  readonly signatures: readonly {
    readonly name: string;
    readonly keyHash: Uint8Array;
    readonly signature: Uint8Array;
  }[];
}

const headText = ({ origin, size, root }: LedgerHead): string =>
  `${origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\n`;

/** Type and public key as signed-note hashes them: 1 is Ed25519 with its 32 bytes, 2 is ECDSA with its DER form. */
function keyHash(name: string, blob: Uint8Array): Uint8Array {
  const [type, key] =
    algorithmOfBlob(blob) === ED25519
      ? [1, blob.subarray(-32)]
      : [2, new Uint8Array(publicKeyFromBlob(blob).export({ format: 'der', type: 'spki' }))];
  return new Uint8Array(
    createHash('sha256')
      .update(concat(ascii(`${name}\n`), Uint8Array.of(type), key))
      .digest(),
  ).subarray(0, 4);
}

export function signHead(head: LedgerHead, key: SigningKey): string {
  const text = headText(head);
  const signature = concat(keyHash(key.principal, key.publicKeyBlob), signBytes(key, ascii(text)));
  return `${text}\n\u2014 ${key.principal} ${Buffer.from(signature).toString('base64')}\n`;
}

/** Reads a signed head; nothing of it is verified yet. Throws a CheckpointError. */
export function readCheckpoint(note: string): Checkpoint {
  const match =
    /^([^\n]+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n\n((?:\u2014 [^\s+]+ [A-Za-z0-9+/]+={0,2}\n)+)$/.exec(note);
  const [, origin = '', size = '', root = '', lines = ''] = match ?? [];
  const head = { origin, size: Number(size), root: Buffer.from(root, 'base64').toString('hex') };
  const text = headText(head);
  if (!match || !note.startsWith(`${text}\n`))
    throw new CheckpointError('The head of the ledger is not a signed checkpoint.');
  const signatures = lines
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, name = '', base64 = ''] = line.split(' ');
      const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
      if (bytes.length <= 4 || Buffer.from(bytes).toString('base64') !== base64)
        throw new CheckpointError('A signature of the head of the ledger cannot be read.');
      return { name, keyHash: bytes.subarray(0, 4), signature: bytes.subarray(4) };
    });
  return { ...head, text, signatures };
}

/** Whether this key signed the head under this name. */
export function isSignedBy({ text, signatures }: Checkpoint, name: string, publicKeyBlob: Uint8Array): boolean {
  return signatures.some((one) => {
    if (one.name !== name || Buffer.compare(one.keyHash, keyHash(name, publicKeyBlob)) !== 0) return false;
    try {
      return verifyBytes(publicKeyBlob, ascii(text), one.signature);
    } catch (error) {
      if (error instanceof WireError) return false;
      throw error;
    }
  });
}
