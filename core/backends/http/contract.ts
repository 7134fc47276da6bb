/*
 * What the tool inside the perimeter answers. Each answer is read strictly in what is used and leniently in what is not:
 * a further member is no error, a missing one is.
 */
import * as z from 'zod/mini';

const count = z.int().check(z.gte(0));

/** POST /api/batfish/analyze */
export const analysis = z.object({
  errors: count,
  warnings: count,
  passes: count,
  findings: z.array(z.object({ severity: z.string(), message: z.string() })),
});

/** POST /api/nornir/run, task bgp_health. A `status` of "ok" says that the command ran, not that a session is up. */
export const bgpHealth = z.object({
  devices: count,
  ok: count,
  warn: count,
  error: count,
  results: z.array(z.object({ hostname: z.string(), status: z.string(), output: z.string(), elapsed: z.number() })),
});

/** POST /api/pyats/diff, between the state that was learned before and the one now. */
export const peerDiff = z.object({
  total_changes: count,
  diffs: z.array(z.object({ type: z.string(), name: z.string(), pre_up: z.boolean(), post_up: z.boolean() })),
});

/** POST /api/preflight/twin/spawn */
export const spawned = z.object({ twin: z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,128}$/)) });

/** POST /api/preflight/twin/apply; `errors` are lines that a device refused. */
export const applied = z.object({
  applied: z.boolean(),
  errors: z.optional(
    z.array(z.object({ hostname: z.string(), line: z.optional(z.int().check(z.gte(1))), message: z.string() })),
  ),
});

/** POST /api/preflight/twin/destroy */
export const destroyed = z.object({ destroyed: z.boolean() });

/** A request that names devices holds their configurations as they are in the lab. */
export interface LabBody {
  readonly site: string;
  readonly configs: Readonly<Record<string, string>>;
  readonly links: readonly { readonly a: string; readonly b: string }[];
}
