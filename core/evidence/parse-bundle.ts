/** From bytes to a bundle: strict JSON, the schema, the canonical spelling and the bundle's agreement with itself. */
import { bundleSchema, type EvidenceBundle } from './bundle.ts';
import { canonicalBytes } from './canonical.ts';
import { contradictions } from './contradictions.ts';
import { firstDifference, JsonError, readStrictJson } from './strict-json.ts';

export interface BundleProblem {
  readonly message: string;
  /** Byte in bundle.json, where it is known. */
  readonly offset?: number;
}

export type BundleResult =
  | { readonly ok: true; readonly bundle: EvidenceBundle }
  | { readonly ok: false; readonly problems: readonly BundleProblem[] };

const MOST_PROBLEMS = 20;

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
}

/** A schema's complaint as a sentence: where, and what is wrong there. */
function describe(issue: Issue): string {
  const where = issue.path.length === 0 ? 'the bundle' : issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') return `At ${where}: unknown key ${(issue.keys ?? []).join(', ')}.`;
  if (issue.code === 'invalid_type') return `At ${where}: the value is missing or of the wrong type.`;
  return `At ${where}: the value is not one that the schema allows (${issue.code ?? 'invalid'}).`;
}

/** Checks a value that is about to be sealed, or was just read. */
export function checkBundle(value: unknown): BundleResult {
  const parsed = bundleSchema.safeParse(value);
  if (!parsed.success) {
    const problems = (parsed.error.issues as readonly Issue[]).slice(0, MOST_PROBLEMS);
    return { ok: false, problems: problems.map((issue) => ({ message: describe(issue) })) };
  }
  const found = contradictions(parsed.data).map((message) => ({ message }));
  return found.length > 0 ? { ok: false, problems: found } : { ok: true, bundle: parsed.data };
}

/** Reads bundle.json. Only the canonical bytes of a valid bundle are accepted. */
export function parseBundle(bytes: Uint8Array): BundleResult {
  let value: unknown;
  try {
    value = readStrictJson(bytes);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { ok: false, problems: [{ message: error.message, offset: error.offset }] };
  }
  const result = checkBundle(value);
  if (!result.ok) return result;
  const offset = firstDifference(bytes, canonicalBytes(result.bundle));
  if (offset === null) return result;
  return { ok: false, problems: [{ message: 'The text is not in canonical form (RFC 8785).', offset }] };
}
