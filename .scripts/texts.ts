// `npm run texts`: writes the texts of the extension for translators, after one of them was changed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { clientTexts, textsFile } from './build/texts.ts';

const texts = await clientTexts();
const sorted = Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));
mkdirSync(dirname(textsFile), { recursive: true });
writeFileSync(textsFile, `${JSON.stringify(sorted, null, 2)}\n`);
console.log(`${Object.keys(texts).length} texts of the extension in client/l10n/bundle.l10n.json.`);
