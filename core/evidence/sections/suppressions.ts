import * as z from 'zod/mini';
import { identifier, line, lineNumber } from '../primitives.ts';

/** Findings that somebody set aside, each with the reason that was given. They are not among the findings. */
export const suppressions = z.array(
  z.strictObject({
    rule: identifier,
    priority: z.enum(['P0', 'P1', 'P2']),
    device: line,
    file: line,
    /** Line of the finding that is set aside, and of the comment that does so. */
    line: lineNumber,
    comment: lineNumber,
    message: line,
    reason: line,
    origin: z.enum(['introduced', 'pre_existing']),
  }),
);
