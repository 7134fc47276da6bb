import * as z from 'zod/mini';
import { line, notRun, sha256, utc } from '../primitives.ts';

/** The language model that proposed the configuration, where one did. */
export const model = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('used'),
    provider: line,
    name: line,
    hash: sha256,
    /** Whether the digest is of the weights, or only of what the server says about itself. */
    hashKind: z.enum(['weights-sha256', 'identity-claim']),
    resolvedAt: utc,
  }),
  notRun,
]);
