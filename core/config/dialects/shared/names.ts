import type { DeviceDraft, SymbolKind } from '../../device/device.ts';

/** Forgets that a name was defined, after the command that removes it. */
export function forget(device: DeviceDraft, kind: SymbolKind, name: string): void {
  device.definitions = device.definitions.filter((symbol) => symbol.kind !== kind || symbol.name !== name);
}

/** Puts an entry at its sequence number; one with the same number is replaced. Entries without a number go last. */
export function placeBySequence<T extends { readonly sequence?: number }>(entries: T[], entry: T): void {
  const { sequence } = entry;
  if (sequence === undefined) {
    entries.push(entry);
    return;
  }
  const at = entries.findIndex((other) => (other.sequence ?? 0) >= sequence);
  if (at < 0) entries.push(entry);
  else entries.splice(at, entries[at]?.sequence === sequence ? 1 : 0, entry);
}

/** The number that the system gives to an entry without one: a step after the last. */
export const nextSequence = (entries: readonly { readonly sequence?: number }[], step: number): number => {
  const last = entries.at(-1)?.sequence ?? 0;
  return Math.floor(last / step) * step + step;
};
