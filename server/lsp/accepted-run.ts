import { readApproval } from '../../core/evidence/approval.ts';
import type { EvidenceBundle } from '../../core/evidence/bundle.ts';
import { configPath, isApprovalFile } from '../../core/evidence/package/layout.ts';

type Files = ReadonlyMap<string, Uint8Array>;

/**
 * Whether the change of a verified package was accepted: it was ready to ship, or it needed an approval and has one that
 * nobody rejected. Approvals that do not fit the package have failed its verification before.
 */
export function isAccepted({ verdict }: EvidenceBundle, files: Files): boolean {
  const decisions = [...files]
    .filter(([path]) => isApprovalFile(path))
    .map(([, bytes]) => readApproval(bytes))
    .map((read) => (read.ok ? read.approval.decision : 'reject'));
  if (decisions.includes('reject')) return false;
  return verdict.value === 'ship_ready' || (verdict.value === 'needs_approval' && decisions.includes('approve'));
}

/** The configuration of a device once the change was made; undefined for one that the package does not have. */
export function configurationAfter({ change }: EvidenceBundle, files: Files, device: string): string | undefined {
  const changed = change.devices.find(({ name }) => name === device);
  const isUnchanged = change.unchanged.some(({ name }) => name === device);
  const path = changed ? configPath.after(device) : isUnchanged ? configPath.unchanged(device) : undefined;
  const bytes = path === undefined ? undefined : files.get(path);
  return bytes && new TextDecoder().decode(bytes);
}
