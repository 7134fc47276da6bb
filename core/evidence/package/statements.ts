/**
 * The in-toto statements of a package (in-toto Attestation Framework, Statement v1), each in a Sigstore bundle v0.3 of
 * its own. Both follow from the bundle alone, so that a verifier makes them again instead of reading them.
 */

import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { EvidenceBundle } from '../bundle.ts';
import { canonicalBytes, canonicalJson } from '../canonical.ts';
import { type Envelope, envelopeSchema, signEnvelope } from '../seal/dsse.ts';
import type { SigningKey } from '../seal/openssh-key.ts';
import { publicKeyFromBlob } from '../seal/openssh-key.ts';
import { sha256Hex } from '../seal/sha256sums.ts';
import { ascii } from '../seal/ssh-wire.ts';
import { readStrictJson } from '../strict-json.ts';
import { ATTESTATION_FILE, BUNDLE_FILE, configPath, TEST_RESULT_FILE } from './layout.ts';

const STATEMENT = 'https://in-toto.io/Statement/v1';
export const STATEMENT_PAYLOAD_TYPE = 'application/vnd.in-toto+json';
const SIGSTORE_BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** A name, not a place: `.invalid` (RFC 2606) can never be fetched, which is all that an air gap allows. */
export const PREFLIGHT_PREDICATE = 'https://aegis.invalid/attestation/network-preflight/v1';
export const TEST_RESULT_PREDICATE = 'https://in-toto.io/attestation/test-result/v0.1';

interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

/** Each configuration and the bundle, by their paths in the package. */
function subjectsOf(bundle: EvidenceBundle): readonly Subject[] {
  const subject = (name: string, sha256: string | null): readonly Subject[] =>
    sha256 === null ? [] : [{ name, digest: { sha256 } }];
  return [
    ...subject(BUNDLE_FILE, sha256Hex(canonicalBytes(bundle))),
    ...bundle.change.devices.flatMap(({ name, before, after }) => [
      ...subject(configPath.before(name), before),
      ...subject(configPath.after(name), after),
    ]),
    ...bundle.change.unchanged.flatMap(({ name, sha256 }) => subject(configPath.unchanged(name), sha256)),
  ];
}

/** What the run is and what it came to; the facts are in bundle.json, which is a subject. */
const preflightPredicate = ({ runId, created, operator, tool, policy, twin, verdict }: EvidenceBundle) => ({
  runId,
  created,
  operator,
  tool,
  policy,
  twin: twin.status === 'run' ? { engine: twin.engine, converged: twin.converged } : { notRun: twin.reason },
  verdict: { value: verdict.value, reasons: verdict.reasons.map(({ code }) => code) },
});

const RESULTS = { ship_ready: 'PASSED', needs_approval: 'WARNED', blocked: 'FAILED' } as const;

/** in-toto's test-result predicate v0.1, for tools that know no more than that. */
function testResultPredicate(bundle: EvidenceBundle) {
  const named = (...wanted: readonly string[]): readonly string[] =>
    bundle.stages.filter(({ status }) => wanted.includes(status)).map(({ id }) => id);
  return {
    result: RESULTS[bundle.verdict.value],
    configuration: subjectsOf(bundle).filter(({ name }) => name !== BUNDLE_FILE),
    passedTests: named('passed'),
    // A test that did not run has not passed.
    warnedTests: named('skipped', 'not_run'),
    failedTests: named('failed'),
  };
}

const STATEMENTS = [
  { file: ATTESTATION_FILE, predicateType: PREFLIGHT_PREDICATE, predicate: preflightPredicate },
  { file: TEST_RESULT_FILE, predicateType: TEST_RESULT_PREDICATE, predicate: testResultPredicate },
] as const;

/** The payload of each statement, by the file that holds it. */
export function statementPayloads(bundle: EvidenceBundle): ReadonlyMap<string, Uint8Array> {
  const subject = subjectsOf(bundle);
  return new Map(
    STATEMENTS.map(({ file, predicateType, predicate }) => [
      file,
      ascii(canonicalJson({ _type: STATEMENT, subject, predicateType, predicate: predicate(bundle) })),
    ]),
  );
}

export const sigstoreBundleSchema = z.strictObject({
  mediaType: z.literal(SIGSTORE_BUNDLE),
  verificationMaterial: z.strictObject({
    publicKey: z.strictObject({ hint: z.string() }),
    tlogEntries: z.array(z.never()),
  }),
  dsseEnvelope: envelopeSchema,
});
export type SigstoreBundle = z.infer<typeof sigstoreBundleSchema>;

/** By which a verifier finds the key among those that it trusts: the digest of the key's DER form, as Sigstore says it. */
export function keyHint(publicKeyBlob: Uint8Array): string {
  const der = publicKeyFromBlob(publicKeyBlob).export({ format: 'der', type: 'spki' });
  return createHash('sha256').update(der).digest('base64');
}

/** The public key as PEM, for openssl and Sigstore's tools. */
export const publicKeyPem = (publicKeyBlob: Uint8Array): string =>
  publicKeyFromBlob(publicKeyBlob).export({ format: 'pem', type: 'spki' }).toString();

const bundleOf = (dsseEnvelope: Envelope, publicKeyBlob: Uint8Array): SigstoreBundle => ({
  mediaType: SIGSTORE_BUNDLE,
  verificationMaterial: { publicKey: { hint: keyHint(publicKeyBlob) }, tlogEntries: [] },
  dsseEnvelope,
});

/** The signed statements of a bundle, by file. */
export function attest(bundle: EvidenceBundle, key: SigningKey): ReadonlyMap<string, Uint8Array> {
  return new Map(
    [...statementPayloads(bundle)].map(([file, payload]) => [
      file,
      ascii(canonicalJson(bundleOf(signEnvelope(STATEMENT_PAYLOAD_TYPE, payload, key), key.publicKeyBlob))),
    ]),
  );
}

/** Reads a Sigstore bundle of ours. Throws a JsonError or a RangeError that says what is wrong. */
export function readSigstoreBundle(bytes: Uint8Array): SigstoreBundle {
  const parsed = sigstoreBundleSchema.safeParse(readStrictJson(bytes));
  if (!parsed.success)
    throw new RangeError('The file is not a Sigstore bundle v0.3 with one DSSE signature by a public key.');
  if (Buffer.compare(ascii(canonicalJson(parsed.data)), bytes) !== 0)
    throw new RangeError('The Sigstore bundle is not in canonical form (RFC 8785).');
  return parsed.data;
}
