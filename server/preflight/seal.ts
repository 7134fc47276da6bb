import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { PolicyDecision } from '../../core/evidence/policy.ts';
import type { Sealer } from '../../core/orchestrator/run.ts';

export interface SealSettings {
  /** Folder that holds all packages. */
  readonly evidenceFolder: string;
  /** Folders that must not hold the key. */
  readonly workspaces: readonly string[];
  /** Folder of this software in the user's configuration; the user's own when absent. */
  readonly configFolder?: string;
  /** The site's policy, which may name a time-stamping authority. */
  readonly policy?: PolicyDecision;
}

/** Seals runs with the user's signing key, which is made on first use. What only sealing needs is loaded then. */
export function sealer({ evidenceFolder, workspaces, configFolder, policy }: SealSettings): Sealer {
  return async (bundle, inputs, signal) => {
    const [{ readReportFonts, sealPackage }, { defaultPrincipal, loadOrCreateSigningKey }, site, { siteLedger }] =
      await Promise.all([
        import('../../core/evidence/files.ts'),
        import('../../core/evidence/key-store.ts'),
        import('../site/trust.ts'),
        import('../site/ledger.ts'),
      ]);
    const folder = site.ownConfigFolder(configFolder);
    const [fonts, { key }] = await Promise.all([
      readReportFonts(),
      loadOrCreateSigningKey({
        configFolder: folder,
        workspaces,
        principal: defaultPrincipal(hostname()),
        randomBytes: (length) => new Uint8Array(randomBytes(length)),
        platform: process.platform,
        userId: process.getuid?.() ?? null,
      }),
    ]);
    const timestamp = await timestamper(policy, signal);
    return sealPackage({
      evidenceFolder,
      bundle,
      inputs,
      key,
      fonts,
      ledger: siteLedger(evidenceFolder, key, await site.ownTrust(folder)),
      ...(timestamp && { timestamp }),
      ...(signal && { signal }),
    });
  };
}

/** Asks the authority that a believed policy names; there is none otherwise. */
async function timestamper(policy: PolicyDecision | undefined, signal: AbortSignal | undefined) {
  const { timestamps, perimeter = [] } = policy?.status === 'trusted' ? policy.policy : {};
  if (!timestamps) return undefined;
  const { requestTimestamp } = await import('../../core/evidence/timestamp-client.ts');
  return (sums: Uint8Array) =>
    requestTimestamp(sums, {
      address: timestamps.address,
      airGap: { perimeter },
      nonce: new Uint8Array(randomBytes(8)),
      ...(signal && { signal }),
    });
}
