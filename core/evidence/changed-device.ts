/** Describes a changed device for the bundle: digests of the bytes, and the diff of the texts in them. */
import type { ChangedDevice } from './bundle.ts';
import { sha256Hex } from './seal/sha256sums.ts';
import { unifiedDiff } from './text-diff.ts';

/** A configuration's text as digests and diffs see it: UTF-8, a byte order mark kept, other bytes as U+FFFD. */
export function configurationText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** One entry of `change.devices`. Null stands for a device that is not there before or after. */
export function describeChangedDevice(device: {
  readonly name: string;
  readonly path: string;
  readonly dialect: string;
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
}): ChangedDevice {
  const { name, path, dialect, before, after } = device;
  const text = (bytes: Uint8Array | null): string => (bytes === null ? '' : configurationText(bytes));
  const digest = (bytes: Uint8Array | null): string | null => (bytes === null ? null : sha256Hex(bytes));
  return {
    name,
    path,
    dialect,
    before: digest(before),
    after: digest(after),
    ...unifiedDiff(text(before), text(after), path),
  };
}
