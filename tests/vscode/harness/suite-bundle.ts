import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { projectFolder, suiteBundleFolder } from './paths.ts';

/**
 * Bundles the extension-host suite to CommonJS, which is what VS Code loads.
 * @returns the path of the module that exports run()
 */
export async function bundleSuite(): Promise<string> {
  const sources = join(projectFolder, 'tests', 'vscode', 'suite');
  rmSync(suiteBundleFolder, { recursive: true, force: true });
  await build({
    entryPoints: [
      join(sources, 'index.ts'),
      ...globSync('*.suite.ts', { cwd: sources }).map((file) => join(sources, file)),
    ],
    outdir: suiteBundleFolder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    outExtension: { '.js': '.cjs' },
    // One mocha for the runner and the suites: it is loaded from the project's packages.
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(suiteBundleFolder, 'index.cjs');
}
