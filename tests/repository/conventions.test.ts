// Habits of the repository that no linter knows.
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const project = resolve(import.meta.dirname, '../..');
const sources = globSync('{core,server,client}/**/*.ts', { cwd: project });
const isTest = (file: string): boolean => file.endsWith('.test.ts');

/** Lines of the files that match, as "file:line text". */
function matches(files: readonly string[], pattern: RegExp): readonly string[] {
  return files.flatMap((file) =>
    readFileSync(join(project, file), 'utf8')
      .split('\n')
      .flatMap((text, index) => (pattern.test(text) ? [`${file}:${index + 1} ${text.trim()}`] : [])),
  );
}

test('types are imported by import statements, which the layering check reads', () => {
  // `x: import('./y.ts').Y` is a dependency that dependency-cruiser does not see. `await import()` it sees.
  expect(matches(sources, /(?<!await |=> )\bimport\(['"][^'"]+['"]\)\.(?!then)/)).toEqual([]);
});

test('the pure layers take clock, randomness and environment as arguments', () => {
  const pure = sources.filter((file) => /^core\/(config|network|guard|compliance|risk)\//.test(file) && !isTest(file));
  const impure =
    /\b(Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|crypto\.random|process\.(env|cwd|platform|argv))/;
  expect(matches(pure, impure)).toEqual([]);
});

test('nothing is left for later unsaid', () => {
  expect(matches(sources, /\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
});

test('types are not switched off', () => {
  expect(matches(sources, /(@ts-ignore|@ts-nocheck|\bas any\b(?! [a-z]))/)).toEqual([]);
});

test('the top level holds only what the architecture names', () => {
  const tracked = new Set(
    globSync('*', { cwd: project }).filter((name) => !['node_modules', 'dist', 'evidence', 'coverage'].includes(name)),
  );
  const named =
    'package.json package.nls.json package-lock.json tsconfig.json server client core labs syntaxes tests README.md LICENSE';
  expect([...tracked].filter((name) => !named.split(' ').includes(name))).toEqual([]);
});
