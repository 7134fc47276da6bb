import * as z from 'zod/mini';
import { count, line, notRun } from '../primitives.ts';

/** What became of a packet, and where. */
const outcome = z.strictObject({
  disposition: z.enum([
    'delivered',
    'exits',
    'no_route',
    'null_routed',
    'denied',
    'loop',
    'next_hop_unreachable',
    'undecided',
  ]),
  /** Device at which it was decided. */
  at: line,
});

/** Who reaches what, by destination atoms: stretches of the address space that every table of the lab treats alike. */
export const reachability = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('measured'),
    /** How it was computed, and what is left out. */
    method: line,
    /** Pairs of source and destination atom that were compared. */
    compared: count,
    changes: z.array(
      z.strictObject({
        device: line,
        vrf: line,
        /** A prefix, or `first - last` where no prefix says it. */
        destination: line,
        /** The flows meant, where filters tell them apart: `tcp 443`; null for all. */
        flow: z.nullable(line),
        /**
         * `lost` arrived on every equal-cost branch before and does not any more, or only leaves the lab now; `gained` is
         * the reverse; `path_changed` arrives both times; `changed` arrives on every branch neither time.
         */
        kind: z.enum(['lost', 'gained', 'path_changed', 'changed']),
        before: z.array(outcome),
        after: z.array(outcome),
      }),
    ),
  }),
  notRun,
]);
