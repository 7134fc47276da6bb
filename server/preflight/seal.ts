import { randomBytes } from 'node:crypto';
import { homedir, hostname } from 'node:os';
import type { Sealer } from '../../core/orchestrator/run.ts';

export interface SealSettings {
  /** Folder that holds all packages. */
  readonly evidenceFolder: string;
  /** Folders that must not hold the key. */
  readonly workspaces: readonly string[];
  /** Folder of this software in the user's configuration; the user's own when absent. */
  readonly configFolder?: string;
}

/** Seals runs with the user's signing key, which is made on first use. What only sealing needs is loaded then. */
export function sealer({ evidenceFolder, workspaces, configFolder }: SealSettings): Sealer {
  return async (bundle, inputs, signal) => {
    const [{ readReportFonts, sealPackage }, { defaultConfigFolder, defaultPrincipal, loadOrCreateSigningKey }] =
      await Promise.all([import('../../core/evidence/files.ts'), import('../../core/evidence/key-store.ts')]);
    const [fonts, { key }] = await Promise.all([
      readReportFonts(),
      loadOrCreateSigningKey({
        configFolder: configFolder ?? defaultConfigFolder(process.env, process.platform, homedir()),
        workspaces,
        principal: defaultPrincipal(hostname()),
        randomBytes: (length) => new Uint8Array(randomBytes(length)),
        platform: process.platform,
        userId: process.getuid?.() ?? null,
      }),
    ]);
    return sealPackage({ evidenceFolder, bundle, inputs, key, fonts, ...(signal && { signal }) });
  };
}
