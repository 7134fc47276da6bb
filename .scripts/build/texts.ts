import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getL10nJson, type l10nJsonFormat } from '@vscode/l10n-dev';
import { projectFolder } from '../install-packages.mjs';

/** Where translators find the texts of the extension; a translation lies beside it as bundle.l10n.<language>.json. */
export const textsFile = join(projectFolder, 'client', 'l10n', 'bundle.l10n.json');

/** Every text that the extension shows through `l10n.t`, read from its sources. */
export function clientTexts(): Promise<l10nJsonFormat> {
  const files = globSync('client/**/*.ts', { cwd: projectFolder }).filter((file) => !file.endsWith('.test.ts'));
  const sources = files.sort().map((file) => ({
    extension: '.ts',
    contents: readFileSync(join(projectFolder, file), 'utf8'),
  }));
  return getL10nJson(sources);
}
