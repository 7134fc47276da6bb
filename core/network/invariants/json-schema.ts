import * as z from 'zod/mini';
import { labFileSchema } from './schema.ts';

/** The JSON Schema of `aegis.yml` (draft 2020-12). */
export const labFileJsonSchema = (): unknown => ({
  ...z.toJSONSchema(labFileSchema, { io: 'input' }),
  title: 'aegis.yml: what must hold in a lab',
});
