import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { renderRule } from './documentation.ts';
import { hygieneRules } from './hygiene.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules/index.ts';
import { evaluate, type Fixtures } from './testing.ts';

const folders = ['rules', 'hygiene'] as const;
/** Parts that several hygiene rules share; every other file of these folders is a rule. */
const shared = ['rules/index', 'hygiene/free-text', 'hygiene/hidden-characters'];

const files = folders.flatMap((folder) =>
  readdirSync(fileURLToPath(new URL(folder, import.meta.url)))
    .filter((name) => name.endsWith('.ts') && !/\.(fixtures|test)\.ts$/.test(name))
    .map((name) => `${folder}/${name.slice(0, -3)}`)
    .filter((name) => !shared.includes(name)),
);

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** A rule and the fixtures beside it; without that file both are empty, and the test that counts them fails. */
async function load(file: string): Promise<{ rule: Rule; fixtures: Fixtures }> {
  const { default: rule }: { default: Rule } = await import(pathOf(`${file}.ts`));
  if (!existsSync(pathOf(`${file}.fixtures.ts`))) return { rule, fixtures: { fires: {}, silent: {} } };
  const { fixtures }: { fixtures: Fixtures } = await import(pathOf(`${file}.fixtures.ts`));
  return { rule, fixtures };
}

const loaded = await Promise.all(files.map(async (file) => ({ file, ...(await load(file)) })));

describe('the catalogue', () => {
  test('every rule file is in the index, and nothing else is', () => {
    expect(rules.map(({ id }) => id).sort()).toEqual(files.map((file) => file.split('/')[1]).sort());
    expect(new Set(rules)).toEqual(new Set(loaded.map(({ rule }) => rule)));
  });

  test('numbers and ids are unique; text hygiene is always P0', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(new Set(rules.map(({ number }) => number)).size).toBe(rules.length);
    for (const rule of hygieneRules) expect(rule).toMatchObject({ priority: 'P0', number: expect.any(Number) });
    expect(hygieneRules.every(({ number }) => number > 100)).toBe(true);
  });

  describe.each(loaded)('$file', ({ file, rule, fixtures }) => {
    test('is named and documented', () => {
      expect(file.split('/')[1]).toBe(rule.id);
      expect(rule.id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
      for (const text of [rule.title, rule.why, rule.remedy]) expect(text.length).toBeGreaterThan(15);
      for (const text of [rule.why, rule.remedy]) expect(text).toMatch(/[.)]$/);
      expect(rule.sources.length).toBeGreaterThan(0);
      const page = renderRule(rule);
      for (const part of [rule.title, rule.why, rule.remedy, ...rule.sources]) expect(page).toContain(part);
      if (rule.escalation) expect(page).toContain(rule.escalation.why);
      expect(page).not.toContain('!');
    });

    test('has fixtures that fire and fixtures that do not', () => {
      expect(Object.keys(fixtures.fires).length).toBeGreaterThan(0);
      expect(Object.keys(fixtures.silent).length).toBeGreaterThan(0);
    });

    test('has a fixture that shows the text after its fix, where it has one', () => {
      const fixed = Object.values(fixtures.fires).map((fixture) => evaluate(rule, fixture));
      if (fixed.some(({ fixes }) => fixes > 0)) expect(fixed.some(({ showsFixed }) => showsFixed)).toBe(true);
    });

    test.each(Object.entries(fixtures.fires))('fires: %s', (_name, fixture) => {
      const outcome = evaluate(rule, fixture);
      expect(outcome.problems).toEqual([]);
      expect(outcome.findings.length).toBeGreaterThan(0);
    });

    test.each(Object.entries(fixtures.silent))('is silent: %s', (_name, fixture) => {
      const outcome = evaluate(rule, fixture);
      expect(outcome.problems).toEqual([]);
      expect(outcome.findings).toEqual([]);
    });
  });
});
