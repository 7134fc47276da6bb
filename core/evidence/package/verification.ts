/** What a verification asks, and what it answers. */
import type { EvidenceBundle } from '../bundle.ts';

/** The files of a folder, and what in it is not a plain readable file (a symbolic link, a socket ...). */
export interface PackageContents {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly problems: readonly VerificationProblem[];
}

export interface VerificationProblem {
  readonly message: string;
  /** What the reader should do. */
  readonly action: string;
  readonly file?: string;
  /** Byte in the file, counted from 0, where it is known. */
  readonly offset?: number;
}

export interface VerificationCheck {
  readonly id:
    | 'signature'
    | 'trust'
    | 'digests'
    | 'files'
    | 'bundle'
    | 'inputs'
    | 'diffs'
    | 'report'
    | 'sealer'
    | 'attestations'
    | 'timestamp'
    | 'approvals';
  readonly title: string;
  readonly status: 'ok' | 'failed' | 'not_run';
  /** What was found, in one sentence. */
  readonly summary: string;
  readonly problems: readonly VerificationProblem[];
}

export interface Verification {
  /** True only when every check ran and none failed. */
  readonly ok: boolean;
  readonly checks: readonly VerificationCheck[];
  /** The key that signed, where the signature could be read. */
  readonly keyFingerprint: string | null;
  /** The principals of the line in the allowed signers file that trusts the key. */
  readonly principals: readonly string[];
  /** When the package existed at the latest, in UTC, by a time stamp of an authority that the reader trusts; else null. */
  readonly timestamp: string | null;
  /** The bundle, only when everything is in order. */
  readonly bundle: EvidenceBundle | null;
}

export interface TrustInput {
  /** Text of the reader's own allowed_signers file. */
  readonly allowedSigners: string;
  /** Whose signature is expected; null accepts every principal of the file. */
  readonly principal: string | null;
  /** Milliseconds since 1970: the time at which the key must be allowed to sign. */
  readonly now: number;
  /** Text of the reader's file of revoked keys, one public key a line, as ssh-keygen -r takes it; nothing when absent. */
  readonly revokedKeys?: string;
  /**
   * When the package was recorded in a ledger whose head a key signed that is valid now, milliseconds since 1970. Like a
   * time stamp it shows that a key which was replaced since had sealed before.
   */
  readonly recordedAt?: number;
  /** Certificates in PEM of the time-stamping authorities that the reader trusts. Without them a stamp proves nothing. */
  readonly timestampAuthorities?: string;
}

export const FETCH_AGAIN =
  'Do not rely on this package; fetch it again from where it was sealed, or run the preflight again.';

const TITLES: Readonly<Record<VerificationCheck['id'], string>> = {
  signature: 'The signature over SHA256SUMS',
  trust: 'The key that signed is allowed to',
  digests: 'Every file has the digest in SHA256SUMS',
  files: 'The package holds these files and no others',
  bundle: 'The bundle follows its schema and agrees with itself',
  inputs: 'Configurations, topology and raw outputs are those that the bundle describes',
  diffs: 'Each diff leads from the configuration before to the one after',
  report: 'The report carries this bundle',
  sealer: 'The bundle names the key that signed',
  attestations: 'The in-toto statements say what the bundle says, signed by the same key',
  timestamp: 'The time stamp is of this package',
  approvals: 'Every approval is of this package, signed by a key that may approve',
};

export const failed = (id: VerificationCheck['id'], problems: readonly VerificationProblem[]): VerificationCheck => ({
  id,
  title: TITLES[id],
  status: 'failed',
  summary: problems[0]?.message ?? 'Failed.',
  problems,
});
export const passed = (id: VerificationCheck['id'], summary: string): VerificationCheck => ({
  id,
  title: TITLES[id],
  status: 'ok',
  summary,
  problems: [],
});
export const notRun = (id: VerificationCheck['id'], summary: string): VerificationCheck => ({
  id,
  title: TITLES[id],
  status: 'not_run',
  summary,
  problems: [],
});
