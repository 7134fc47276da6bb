import * as z from 'zod/mini';
import { count, line, lineNumber, notRun } from '../primitives.ts';

const effects = z.array(z.strictObject({ device: line, vrf: line, what: line }));

/** Which lines of the change caused which change of state. */
export const attribution = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('measured'),
    /** How causes were found: `by re-running without these lines`. */
    method: line,
    causes: z.array(
      z.strictObject({
        lines: z.array(
          z.strictObject({
            device: line,
            file: line,
            /** `before`: lines that the change removes, in the old text; `after`: lines that it adds, in the new one. */
            side: z.enum(['before', 'after']),
            /** Counted from 1, both ends included. */
            lines: z.strictObject({ from: lineNumber, to: lineNumber }),
          }),
        ),
        /** `each`: without any one of the lines the effects are gone; `together`: only without all of them. */
        rests: z.enum(['each', 'together']),
        /** False: the bound on runs was reached before the lines could be told apart further. */
        narrowed: z.boolean(),
        effects,
      }),
    ),
    /** What remains without all changed lines, as what the topology alone changes. */
    unattributed: effects,
    /** How often the network was computed for it. */
    runs: count,
    exhausted: z.boolean(),
  }),
  notRun,
]);
