/** The SSH wire encoding (RFC 4251 section 5): 32-bit integers and length-prefixed strings. */
import { createHash } from 'node:crypto';

/** A byte string that is not what it should be; `offset` is where, counted from its first byte. */
export class WireError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export function ascii(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf8'));
}

export function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** A string: its length in four bytes, then its bytes. */
export function wireString(value: Uint8Array | string): Uint8Array {
  const bytes = typeof value === 'string' ? ascii(value) : value;
  return concat(uint32(bytes.length), bytes);
}

/** A positive integer (`mpint`): no leading zeros, and one zero byte where the first bit would look like a sign. */
export function mpint(value: Uint8Array): Uint8Array {
  let start = 0;
  while (start < value.length && value[start] === 0) start += 1;
  const digits = value.subarray(start);
  return wireString((digits[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), digits) : digits);
}

/** Reads a wire encoding from front to back; every method throws a WireError past the end. */
export class WireReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get offset(): number {
    return this.#offset;
  }

  bytes(length: number): Uint8Array {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new WireError('The data ends too early.', this.#offset);
    const part = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return part;
  }

  uint32(): number {
    const part = this.bytes(4);
    return new DataView(part.buffer, part.byteOffset, 4).getUint32(0);
  }

  string(): Uint8Array {
    return this.bytes(this.uint32());
  }

  text(): string {
    return Buffer.from(this.string()).toString('utf8');
  }

  /** Throws when anything is left. */
  end(): void {
    if (this.#offset !== this.#bytes.length) throw new WireError('There is data after the end.', this.#offset);
  }
}

/** Base64 between a BEGIN and an END line, 70 characters a line, as OpenSSH writes it. */
export function armor(label: string, bytes: Uint8Array): string {
  const base64 = Buffer.from(bytes).toString('base64');
  const lines = base64.match(/.{1,70}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/**
 * The bytes inside an armor. Only the one spelling that `armor` writes is accepted: base64 has spare bits and allows
 * line breaks anywhere, and a file in which a bit may change unseen is no evidence.
 */
export function dearmor(label: string, text: string): Uint8Array {
  const begin = `-----BEGIN ${label}-----\n`;
  const end = `\n-----END ${label}-----\n`;
  if (!text.startsWith(begin)) throw new WireError(`The first line is not ${begin.trim()}.`, 0);
  if (!text.endsWith(end))
    throw new WireError(`The last line is not ${end.trim()}.`, Math.max(0, text.length - end.length));
  const bytes = new Uint8Array(Buffer.from(text.slice(begin.length, -end.length), 'base64'));
  const expected = armor(label, bytes);
  if (expected !== text) {
    let offset = 0;
    while (offset < text.length && text[offset] === expected[offset]) offset += 1;
    throw new WireError('The base64 text is not spelled as OpenSSH spells it.', offset);
  }
  return bytes;
}

/** The fingerprint that `ssh-keygen -l` shows for a public key blob. */
export function fingerprint(publicKeyBlob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(publicKeyBlob).digest('base64').replace(/=+$/, '')}`;
}
