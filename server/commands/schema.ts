import { jsonSchema, type SchemaName } from '../../core/evidence/json-schema.ts';
import { labFileJsonSchema } from '../../core/network/invariants/json-schema.ts';
import { exitCodes } from './exit-codes.ts';
import { print } from './terminal.ts';

export function schemaCommand(name: string): number {
  print(JSON.stringify(name === 'lab' ? labFileJsonSchema() : jsonSchema(name as SchemaName), null, 2));
  return exitCodes.fine;
}
