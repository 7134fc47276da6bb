import { expect, test } from 'vitest';
import { z } from 'zod';
import { findingsJson } from './findings-json.ts';
import type { Finding } from './rule.ts';
import { rules } from './rules/index.ts';
import { toSarif, uriOf } from './sarif.ts';

const finding: Finding = {
  rule: 'ebgp-without-policy',
  priority: 'P0',
  node: 'r1',
  file: 'configs/r 1.cfg',
  span: { line: 4, start: 3, end: 9 },
  message: 'sends every route to AS 65002',
  related: [
    { node: 'r2', file: 'configs/r2.cfg', span: { line: 0, start: 0, end: 4 }, message: "r2's side of the session" },
  ],
  fix: {
    title: 'Remove this line',
    safe: false,
    edits: [{ span: { line: 4, start: 0, endLine: 5, end: 0 }, newText: '' }],
  },
  introduced: true,
};

// SARIF 2.1.0, by section of the standard. Strict: a property that the standard does not have is an error.
const positive = z.int().min(1);
const uri = z.string().regex(/^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?#]|%[0-9A-F]{2})*$/);
const message = z.strictObject({ text: z.string().min(1), markdown: z.string().optional() }); // 3.11
const region = z.strictObject({ startLine: positive, startColumn: positive, endLine: positive, endColumn: positive }); // 3.30
const artifactLocation = z.strictObject({ uri }); // 3.4
const location = z.strictObject({
  id: z.int().min(0).optional(),
  physicalLocation: z.strictObject({ artifactLocation, region }),
  logicalLocations: z.array(z.strictObject({ name: z.string(), kind: z.string() })).optional(),
  message: message.optional(),
}); // 3.28
const replacement = z.strictObject({ deletedRegion: region, insertedContent: z.strictObject({ text: z.string() }) }); // 3.57
const fix = z.strictObject({
  description: message,
  artifactChanges: z.array(z.strictObject({ artifactLocation, replacements: z.array(replacement).min(1) })).min(1),
}); // 3.55
const level = z.enum(['none', 'note', 'warning', 'error']); // 3.27.10
const descriptor = z.strictObject({
  id: z.string(),
  name: z.string().regex(/^[A-Z][A-Za-z0-9]*$/),
  shortDescription: message,
  fullDescription: message,
  help: message.optional(),
  defaultConfiguration: z.strictObject({ level }),
  properties: z.record(z.string(), z.unknown()).optional(),
}); // 3.49
const log = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({ name: z.string(), semanticVersion: z.string(), rules: z.array(descriptor) }),
        }),
        columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
        results: z.array(
          z.strictObject({
            ruleId: z.string(),
            ruleIndex: z.int().min(0),
            level,
            message,
            locations: z.array(location).length(1),
            relatedLocations: z.array(location).optional(),
            fixes: z.array(fix).optional(),
            baselineState: z.enum(['new', 'unchanged', 'updated', 'absent']).optional(),
            properties: z.record(z.string(), z.unknown()),
          }),
        ),
      }),
    )
    .length(1),
});

test('findings become a SARIF 2.1.0 log', () => {
  const internal = { ...finding, rule: 'guard-internal-error', related: [], fix: undefined };
  const sarif = log.parse(
    JSON.parse(JSON.stringify(toSarif([finding, internal], { rules, version: '0.1.0', hasBaseline: true }))),
  );
  const [run] = sarif.runs;
  for (const result of run?.results ?? []) expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
  expect(run?.results[0]).toMatchObject({
    level: 'error',
    baselineState: 'new',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'configs/r%201.cfg' },
          region: { startLine: 5, startColumn: 4, endLine: 5, endColumn: 10 },
        },
      },
    ],
    relatedLocations: [{ message: { text: "r2: r2's side of the session" } }],
    fixes: [
      {
        artifactChanges: [
          {
            replacements: [
              {
                deletedRegion: { startLine: 5, startColumn: 1, endLine: 6, endColumn: 1 },
                insertedContent: { text: '' },
              },
            ],
          },
        ],
      },
    ],
  });
});

test('every rule has a descriptor, and a level by its priority', () => {
  const [run] = log.parse(toSarif([], { rules, version: '0.1.0' })).runs;
  expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
  const levelOf = { P0: 'error', P1: 'warning', P2: 'note' };
  expect(run?.tool.driver.rules.map(({ defaultConfiguration }) => defaultConfiguration.level)).toEqual(
    rules.map(({ priority }) => levelOf[priority]),
  );
});

test('paths become URI references', () => {
  expect(uriOf('labs\\a b\\50%.cfg')).toBe('labs/a%20b/50%25.cfg');
});

test('JSON counts lines and columns from 1', () => {
  expect(findingsJson([finding])).toMatchObject({
    counts: { P0: 1, P1: 0, P2: 0 },
    findings: [
      {
        rule: 'ebgp-without-policy',
        line: 5,
        column: 4,
        endColumn: 10,
        related: [{ node: 'r2', line: 1, column: 1 }],
        fix: { edits: [{ file: 'configs/r 1.cfg', line: 5, column: 1, endLine: 6, endColumn: 1, newText: '' }] },
      },
    ],
  });
});
