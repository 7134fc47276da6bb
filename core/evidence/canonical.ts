/** RFC 8785 (JSON Canonicalization Scheme): one value, one spelling, so that a digest of the bytes means the value. */
import canonicalize from 'canonicalize';
import type { EvidenceBundle } from './bundle.ts';

/** The canonical JSON text of a value. Throws on what JSON cannot hold: NaN, Infinity, lone surrogates, undefined. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only a JSON value has a canonical form; this value is undefined.');
  return text;
}

/** The bytes of bundle.json: canonical JSON in UTF-8, without a final line break. */
export function canonicalBytes(bundle: EvidenceBundle): Uint8Array {
  return new TextEncoder().encode(canonicalJson(bundle));
}
