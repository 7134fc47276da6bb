import * as z from 'zod/mini';
import { count, identifier, line, notRun } from '../primitives.ts';

const end = z.strictObject({ device: line, port: line });

/** The lab as a graph, with what the change does to it: the source of the picture, on a screen as in the report. */
export const topology = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('drawn'),
    devices: z.array(
      z.strictObject({
        name: line,
        /** Name of the dialect: `frr`, `eos` ... */
        system: identifier,
        /** `configured`: the change edits it; `affected`: only its routes, sessions or adjacencies change. */
        change: z.enum(['none', 'configured', 'affected']),
        routes: z.strictObject({ added: count, removed: count, changed: count }),
      }),
    ),
    links: z.array(z.strictObject({ a: end, b: end })),
    /** Sessions and adjacencies between two devices of the lab, once for both ends. */
    sessions: z.array(
      z.strictObject({
        a: line,
        b: line,
        protocol: identifier,
        /** `up` and `down` are the same before and after. */
        state: z.enum(['up', 'down', 'lost', 'removed', 'added', 'established']),
      }),
    ),
  }),
  notRun,
]);
