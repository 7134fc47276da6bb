/** JSON Schemas (draft 2020-12) made from the zod schemas, for editors, examiners and other tools. */
import { toJSONSchema } from 'zod';
import { approvalSchema } from './approval.ts';
import { bundleSchema } from './bundle.ts';
import { recordSchema } from './ledger/record.ts';
import { policySchema } from './policy.ts';

const SCHEMAS = {
  bundle: { schema: bundleSchema, title: 'Evidence bundle (bundle.json)' },
  approval: { schema: approvalSchema, title: 'Payload of an approval (approvals/*.dsse.json)' },
  record: { schema: recordSchema, title: 'Record of the ledger (a line of ledger.jsonl)' },
  policy: { schema: policySchema, title: 'Site policy (aegis.policy.yml)' },
} as const;

export type SchemaName = keyof typeof SCHEMAS;
export const schemaNames = Object.keys(SCHEMAS) as readonly SchemaName[];

/** What a schema cannot say (dates that exist, hidden characters) is checked by the software alone. */
export function jsonSchema(name: SchemaName): object {
  const { schema, title } = SCHEMAS[name];
  return { title, ...toJSONSchema(schema, { io: 'input' }) };
}
