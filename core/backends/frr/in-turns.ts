/** Does something for each of a list, a few at a time. The first that fails ends it, once those under way are done. */
export async function inTurns<T>(list: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const queue = [...list];
  let failure: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined && !failure; one = queue.shift()) {
      try {
        await work(one);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failure) throw failure.error;
}
