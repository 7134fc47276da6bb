import * as z from 'zod/mini';
import { line, notRun } from '../primitives.ts';

const answer = z.strictObject({
  reached: z.boolean(),
  /** Addresses on the way, as the probe saw them. */
  path: z.array(line),
});

/** Packets sent in the twin's data plane before and after the change. */
export const probes = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('measured'),
    method: line,
    probes: z.array(
      z.strictObject({
        kind: z.enum(['ping', 'traceroute']),
        from: line,
        to: line,
        vrf: line,
        before: z.nullable(answer),
        after: z.nullable(answer),
      }),
    ),
  }),
  notRun,
]);
