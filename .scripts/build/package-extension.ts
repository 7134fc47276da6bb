import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { projectFolder } from '../install-packages.mjs';
import { buildAll } from './bundles.ts';

/** The packaged extension. */
export const packagePath = join(projectFolder, 'dist', 'aegis.vsix');

/** Builds the minified bundles and packs them. Says in one line what the package holds. */
export async function packageExtension(): Promise<string> {
  await buildAll({ minify: true });
  await createVSIX({
    cwd: projectFolder,
    packagePath,
    // Everything is in the bundles.
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: false,
  });
  const files = await listFiles({ cwd: projectFolder, packageManager: PackageManager.None });
  const { size } = await stat(packagePath);
  return `dist/aegis.vsix: ${files.length} files, ${Math.round(size / 1000)} kB.`;
}
