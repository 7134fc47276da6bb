import { expect, test } from 'vitest';
import { TWO_ROUTERS, withEditor } from './fixtures/editor.ts';

const POLICY = `policyVersion: 1
site: dc1
ceiling: HOTL
approvals:
  required: {low: 0, medium: 1, high: 2, critical: 2}
  approvers: []
promotion:
  maxAgeHours: 24
`;

const told = async (policy: string): Promise<readonly string[]> => {
  let found: readonly string[] = [];
  await withEditor(`${TWO_ROUTERS}//- aegis.policy.yml yaml\n${policy}$0`, async ({ client, uri }) => {
    found = (await client.diagnostics(uri)).map(({ range, message }) => `${range.start.line}: ${message}`);
  });
  return found;
};

test('a policy that follows its schema has nothing said about it', async () => {
  expect(await told(POLICY)).toEqual([]);
});

test('each thing that the schema does not allow is told at its line', async () => {
  expect(await told(POLICY.replace('HOTL', 'ALWAYS').replace('  maxAgeHours', '  maxAge: 3\n  maxAgeHours'))).toEqual([
    '2: The policy does not follow its schema at ceiling (invalid_value).',
    '7: The policy does not follow its schema at promotion (unrecognized_keys: maxAge).',
  ]);
});

test('what is no YAML is told at its line', async () => {
  expect((await told(POLICY.replace('site: dc1', 'site: dc1\nsite: dc2'))).join()).toMatch(
    /^2: The policy is not valid YAML/,
  );
});
