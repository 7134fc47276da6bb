/** From a bundle and its input files to the complete, signed set of files of a package. No I/O. */
import { type EvidenceBundle, type LedgerHead, SEAL_NAMESPACE, type UnsealedBundle } from '../bundle.ts';
import { canonicalBytes } from '../canonical.ts';
import { checkBundle } from '../parse-bundle.ts';
import type { ReportFonts } from '../report/fonts.ts';
import { renderReport } from '../report/report.ts';
import { allowedSignerLine } from '../seal/allowed-signers.ts';
import type { SigningKey } from '../seal/openssh-key.ts';
import { sha256Hex, writeSums } from '../seal/sha256sums.ts';
import { signMessage } from '../seal/sshsig.ts';
import { TimestampError } from '../seal/timestamp.ts';
import { TIMESTAMP_NAMESPACE } from './check-timestamp.ts';
import {
  BUNDLE_FILE,
  describedFiles,
  REPORT_FILE,
  SIGNATURE_FILE,
  SUMS_FILE,
  TIMESTAMP_FILE,
  TIMESTAMP_SIGNATURE_FILE,
} from './layout.ts';
import { attest } from './statements.ts';
import { verifyContents } from './verify.ts';

/** Input files by their path in the package, as layout.ts names them: `configs/before/r1.cfg`, `raw/state-after.json`. */
export type PackageInputs = ReadonlyMap<string, Uint8Array>;

export interface ComposedPackage {
  readonly bundle: EvidenceBundle;
  /** Every file of the package, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly bundleSha256: string;
  /** Why there is no time stamp although one was asked for. The seal does not wait for the authority. */
  readonly unstamped?: string;
}

const MOST_NAMED = 5;

/** Throws when the inputs are not exactly the files, byte for byte, that the bundle describes. */
function checkInputs(bundle: EvidenceBundle, inputs: PackageInputs): void {
  const described = describedFiles(bundle);
  const problems: string[] = [];
  for (const { path, sha256 } of described) {
    const bytes = inputs.get(path);
    if (!bytes) problems.push(`${path} is described but missing`);
    else if (sha256Hex(bytes) !== sha256) problems.push(`${path} does not have the SHA-256 that the bundle states`);
  }
  const paths = new Set(described.map(({ path }) => path));
  for (const path of inputs.keys()) if (!paths.has(path)) problems.push(`${path} is not described`);
  if (problems.length > 0) {
    const rest = problems.length > MOST_NAMED ? `, and ${problems.length - MOST_NAMED} more` : '';
    throw new Error(`The run cannot be sealed: ${problems.slice(0, MOST_NAMED).join('; ')}${rest}.`);
  }
}

/** What leaves here must pass the verification that others will make. */
function checkOwnWork(files: ReadonlyMap<string, Uint8Array>, key: SigningKey): void {
  const verification = verifyContents(
    { files, problems: [] },
    {
      allowedSigners: allowedSignerLine(key.principal, SEAL_NAMESPACE, key.algorithm, key.publicKeyBlob),
      principal: key.principal,
      now: 0,
    },
  );
  if (verification.ok) return;
  const summaries = verification.checks.filter(({ status }) => status !== 'ok').map(({ summary }) => summary);
  throw new Error(`The run cannot be sealed: its package would not verify. ${summaries.join(' ')}`);
}

export interface ComposeOptions {
  /** The head of the ledger before this run, which the bundle and with it the report carry. */
  readonly ledger?: LedgerHead;
  /** Makes the report; it must carry the bundle's bytes. The real report when absent. */
  readonly render?: (bundle: EvidenceBundle, bundleBytes: Uint8Array) => Promise<Uint8Array>;
  /** Takes a time stamp of SHA256SUMS. */
  readonly timestamp?: (sums: Uint8Array) => Promise<Uint8Array>;
}

/** Makes the files of a package. Throws, with a sentence, when the bundle is not one that may be sealed. */
export async function composePackage(
  unsealed: UnsealedBundle,
  inputs: PackageInputs,
  key: SigningKey,
  fonts: ReportFonts,
  options: ComposeOptions = {},
): Promise<ComposedPackage> {
  const integrity = {
    namespace: SEAL_NAMESPACE,
    principal: key.principal,
    keyFingerprint: key.fingerprint,
    ...(options.ledger && { ledger: options.ledger }),
  } as const;
  const checked = checkBundle({ ...unsealed, integrity });
  if (!checked.ok) {
    const messages = checked.problems.map(({ message }) => message);
    throw new Error(`The run cannot be sealed, its bundle is not valid. ${messages.join(' ')}`);
  }
  const { bundle } = checked;
  checkInputs(bundle, inputs);

  const bundleBytes = canonicalBytes(bundle);
  const files = new Map(inputs);
  files.set(BUNDLE_FILE, bundleBytes);
  const { render = () => renderReport(bundle, { bundleBytes, fonts, verified: true }) } = options;
  files.set(REPORT_FILE, await render(bundle, bundleBytes));
  for (const [file, bytes] of attest(bundle, key)) files.set(file, bytes);
  const sums = new TextEncoder().encode(writeSums(files));
  files.set(SUMS_FILE, sums);
  files.set(SIGNATURE_FILE, new TextEncoder().encode(signMessage(sums, SEAL_NAMESPACE, key)));
  const stamp = await options.timestamp?.(sums).catch((error: unknown) => {
    if (error instanceof TimestampError) return error;
    throw error;
  });
  if (stamp && !(stamp instanceof TimestampError)) {
    files.set(TIMESTAMP_FILE, stamp);
    files.set(TIMESTAMP_SIGNATURE_FILE, new TextEncoder().encode(signMessage(stamp, TIMESTAMP_NAMESPACE, key)));
  }
  checkOwnWork(files, key);
  const unstamped = stamp instanceof TimestampError ? { unstamped: stamp.message } : {};
  return { bundle, files, bundleSha256: sha256Hex(bundleBytes), ...unstamped };
}
