/**
 * Verification of a package, in the order of trust: signature, trust in its key, digests, the list of files, the bundle,
 * and the bundle against everything else. Every check runs, so that the answer says all that is wrong; one that fails
 * makes the package invalid. Nothing of the package decides what is trusted. No I/O: files and the time are arguments.
 */
import { type EvidenceBundle, SEAL_NAMESPACE } from '../bundle.ts';
import { configurationText } from '../changed-device.ts';
import { parseBundle } from '../parse-bundle.ts';
import { attachedFile } from '../report/attachment.ts';
import { type AllowedSigner, AllowedSignersError, parseAllowedSigners, trust } from '../seal/allowed-signers.ts';
import { isRevoked, parseRevokedKeys, RevokedKeysError } from '../seal/revoked-keys.ts';
import { type ParsedSums, parseSums, sha256Hex, writeSums } from '../seal/sha256sums.ts';
import { fingerprint, WireError } from '../seal/ssh-wire.ts';
import { type ParsedSignature, parseSignature, verifyMessage } from '../seal/sshsig.ts';
import { firstDifference } from '../strict-json.ts';
import { applyUnifiedDiff } from '../text-diff.ts';
import { checkApprovals } from './check-approvals.ts';
import { checkAttestations } from './check-attestations.ts';
import { checkStamp } from './check-timestamp.ts';
import {
  BUNDLE_FILE,
  configPath,
  describedFiles,
  expectedFiles,
  isApprovalFile,
  REPORT_FILE,
  SIGNATURE_FILE,
  SUMS_FILE,
  TIMESTAMP_FILES,
  UNLISTED_FILES,
} from './layout.ts';
import {
  FETCH_AGAIN,
  failed,
  notRun,
  type PackageContents,
  passed,
  type TrustInput,
  type Verification,
  type VerificationCheck,
  type VerificationProblem,
} from './verification.ts';

export type { PackageContents, TrustInput, Verification, VerificationCheck, VerificationProblem };

const decode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const isUnlisted = (path: string): boolean => UNLISTED_FILES.includes(path) || isApprovalFile(path);

interface Signature {
  readonly check: VerificationCheck;
  readonly parsed: ParsedSignature | null;
}

/** Says which of the two files was altered, as far as that can be known. */
function blame(files: ReadonlyMap<string, Uint8Array>, sums: Uint8Array, parsed: ParsedSignature): VerificationProblem {
  const listed = new Map([...files].filter(([path]) => !isUnlisted(path)));
  let recomputed: Uint8Array;
  try {
    recomputed = new TextEncoder().encode(writeSums(listed));
  } catch {
    // A path that SHA256SUMS can never have listed: there is nothing to compare with.
    recomputed = sums;
  }
  const offset = firstDifference(sums, recomputed);
  if (offset === null) {
    return {
      file: SIGNATURE_FILE,
      message:
        'SHA256SUMS.sig was altered, or signs something else: it does not fit SHA256SUMS, whose digests fit the files.',
      action: FETCH_AGAIN,
    };
  }
  const sumsAltered = verifyMessage(recomputed, SEAL_NAMESPACE, parsed);
  return {
    file: SUMS_FILE,
    offset,
    message: sumsAltered
      ? `SHA256SUMS was altered at byte ${offset}: the signature fits the list that the files themselves give.`
      : `The signature does not fit SHA256SUMS, which differs from the files' own digests from byte ${offset} on.`,
    action: FETCH_AGAIN,
  };
}

function checkSignature(files: ReadonlyMap<string, Uint8Array>): Signature {
  const sums = files.get(SUMS_FILE);
  const armored = files.get(SIGNATURE_FILE);
  const missing = [...(sums ? [] : [SUMS_FILE]), ...(armored ? [] : [SIGNATURE_FILE])];
  if (!sums || !armored) {
    const problems = missing.map((file) => ({ file, message: `${file} is missing.`, action: FETCH_AGAIN }));
    return { check: failed('signature', problems), parsed: null };
  }
  let parsed: ParsedSignature;
  try {
    parsed = parseSignature(decode(armored));
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    const problem = {
      file: SIGNATURE_FILE,
      offset: error.offset,
      message: `SHA256SUMS.sig cannot be read. ${error.message}`,
      action: FETCH_AGAIN,
    };
    return { check: failed('signature', [problem]), parsed: null };
  }
  if (parsed.namespace !== SEAL_NAMESPACE) {
    const problem = {
      file: SIGNATURE_FILE,
      message: `The signature was made for ${JSON.stringify(parsed.namespace)}, not for ${SEAL_NAMESPACE}.`,
      action: FETCH_AGAIN,
    };
    return { check: failed('signature', [problem]), parsed: null };
  }
  try {
    if (verifyMessage(sums, SEAL_NAMESPACE, parsed)) {
      return { check: passed('signature', `Signed with ${fingerprint(parsed.publicKeyBlob)}.`), parsed };
    }
    return { check: failed('signature', [blame(files, sums, parsed)]), parsed };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    const message = `The public key in SHA256SUMS.sig cannot be used. ${error.message}`;
    return { check: failed('signature', [{ file: SIGNATURE_FILE, message, action: FETCH_AGAIN }]), parsed: null };
  }
}

/**
 * Whether the reader lets this key sign: now, or at the time that an authority stamped, since a key that was replaced
 * had sealed rightly before. A revoked key is never believed: whoever has it can write any time.
 */
function checkTrust(
  parsed: ParsedSignature | null,
  input: TrustInput,
  stamped: Date | null,
): { check: VerificationCheck; principals: readonly string[] } {
  const refuse = (message: string, action: string) => ({
    check: failed('trust', [{ message, action }]),
    principals: [],
  });
  if (!parsed) return { check: notRun('trust', 'There is no readable signature.'), principals: [] };
  let signers: readonly AllowedSigner[];
  try {
    signers = parseAllowedSigners(input.allowedSigners);
    if (isRevoked(parseRevokedKeys(input.revokedKeys ?? ''), parsed.publicKeyBlob)) {
      return refuse(
        `The key ${fingerprint(parsed.publicKeyBlob)} is revoked.`,
        'Do not rely on this package; ask the site to run the preflight again and seal it with its present key.',
      );
    }
  } catch (error) {
    if (error instanceof AllowedSignersError) return refuse(error.message, 'Correct the allowed signers file.');
    if (error instanceof RevokedKeysError) return refuse(error.message, 'Correct the revoked keys file.');
    throw error;
  }
  const decide = (time: number) => trust(signers, parsed.publicKeyBlob, input.principal, SEAL_NAMESPACE, time);
  const now = decide(input.now);
  const earlier = [stamped?.getTime(), input.recordedAt].flatMap((time) => (time === undefined ? [] : [decide(time)]));
  const decision = now.trusted ? now : (earlier.find(({ trusted }) => trusted) ?? now);
  if (!decision.trusted) {
    return refuse(
      `The key ${fingerprint(parsed.publicKeyBlob)} is not trusted: ${decision.reason}.`,
      'Ask the site that sealed the run for its public key over another channel, and add it to your allowed signers only if it is theirs.',
    );
  }
  const { principals, lineNumber } = decision.signer;
  return { check: passed('trust', `Allowed as ${principals.join(', ')} by line ${lineNumber}.`), principals };
}

/** Digests of the listed files; missing and unlisted files are the next check's. */
function checkDigests(files: ReadonlyMap<string, Uint8Array>, sums: ParsedSums | null): VerificationCheck {
  if (!sums) return notRun('digests', 'SHA256SUMS is missing.');
  if (!sums.ok) {
    const message = `SHA256SUMS cannot be read at byte ${sums.offset}. ${sums.message}`;
    return failed('digests', [{ file: SUMS_FILE, offset: sums.offset, message, action: FETCH_AGAIN }]);
  }
  const problems: VerificationProblem[] = [];
  for (const [file, expected] of sums.sums) {
    const bytes = files.get(file);
    if (bytes && sha256Hex(bytes) !== expected) {
      problems.push({
        file,
        ...alteredAt(files, file),
        message: `${file} does not have the digest in SHA256SUMS.`,
        action: FETCH_AGAIN,
      });
    }
  }
  return problems.length > 0 ? failed('digests', problems) : passed('digests', `${sums.sums.size} files.`);
}

/** The place of an alteration of bundle.json: the report carries a second copy of it. */
function alteredAt(files: ReadonlyMap<string, Uint8Array>, file: string): { readonly offset?: number } {
  const report = files.get(REPORT_FILE);
  const bundle = files.get(BUNDLE_FILE);
  const copy = file === BUNDLE_FILE && report ? attachedFile(report) : null;
  const offset = copy && bundle ? firstDifference(bundle, copy) : null;
  return offset === null ? {} : { offset };
}

function checkFiles(
  contents: PackageContents,
  sums: ParsedSums | null,
  bundle: EvidenceBundle | null,
): VerificationCheck {
  const problems: VerificationProblem[] = [...contents.problems];
  const lists: [string, ReadonlySet<string>][] = [];
  if (sums?.ok) lists.push([SUMS_FILE, new Set([...sums.sums.keys(), SUMS_FILE, SIGNATURE_FILE])]);
  if (bundle) lists.push([BUNDLE_FILE, new Set(expectedFiles(bundle))]);
  if (lists.length === 0)
    return problems.length > 0 ? failed('files', problems) : notRun('files', 'There is no list of files.');
  const unusual = new Set(contents.problems.map(({ file }) => file));
  for (const [list, expected] of lists) {
    for (const file of expected) {
      if (!contents.files.has(file) && !unusual.has(file)) {
        problems.push({ file, message: `${file} is missing; ${list} names it.`, action: FETCH_AGAIN });
      }
    }
    for (const file of contents.files.keys()) {
      if (!expected.has(file) && !TIMESTAMP_FILES.includes(file) && !isApprovalFile(file)) {
        const action =
          'Nothing vouches for this file. Remove it from the folder, or keep it elsewhere, and verify again.';
        problems.push({ file, message: `${file} is not named by ${list}.`, action });
      }
    }
  }
  return problems.length > 0
    ? failed('files', problems)
    : passed('files', `${contents.files.size} files, all plain files.`);
}

function checkInputs(files: ReadonlyMap<string, Uint8Array>, bundle: EvidenceBundle): VerificationCheck {
  const described = describedFiles(bundle);
  const problems = described.flatMap(({ path, sha256 }): VerificationProblem[] => {
    const bytes = files.get(path);
    if (bytes && sha256Hex(bytes) === sha256) return [];
    const message = bytes ? `${path} does not have the SHA-256 that the bundle states.` : `${path} is missing.`;
    return [{ file: path, message, action: FETCH_AGAIN }];
  });
  return problems.length > 0 ? failed('inputs', problems) : passed('inputs', `${described.length} files.`);
}

function checkDiffs(files: ReadonlyMap<string, Uint8Array>, bundle: EvidenceBundle): VerificationCheck {
  const text = (path: string): string => configurationText(files.get(path) ?? new Uint8Array());
  const problems = bundle.change.devices
    .filter(({ name, diff }) => applyUnifiedDiff(text(configPath.before(name)), diff) !== text(configPath.after(name)))
    .map(({ name }): VerificationProblem => {
      const message = `The diff of ${name} in the bundle does not lead from ${configPath.before(name)} to ${configPath.after(name)}.`;
      return { file: BUNDLE_FILE, message, action: FETCH_AGAIN };
    });
  return problems.length > 0
    ? failed('diffs', problems)
    : passed('diffs', bundle.change.devices.length === 1 ? '1 device.' : `${bundle.change.devices.length} devices.`);
}

function checkReport(files: ReadonlyMap<string, Uint8Array>): VerificationCheck {
  const report = files.get(REPORT_FILE);
  const bundle = files.get(BUNDLE_FILE);
  if (!report || !bundle) return notRun('report', 'The report or the bundle is missing.');
  const copy = attachedFile(report);
  if (!copy) {
    const message = 'report.pdf carries no readable bundle.json.';
    return failed('report', [{ file: REPORT_FILE, message, action: FETCH_AGAIN }]);
  }
  const offset = firstDifference(copy, bundle);
  if (offset === null) return passed('report', 'The bundle attached to report.pdf is bundle.json, byte for byte.');
  const message = `The bundle attached to report.pdf differs from bundle.json from byte ${offset} on.`;
  return failed('report', [{ file: REPORT_FILE, offset, message, action: FETCH_AGAIN }]);
}

function checkSealer(bundle: EvidenceBundle, parsed: ParsedSignature | null): VerificationCheck {
  if (!parsed) return notRun('sealer', 'There is no readable signature.');
  const actual = fingerprint(parsed.publicKeyBlob);
  if (bundle.integrity.keyFingerprint === actual) return passed('sealer', `Both are ${actual}.`);
  const message = `The bundle names the key ${bundle.integrity.keyFingerprint}, but ${actual} signed.`;
  return failed('sealer', [{ file: BUNDLE_FILE, message, action: FETCH_AGAIN }]);
}

/** Verifies the files of a package. */
export function verifyContents(contents: PackageContents, input: TrustInput): Verification {
  const { files } = contents;
  const { check: signature, parsed } = checkSignature(files);
  const stamp = parsed && checkStamp(files, parsed.publicKeyBlob, input.timestampAuthorities);
  const { check: trusted, principals } = checkTrust(parsed, input, stamp?.time ?? null);
  const sumsBytes = files.get(SUMS_FILE);
  const sums = sumsBytes ? parseSums(decode(sumsBytes)) : null;
  const bundleBytes = files.get(BUNDLE_FILE);
  const result = bundleBytes ? parseBundle(bundleBytes) : null;
  const bundle = result?.ok ? result.bundle : null;

  const checks: VerificationCheck[] = [
    signature,
    trusted,
    checkDigests(files, sums),
    checkFiles(contents, sums, bundle),
  ];
  if (result && !result.ok) {
    const problems = result.problems.map(({ message, offset }) => ({
      file: BUNDLE_FILE,
      message,
      offset,
      action: FETCH_AGAIN,
    }));
    checks.push(failed('bundle', problems));
  } else if (bundle) checks.push(passed('bundle', `Run ${bundle.runId}, verdict ${bundle.verdict.value}.`));
  else checks.push(notRun('bundle', 'bundle.json is missing.'));
  if (bundle)
    checks.push(checkInputs(files, bundle), checkDiffs(files, bundle), checkReport(files), checkSealer(bundle, parsed));
  else
    checks.push(
      ...(['inputs', 'diffs', 'report', 'sealer'] as const).map((id) => notRun(id, 'There is no valid bundle.')),
    );

  if (bundle && parsed) checks.push(checkAttestations(files, bundle, parsed.publicKeyBlob));
  else checks.push(notRun('attestations', 'There is no valid bundle, or no readable signature.'));
  if (stamp) checks.push(stamp.check);
  const approvals = bundle && checkApprovals(files, bundle, input.allowedSigners);
  if (approvals) checks.push(approvals);

  const ok = checks.every(({ status }) => status === 'ok');
  return {
    ok,
    checks,
    keyFingerprint: parsed ? fingerprint(parsed.publicKeyBlob) : null,
    principals,
    timestamp: ok ? (stamp?.time?.toISOString() ?? null) : null,
    bundle: ok ? bundle : null,
  };
}
