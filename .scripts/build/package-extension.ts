import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { projectFolder } from '../install-packages.mjs';
import { buildAll } from './bundles.ts';

/** The packaged extension. */
const packagePath = join(projectFolder, 'dist', 'aegis.vsix');

/** What the package may hold a part of; .vscodeignore says which part. */
const parts = [
  'package.json',
  'package.nls.json',
  'README.md',
  'LICENSE',
  '.vscodeignore',
  'dist',
  'syntaxes',
  'client',
];

/**
 * Copies the parts into a folder of their own, since vsce walks through everything beside the manifest, among it
 * whatever is installed for the tests.
 */
async function withStaging<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-package-'));
  try {
    for (const part of parts) {
      const source = join(projectFolder, part);
      if (existsSync(source)) await cp(source, join(folder, part), { recursive: true });
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Paths of the files that the package holds, with dist/ as it is now. */
export function packagedFiles(): Promise<readonly string[]> {
  return withStaging((cwd) => listFiles({ cwd, packageManager: PackageManager.None }));
}

/** Builds the bundles and packs them. Says in one line what the package holds. */
export async function packageExtension(): Promise<string> {
  const { lines } = await buildAll();
  for (const line of lines) console.log(line);
  const files = await withStaging(async (cwd) => {
    // The dependencies are in the bundles.
    await createVSIX({
      cwd,
      packagePath,
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    });
    return await listFiles({ cwd, packageManager: PackageManager.None });
  });
  const { size } = await stat(packagePath);
  return `dist/aegis.vsix: ${files.length} files, ${Math.round(size / 1000)} kB.`;
}
