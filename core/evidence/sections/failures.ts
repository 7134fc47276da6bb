import * as z from 'zod/mini';
import { count, identifier, line, notRun } from '../primitives.ts';

/** What is missing while something has failed, of what is there without the failure. */
const damage = z.strictObject({
  sessionsLost: count,
  adjacenciesLost: count,
  routesLost: count,
  converged: z.boolean(),
});

/** Single failures tried after the change, and the same ones before it. */
export const failures = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('checked'),
    kind: z.enum(['link', 'node']),
    scenarios: z.array(
      z.strictObject({
        /** `leaf1:eth1 - spine1:eth1`, or a device. */
        fails: line,
        /** The engines that tried it. */
        engines: z.array(identifier),
        /** Null where the element is not there before the change. */
        before: z.nullable(damage),
        after: damage,
        /** What this failure takes away after the change and did not take away before it, one sentence each. */
        worse: z.array(line),
      }),
    ),
  }),
  notRun,
]);
