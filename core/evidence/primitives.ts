/** The scalar types of the evidence bundle: each one is a zod schema that a value must satisfy to be sealed. */
import * as z from 'zod/mini';

/** Lower-case hexadecimal SHA-256. */
export const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** A count, a line number or a duration. Integers only: RFC 8785 gives floats one spelling, but people do not. */
export const count = z.int().check(
  z.gte(0),
  z.refine((value: number) => !Object.is(value, -0)),
);

/** Milliseconds. */
export const milliseconds = count;

/** A line number, counted from 1. */
export const lineNumber = z.int().check(z.gte(1));

/** An instant in UTC, `2026-01-31T09:30:00Z`, optionally with milliseconds; the date must exist. */
export const utc = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/),
  z.refine((text: string) => {
    const time = Date.parse(text);
    return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19) === text.slice(0, 19);
  }),
);

/** Names that Windows keeps for devices; a package must unpack on every system. */
const RESERVED_FILE_NAME = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/** Whether a name can be a file's name on every system, cannot climb out of a folder and needs no escaping anywhere. */
export function isSafeFileName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name) && !name.endsWith('.') && !RESERVED_FILE_NAME.test(name);
}

/** A name that becomes a file's or a folder's name inside the package. */
export const fileName = z.string().check(z.refine(isSafeFileName));

/** One line of text for people: no control characters, no line breaks, no bidirectional overrides. */
export const line = z.string().check(
  z.minLength(1),
  z.maxLength(4000),
  // C0, DEL, C1, line and paragraph separators, bidirectional embeddings, overrides and isolates.
  z.refine((text: string) => !/[\p{Cc}\p{Surrogate}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text)),
);

/** Text as it stands in a configuration. It may hold anything that a file may hold; readers must show it escaped. */
export const rawText = z.string().check(z.refine((text: string) => !/\p{Surrogate}/u.test(text)));

/** Text for people that may have several lines. */
export const paragraph = z.string().check(
  z.minLength(1),
  z.maxLength(20_000),
  z.refine((text: string) => !/[\p{Surrogate}\u2028\u2029\u202a-\u202e\u2066-\u2069]|(?![\n\t])\p{Cc}/u.test(text)),
);

/** A short identifier: a rule's, a stage's, a reason's. */
export const identifier = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/));

/** What was not done, and why. Never a substitute for a result. */
export const notRun = z.strictObject({ status: z.literal('not_run'), reason: line });

/** T with every level read-only. */
export type Immutable<T> = T extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;
