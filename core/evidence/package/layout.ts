/** Where everything lies in an evidence package, derived from the bundle: the one list that writer and verifier share. */
import type { EvidenceBundle } from '../bundle.ts';

export const BUNDLE_FILE = 'bundle.json';
export const REPORT_FILE = 'report.pdf';
export const SUMS_FILE = 'SHA256SUMS';
export const SIGNATURE_FILE = 'SHA256SUMS.sig';

/** The in-toto statements, each in a Sigstore bundle: what the run came to, and the same for generic tools. */
export const ATTESTATION_FILE = 'evidence.sigstore.json';
export const TEST_RESULT_FILE = 'test-result.sigstore.json';
/** An RFC 3161 time stamp of SHA256SUMS, and the sealer's signature over the stamp; both or neither. */
export const TIMESTAMP_FILE = 'SHA256SUMS.tsr';
export const TIMESTAMP_SIGNATURE_FILE = 'SHA256SUMS.tsr.sig';
export const TIMESTAMP_FILES: readonly string[] = [TIMESTAMP_FILE, TIMESTAMP_SIGNATURE_FILE];

/** The files that SHA256SUMS cannot list: itself, its signature, and the time stamp made of it. */
export const UNLISTED_FILES: readonly string[] = [SUMS_FILE, SIGNATURE_FILE, ...TIMESTAMP_FILES];

/** Approvals are made after the seal; each is signed by its own key: `approvals/<name>.dsse.json`. */
export const isApprovalFile = (path: string): boolean => /^approvals\/[^/]+\.dsse\.json$/.test(path);

export const STATE_FILES = {
  before: 'raw/state-before.json',
  after: 'raw/state-after.json',
  rolledBack: 'raw/state-rolled-back.json',
} as const;

export const configPath = {
  before: (device: string): string => `configs/before/${device}.cfg`,
  after: (device: string): string => `configs/after/${device}.cfg`,
  unchanged: (device: string): string => `configs/unchanged/${device}.cfg`,
};

export interface DescribedFile {
  readonly path: string;
  readonly sha256: string;
}

/** Every input file that the bundle names, with the SHA-256 that the bundle states for it. */
export function describedFiles(
  bundle: Pick<EvidenceBundle, 'change' | 'twin' | 'states' | 'raw'>,
): readonly DescribedFile[] {
  const files: DescribedFile[] = [];
  const add = (path: string, sha256: string | null): void => {
    if (sha256 !== null) files.push({ path, sha256 });
  };
  for (const { name, before, after } of bundle.change.devices) {
    add(configPath.before(name), before);
    add(configPath.after(name), after);
  }
  for (const { name, sha256 } of bundle.change.unchanged) add(configPath.unchanged(name), sha256);
  if (bundle.twin.status === 'run' && bundle.twin.topology.file !== null) {
    add(bundle.twin.topology.file, bundle.twin.topology.sha256);
  }
  for (const name of ['before', 'after', 'rolledBack'] as const) add(STATE_FILES[name], bundle.states[name]);
  for (const { name, sha256 } of bundle.raw) add(`raw/${name}`, sha256);
  return files;
}

/** Every file that a package with this bundle must have. A time stamp and approvals may stand beside them. */
export function expectedFiles(bundle: EvidenceBundle): readonly string[] {
  const described = describedFiles(bundle).map(({ path }) => path);
  return [...described, BUNDLE_FILE, REPORT_FILE, ATTESTATION_FILE, TEST_RESULT_FILE, SUMS_FILE, SIGNATURE_FILE];
}
