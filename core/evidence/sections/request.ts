import * as z from 'zod/mini';
import { line, paragraph, utc } from '../primitives.ts';

/** What the site's change management says about the change. Null where nobody said; nothing here decides a verdict. */
export const request = z.strictObject({
  /** Number of the change in the site's own system. */
  ticket: z.nullable(line),
  reason: z.nullable(paragraph),
  /** Who wrote the change, where it is somebody else than the operator of the run. An author never approves. */
  author: z.nullable(line),
  /** When the change may be carried out. */
  window: z.nullable(z.strictObject({ from: utc, to: utc })),
  expectedOutcome: z.nullable(paragraph),
  /** Why the change cannot wait for the ordinary process; null for an ordinary change. */
  emergency: z.nullable(paragraph),
});
