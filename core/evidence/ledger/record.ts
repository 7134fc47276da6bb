/** A line of the ledger: what happened, to which run, bound to the line before it by that line's digest. */
import * as z from 'zod/mini';
import { canonicalJson } from '../canonical.ts';
import { fileName, type Immutable, identifier, line, lineNumber, sha256, utc } from '../primitives.ts';
import { sha256Hex } from '../seal/sha256sums.ts';
import { ascii } from '../seal/ssh-wire.ts';
import { JsonError, readStrictJson } from '../strict-json.ts';

export const RECORD_TYPES = ['run', 'approve', 'promote', 'deny', 'key', 'verify'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

export const recordSchema = z.strictObject({
  /** Number of the line, from 1. */
  seq: lineNumber,
  time: utc,
  /** SHA-256 of the exact bytes of the line before, without its line break; 64 zeros for the first line. */
  prev: sha256,
  type: z.enum(RECORD_TYPES),
  /** Who did it, as far as this software knows: the account, or the principal of a key. */
  actor: line,
  /** The run that it is about; null for keys. */
  run: z.nullable(fileName),
  /** What it happened to, by digest: `bundle`, `sums`, `approval`, `record` ... */
  digests: z.record(identifier, sha256),
  /** Nonces of approvals that this record uses up; each occurs once in a whole ledger. */
  nonces: z.array(z.string().check(z.regex(/^[0-9a-f]{32}$/))),
  /** One sentence. */
  note: line,
});
export type LedgerRecord = Immutable<z.infer<typeof recordSchema>>;
/** What a caller says; the ledger adds its place and time. */
export type LedgerEntry = Omit<LedgerRecord, 'seq' | 'time' | 'prev'>;

export const FIRST_PREV = '0'.repeat(64);

/** The bytes of a record's line, without its line break. */
export const recordBytes = (record: LedgerRecord): Uint8Array => ascii(canonicalJson(recordSchema.parse(record)));

export const lineDigest = (bytes: Uint8Array): string => sha256Hex(bytes);

export type ReadRecord =
  | { readonly ok: true; readonly record: LedgerRecord }
  | { readonly ok: false; readonly reason: string };

/** Reads one line in its canonical spelling. */
export function readRecord(bytes: Uint8Array): ReadRecord {
  let value: unknown;
  try {
    value = readStrictJson(bytes);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { ok: false, reason: error.message };
  }
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) return { ok: false, reason: 'It does not follow the schema of a record.' };
  if (Buffer.compare(ascii(canonicalJson(parsed.data)), bytes) !== 0)
    return { ok: false, reason: 'It is not in canonical form (RFC 8785).' };
  return { ok: true, record: parsed.data };
}

/** The complete lines of a file, and what follows the last line break. */
export function splitLines(bytes: Uint8Array): { readonly lines: readonly Uint8Array[]; readonly rest: Uint8Array } {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
    lines.push(bytes.subarray(from, at));
    from = at + 1;
  }
  return { lines, rest: bytes.subarray(from) };
}
