/*
 * What the site's change management says about a change: it stands in `change.yml` beside the configurations, goes into
 * the evidence as it is, and decides nothing.
 */
import { unusable } from '../network/load/unusable.ts';
import type { YamlMap } from '../network/load/yaml.ts';

export interface ChangeRecord {
  /** Number of the change in the site's own system. */
  readonly ticket?: string;
  readonly reason?: string;
  /** Who wrote the change, where it is somebody else than the operator. */
  readonly author?: string;
  /** UTC, ISO 8601, to the second. */
  readonly window?: { readonly from: string; readonly to: string };
  readonly expectedOutcome?: string;
  /** Why the change cannot wait for the ordinary process. */
  readonly emergency?: string;
}

/** The text of a key; undefined when it is absent, empty when it has no value. Throws `UnusableInput` for a map or list. */
export function textOf(map: YamlMap, key: string, file: string): string | undefined {
  const value = map.entries.get(key);
  if (value === undefined) return undefined;
  if (value.kind !== 'scalar') throw unusable(file, `The ${key} must be a text.`, value.line);
  return value.value === null ? '' : String(value.value);
}

/** Reads the record from the map of a `change.yml`. Throws `UnusableInput` for a value that cannot be meant. */
export function readChangeRecord(root: YamlMap, file: string): ChangeRecord {
  const texts = {
    ticket: textOf(root, 'ticket', file),
    reason: textOf(root, 'reason', file),
    author: textOf(root, 'author', file),
    expectedOutcome: textOf(root, 'expected-outcome', file),
    emergency: textOf(root, 'emergency', file),
  };
  const window = readWindow(root, file);
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)),
    ...(window && { window }),
  };
}

function readWindow(root: YamlMap, file: string): ChangeRecord['window'] {
  const value = root.entries.get('window');
  if (value === undefined) return undefined;
  if (value.kind !== 'map') throw unusable(file, 'The window must have from and to.', value.line);
  const instant = (key: 'from' | 'to'): string => {
    const text = textOf(value, key, file) ?? '';
    const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/.test(text)
      ? Date.parse(text)
      : Number.NaN;
    if (Number.isNaN(time))
      throw unusable(
        file,
        `The window's ${key} must be a time with an offset, such as 2026-02-01T01:00:00Z.`,
        value.line,
      );
    return new Date(time).toISOString().replace('.000Z', 'Z');
  };
  const [from, to] = [instant('from'), instant('to')];
  if (from >= to) throw unusable(file, 'The window ends before it begins.', value.line);
  return { from, to };
}
