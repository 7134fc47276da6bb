// Texts that the extension shows, so that they can be translated: the manifest's, and those of its sources.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clientTexts, textsFile } from '../../.scripts/build/texts.ts';

const project = resolve(import.meta.dirname, '../..');
const read = (file: string): unknown => JSON.parse(readFileSync(resolve(project, file), 'utf8'));

/** Members of a manifest whose values a person reads. */
const SHOWN = /^(title|name|contents|description|markdownDescription|displayName|contextualTitle|label)$/;
const LISTED = /^(enumDescriptions|markdownEnumDescriptions)$/;
/** Names of the product, which are the same in every language. */
const NAMES: ReadonlySet<string> = new Set(['AEGIS', 'aegis-network']);

/** Every text of the manifest that a person reads, with the way to it. */
function shownTexts(value: unknown, way: readonly string[] = []): readonly (readonly [string, string])[] {
  const name = way.findLast((part) => !/^\d+$/.test(part)) ?? '';
  if (typeof value === 'string')
    return SHOWN.test(way.at(-1) ?? '') || LISTED.test(name) ? [[way.join('.'), value]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => shownTexts(inner, [...way, key]));
}

describe('the manifest', () => {
  const { contributes, capabilities, displayName, description } = read('package.json') as Record<string, unknown>;
  const shown = shownTexts({ contributes, capabilities, displayName, description });
  const texts = read('package.nls.json') as Readonly<Record<string, string>>;

  test('has each text that a person reads in package.nls.json', () => {
    expect(shown.length).toBeGreaterThan(50);
    expect(shown.filter(([, text]) => !NAMES.has(text) && !/^%[^%]+%$/.test(text))).toEqual([]);
  });

  test('names texts that are there, and all of them', () => {
    const named = shown.flatMap(([, text]) => /^%([^%]+)%$/.exec(text)?.[1] ?? []);
    expect([...new Set(named)].sort()).toEqual(Object.keys(texts).sort());
  });
});

test('the sources show the texts that translators find in client/l10n; `npm run texts` writes them', async () => {
  const found = await clientTexts();
  expect(Object.keys(found).length).toBeGreaterThan(80);
  expect(read(textsFile)).toEqual(found);
});
