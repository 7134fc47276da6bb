import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { SMALL, sampleRun, testKey } from './fixtures/sample-run.ts';
import { jsonSchema, schemaNames } from './json-schema.ts';

const compile = (name: (typeof schemaNames)[number]) => new Ajv2020({ strict: false }).compile(jsonSchema(name));

test.each(schemaNames)('the schema of %s is a JSON Schema', (name) => {
  expect(() => compile(name)).not.toThrow();
});

test('a bundle follows its JSON Schema, and one with an unknown key, a float or no verdict does not', () => {
  const { principal, fingerprint } = testKey();
  const integrity = { namespace: 'preflight-evidence@v1', principal, keyFingerprint: fingerprint };
  const bundle = { ...sampleRun(SMALL).bundle, integrity };
  const validate = compile('bundle');
  expect(validate(bundle), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...bundle, note: 'x' })).toBe(false);
  expect(validate({ ...bundle, verdict: undefined })).toBe(false);
  expect(validate({ ...bundle, twin: { ...bundle.twin, convergenceMs: 1.5 } })).toBe(false);
});
