import * as z from 'zod/mini';
import { count, line, notRun } from '../primitives.ts';

/** The order in which the devices of the change are given their configuration, and what each intermediate state loses. */
export const rollout = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('checked'),
    /** Nothing that is there before and after the change is missing in between. */
    lossless: z.boolean(),
    /** Every order was tried; false when a bound ended the search. */
    exhaustive: z.boolean(),
    statesComputed: count,
    steps: z.array(
      z.strictObject({
        device: line,
        /** False where the bound was reached before this state was computed: nothing is known of it. */
        computed: z.boolean(),
        /** What is missing once this device has its configuration, one sentence each. */
        lost: z.array(line),
        stable: z.boolean(),
        /** What was missing when the twin was taken through this step; null when it was not. */
        measured: z.nullable(z.array(line)),
      }),
    ),
    /** Whether the twin was taken through this order, step by step. */
    executed: z.boolean(),
  }),
  notRun,
]);
