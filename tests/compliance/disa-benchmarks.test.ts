import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchmarks } from '../../core/compliance/stig/index.ts';
import { sharedFolder } from '../support/shared.ts';

interface Published {
  readonly benchmark: string;
  readonly version: string;
  readonly release: string;
  readonly rules: readonly { readonly id: string; readonly severity: string }[];
}

const folder = sharedFolder('benchmarks');

describe.skipIf(folder === null)('DISA benchmarks as published (needs ../shared/benchmarks)', () => {
  const published: readonly Published[] =
    folder === null ? [] : JSON.parse(readFileSync(join(folder, 'disa-stig-routers.json'), 'utf8'));
  const named = ({ benchmark }: Published): string =>
    benchmark.replace(' Security Technical Implementation Guide', ' STIG');

  it.each(benchmarks.map((benchmark) => [benchmark.title, benchmark] as const))(
    '%s: version, ids and severities are those of the benchmark',
    (title, { version, release, rules, rulesInAll }) => {
      const source = published.find((each) => named(each) === title);
      const number = /^Release: (\d+) Benchmark Date: (.*)$/.exec(source?.release ?? '');
      expect(`V${source?.version}R${number?.[1]}, ${number?.[2]}`).toBe(`${version}, ${release}`);
      const severities = new Map(source?.rules.map(({ id, severity }) => [id, severity]));
      expect(rules.filter(([id, severity]) => severities.get(id) !== severity)).toEqual([]);
      expect(rulesInAll).toBe(severities.size);
      expect(new Set(rules.map(([id]) => id)).size).toBe(rules.length);
    },
  );

  it('decides at least 60 rules from the configuration, of every published benchmark some', () => {
    expect(
      new Set(benchmarks.flatMap(({ title, rules }) => rules.map(([id]) => `${title} ${id}`))).size,
    ).toBeGreaterThan(60);
    expect(published.map(named).filter((title) => !benchmarks.some((each) => each.title === title))).toEqual([]);
  });
});
