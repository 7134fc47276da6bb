import { createHash } from 'node:crypto';

/** The name space of all identifiers of this software (a random one, made once). */
const NAMESPACE = '6f1c2f0e-6d0b-4d5e-9a51-0b7c7d2f3c84';

/** A version 5 UUID (RFC 9562 5.5): the same name gives the same identifier, with dashes and in lower case. */
export function uuidV5(name: string): string {
  const digest = createHash('sha1')
    .update(Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest()
    .subarray(0, 16);
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
