/**
 * Waits until a condition holds, and returns what it gave.
 * @param what for the message when it does not hold within the limit: "Waited 30 s for <what>."
 */
export async function eventually<T>(
  what: string,
  condition: () => T | PromiseLike<T>,
  limitMs = 30_000,
): Promise<NonNullable<T>> {
  const limit = Date.now() + limitMs;
  for (;;) {
    const value = await condition();
    if (value !== null && value !== undefined && value !== false) return value;
    if (Date.now() > limit) throw new Error(`Waited ${limitMs / 1000} s for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
