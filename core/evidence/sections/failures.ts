import * as z from 'zod/mini';
import { count, identifier, line, notRun } from '../primitives.ts';

/** What a single failure takes away beyond what fails itself. */
const damage = z.strictObject({
  sessionsLost: count,
  routesLost: count,
  /** Pairs of source and destination that are reached without the failure and not with it. */
  unreachable: count,
  converged: z.boolean(),
});

/** Single failures tried after the change, and the same before it. */
export const failures = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('checked'),
    kind: z.enum(['link', 'node']),
    scenarios: z.array(
      z.strictObject({
        id: identifier,
        /** `leaf1:eth1 - spine1:eth1`, or a device. */
        fails: line,
        engine: identifier,
        before: z.nullable(damage),
        after: damage,
        /** The failure does no more harm after the change than before it. */
        noWorse: z.boolean(),
        /** What is lost, one sentence each; the first of them. */
        effects: z.array(line),
      }),
    ),
  }),
  notRun,
]);
