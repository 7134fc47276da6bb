import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../install-packages.mjs';

/**
 * The licences of the packages whose files went into the bundles, as their authors ask to be passed on.
 * @param inputs paths of files, as esbuild's metafile names them
 */
export async function notices(inputs: Iterable<string>): Promise<string> {
  const folders = new Set<string>();
  for (const input of inputs) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match?.[1] !== undefined) folders.add(match[1]);
  }
  const texts = await Promise.all([...folders].sort().map(noticeOf));
  return `${['This program contains the following packages.', ...texts].join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}

async function noticeOf(packageFolder: string): Promise<string> {
  const folder = join(projectFolder, packageFolder);
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const files = (await readdir(folder)).filter((name) => /^(licen[cs]e|notice)/i.test(name)).sort();
  const texts = await Promise.all(files.map(async (name) => (await readFile(join(folder, name), 'utf8')).trim()));
  const title = `${String(manifest.name)} ${String(manifest.version)} (${String(manifest.license ?? 'see its licence')})`;
  return [title, ...texts].join('\n\n');
}
