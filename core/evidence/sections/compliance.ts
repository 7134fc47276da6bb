import * as z from 'zod/mini';
import { line, notRun } from '../primitives.ts';

/** Controls of frameworks, and how far this run can speak about each. Nothing here certifies anything. */
export const compliance = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('checked'),
    /** The devices whose configurations after the change were asked. */
    devices: z.array(line),
    rows: z.array(
      z.strictObject({
        framework: line,
        /** The document within the framework: a benchmark of one system. */
        section: line,
        /** Version and date that the ids belong to, where the framework's name does not say them. */
        edition: z.nullable(line),
        control: line,
        /** What it is about, in words of this software. */
        title: line,
        severity: z.nullable(z.enum(['high', 'medium', 'low'])),
        /** `not_applicable` and `not_tested` are two different things. */
        status: z.enum(['pass', 'fail', 'not_applicable', 'not_tested']),
        class: z.enum([
          'config-checked',
          'twin-tested',
          'process-attested',
          'post-deployment',
          'supports',
          'out-of-scope',
        ]),
        evidence: z.array(line),
      }),
    ),
    /** What held on a device before the change and fails after it. */
    worsened: z.array(z.strictObject({ device: line, title: line, evidence: z.array(line) })),
  }),
  notRun,
]);
