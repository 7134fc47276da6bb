/** Where everything lies in an evidence package, derived from the bundle: the one list that writer and verifier share. */
import type { EvidenceBundle } from '../bundle.ts';

export const BUNDLE_FILE = 'bundle.json';
export const REPORT_FILE = 'report.pdf';
export const SUMS_FILE = 'SHA256SUMS';
export const SIGNATURE_FILE = 'SHA256SUMS.sig';

/** The files that SHA256SUMS cannot list: itself and its signature. */
export const UNLISTED_FILES: readonly string[] = [SUMS_FILE, SIGNATURE_FILE];

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

/** Every file of a package with this bundle. */
export function expectedFiles(bundle: EvidenceBundle): readonly string[] {
  return [...describedFiles(bundle).map(({ path }) => path), BUNDLE_FILE, REPORT_FILE, ...UNLISTED_FILES];
}
