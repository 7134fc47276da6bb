import { jsonSchema } from '../../core/evidence/json-schema.ts';
import { labFileJsonSchema } from '../../core/network/invariants/json-schema.ts';

/** JSON Schemas of the files that people write, by their names in dist/; package.json gives them to YAML extensions. */
export const jsonSchemas = (): Readonly<Record<string, unknown>> => ({
  'aegis.schema.json': labFileJsonSchema(),
  'aegis.policy.schema.json': jsonSchema('policy'),
});
