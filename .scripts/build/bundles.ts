import { existsSync } from 'node:fs';
import { chmod, copyFile, glob, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { FONT_FILES } from '../../core/evidence/report/fonts.ts';
import { projectFolder } from '../install-packages.mjs';
import { launcher } from './launcher.ts';
import { notices } from './notices.ts';
import { jsonSchemas } from './schemas.ts';

const dist = join(projectFolder, 'dist');

/** Programs that run on Node; each becomes dist/<name>.mjs. They share chunks, so the core is bundled once. */
const nodeEntries: Readonly<Record<string, string>> = {
  cli: 'server/cli.ts',
  server: 'server/language-server.ts',
};
/** The extension: what VS Code loads. */
const clientEntry = 'client/extension.ts';
/** A worker's file ends in -worker.ts and becomes dist/<file name>.mjs, beside the chunk that starts it. */
const workerFiles = '{core,server}/**/*-worker.ts';

/** The report's fonts lie in dist/fonts, where the program looks for them first. */
const fonts = Object.values(FONT_FILES).map((file) => `node_modules/${file}`);

/** Of the manifest the programs read their version alone; the rest of it need not be in each of them. */
const versionOnly: Plugin = {
  name: 'version-only',
  setup: ({ onLoad }) => {
    onLoad({ filter: /package\.json$/ }, async ({ path }) => {
      if (path !== join(projectFolder, 'package.json')) return undefined;
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { readonly version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

const common = {
  absWorkingDir: projectFolder,
  bundle: true,
  plugins: [versionOnly],
  platform: 'node',
  // VS Code 1.101, the oldest that the extension supports, runs extensions on Node 22.
  target: 'node22',
  sourcemap: true,
  metafile: true,
  // What is tested and measured is what is packaged; source maps lie beside the bundles and are not packaged.
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
} satisfies BuildOptions;

export interface BuildReport {
  /** One line of text per bundle, with its size. */
  readonly lines: readonly string[];
  /** Entry points that do not exist. */
  readonly missing: readonly string[];
  readonly milliseconds: number;
}

/** Bundles everything whose entry point exists. The folder dist/ is made anew. Throws when a bundle does not build. */
export async function buildAll(): Promise<BuildReport> {
  const start = performance.now();
  const entries = await nodeEntryPoints();

  const missing = [...Object.values(nodeEntries), clientEntry].filter((file) => !existsSync(join(projectFolder, file)));
  const present = Object.entries(entries).filter(([, file]) => !missing.includes(file));

  await rm(dist, { recursive: true, force: true });
  await mkdir(join(dist, 'fonts'), { recursive: true });
  const [nodeResult, clientResult] = await Promise.all([
    present.length > 0 ? buildForNode(Object.fromEntries(present)) : null,
    missing.includes(clientEntry) ? null : buildClient(),
  ]);

  for (const font of fonts) await copyFile(join(projectFolder, font), join(dist, 'fonts', basename(font)));
  const inputs = [nodeResult, clientResult].flatMap((result) => Object.keys(result?.metafile.inputs ?? {}));
  for (const [file, schema] of Object.entries(jsonSchemas()))
    await writeFile(join(dist, file), `${JSON.stringify(schema, null, 2)}\n`);
  await writeFile(join(dist, 'NOTICES.txt'), await notices([...inputs, ...fonts]));
  if (entries.cli !== undefined && !missing.includes(entries.cli)) await installCommand();
  return {
    lines: [
      ...present.map(([name, file]) => sizeLine(`dist/${name}.mjs`, file, nodeResult?.metafile)),
      ...(clientResult ? [sizeLine('dist/client.cjs', clientEntry, clientResult.metafile)] : []),
    ],
    missing,
    milliseconds: performance.now() - start,
  };
}

async function nodeEntryPoints(): Promise<Record<string, string>> {
  const entries = { ...nodeEntries };
  for await (const file of glob(workerFiles, { cwd: projectFolder })) entries[basename(file, '.ts')] = file;
  return entries;
}

/** Bytes that the language server and the extension read at their start. Bundles both, and writes nothing. */
export async function bytesAtStart(): Promise<{ readonly server: number; readonly client: number }> {
  const [node, client] = await Promise.all([
    buildForNode(await nodeEntryPoints(), { write: false, sourcemap: false }),
    buildClient({ write: false, sourcemap: false }),
  ]);
  return {
    server: bytesOf(reachedAtStart('dist/server.mjs', node.metafile), node.metafile),
    client: bytesOf(reachedAtStart('dist/client.cjs', client.metafile), client.metafile),
  };
}

function buildForNode(
  entryPoints: Record<string, string>,
  options: { readonly write?: boolean; readonly sourcemap?: boolean } = {},
) {
  return build({
    ...common,
    ...options,
    entryPoints,
    outdir: 'dist',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    // What is imported lazily (pdfkit) becomes a chunk of its own, read only when it is needed.
    // Chunks lie beside the entries, so that `new URL('./x-worker.mjs', import.meta.url)` holds in both.
    splitting: true,
    chunkNames: '[name]-[hash]',
    // pdfkit reads its font metrics from its own folder unless it is taken in its self-contained build.
    // It is named by its path, since the package does not export it.
    alias: { pdfkit: join(projectFolder, 'node_modules/pdfkit/js/pdfkit.standalone.js') },
    banner: {
      js: "import { createRequire as bundleRequire } from 'node:module'; const require = bundleRequire(import.meta.url);",
    },
  });
}

function buildClient(options: { readonly write?: boolean; readonly sourcemap?: boolean } = {}) {
  return build({
    ...common,
    ...options,
    entryPoints: { client: clientEntry },
    outdir: 'dist',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
  });
}

/** dist/aegis.mjs, and the command `aegis` for `npx --no-install aegis` in the project's own folder. */
async function installCommand(): Promise<void> {
  const command = join(dist, 'aegis.mjs');
  await writeFile(command, launcher);
  await chmod(command, 0o755);
  const commands = join(projectFolder, 'node_modules', '.bin');
  await rm(join(commands, 'aegis'), { force: true });
  await symlink(relative(commands, command), join(commands, 'aegis'));
}

/** The outputs that an output imports by imports of these kinds, itself among them. */
function reached(output: string, { outputs }: Metafile, kinds: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    const chunk = outputs[file];
    if (chunk === undefined || seen.has(file)) return;
    seen.add(file);
    for (const imported of chunk.imports) if (kinds.includes(imported.kind)) visit(imported.path);
  };
  visit(output);
  return seen;
}

const reachedAtStart = (output: string, metafile: Metafile): ReadonlySet<string> =>
  reached(output, metafile, ['import-statement', 'require-call']);

const bytesOf = (files: Iterable<string>, { outputs }: Metafile): number =>
  [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);

/** Size of what is read when the entry starts (the entry and its static imports), and of what it reads later. */
function sizeLine(output: string, source: string, metafile: Metafile = { inputs: {}, outputs: {} }): string {
  const kilobytes = (files: Iterable<string>): string => `${Math.round(bytesOf(files, metafile) / 1000)} kB`;
  const atStart = reachedAtStart(output, metafile);
  const all = reached(output, metafile, ['import-statement', 'require-call', 'dynamic-import']);
  const later = [...all].filter((file) => !atStart.has(file));
  return `${output.padEnd(24)} ${kilobytes(atStart).padStart(8)} at start${later.length > 0 ? `, ${kilobytes(later)} when needed` : ''}  (${source})`;
}
