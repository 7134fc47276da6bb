import * as z from 'zod/mini';
import { identifier, line, lineNumber } from '../primitives.ts';

/** Findings that somebody set aside, each with the reason that was given. */
export const suppressions = z.array(
  z.strictObject({
    rule: identifier,
    device: line,
    file: line,
    /** Line of the finding that is set aside. */
    line: lineNumber,
    message: line,
    reason: line,
  }),
);
