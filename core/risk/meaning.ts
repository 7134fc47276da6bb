const SPAN_KEYS: ReadonlySet<string> = new Set(['line', 'start', 'end', 'endLine', 'file']);

/** Keys that say where something stands, not what it means. */
const PLACES: ReadonlySet<string> = new Set(['span', 'spans', 'file']);

/** A place that stands in a list of places (the remarks of an access-list). */
const isSpan = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'line' in value &&
  'start' in value &&
  'end' in value &&
  Object.keys(value).every((key) => SPAN_KEYS.has(key));

/**
 * Text that is the same for two parts of a device model exactly when they mean the same: places are left out, so that
 * moved lines are no difference.
 */
export function meaningOf(value: unknown): string {
  return (
    JSON.stringify(value, (key, inner: unknown) => {
      if (PLACES.has(key) || isSpan(inner)) return undefined;
      if (inner instanceof Map) return [...inner].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
      if (inner instanceof Set) return [...inner];
      return inner;
    }) ?? 'undefined'
  );
}

export const sameMeaning = (a: unknown, b: unknown): boolean => meaningOf(a) === meaningOf(b);
