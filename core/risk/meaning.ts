/** Keys that say where something stands, not what it means. */
const PLACES: ReadonlySet<string> = new Set(['span', 'spans', 'file']);

/**
 * Text that is the same for two parts of a device model exactly when they mean the same: places are left out, so that
 * moved lines are no difference.
 */
export function meaningOf(value: unknown): string {
  return (
    JSON.stringify(value, (key, inner: unknown) => {
      if (PLACES.has(key)) return undefined;
      if (inner instanceof Map) return [...inner].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
      if (inner instanceof Set) return [...inner];
      return inner;
    }) ?? 'undefined'
  );
}

export const sameMeaning = (a: unknown, b: unknown): boolean => meaningOf(a) === meaningOf(b);
