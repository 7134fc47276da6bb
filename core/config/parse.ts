import type { Behaviour } from './behaviour.ts';
import type { Match } from './command-table.ts';
import { type DetectionInput, detectDialect } from './detect.ts';
import { type Device, type DialectId, emptyDevice } from './device/device.ts';
import { dialects } from './dialects/index.ts';
import { unknown } from './dialects/unknown/index.ts';
import { interpret } from './interpret.ts';
import { Attempts } from './reuse.ts';
import type { ConfigTree, Statement } from './tree.ts';

export interface ParseInput extends Omit<DetectionInput, 'setting'> {
  /** Path of the file, as the caller names it. */
  readonly file: string;
  /** Name of the node in the lab. */
  readonly node: string;
  /** The language, where it is known; otherwise it is detected. */
  readonly dialect?: DialectId;
  /** Further files of the same device, such as SONiC's config_db.json beside frr.conf. */
  readonly companions?: readonly { readonly file: string; readonly text: string }[];
  /**
   * For a file that is parsed again and again: the result is the same, and what the text shares with the previous one
   * is taken from there.
   */
  readonly incremental?: { readonly previous: ParsedConfig | undefined };
}

/** A configuration file as parsed: the text, its tree, the device, and which command row each statement matched. */
export interface ParsedConfig {
  readonly dialect: DialectId;
  readonly file: string;
  readonly text: string;
  /** Further files that the device was made from. */
  readonly companions?: readonly { readonly file: string; readonly text: string }[];
  readonly tree: ConfigTree;
  readonly device: Device;
  readonly behaviour: Behaviour;
  /** The command row (documentation, slots) that a statement matched; absent when it is not modelled. */
  readonly matches: ReadonlyMap<Statement, Match>;
}

/**
 * Reads a configuration and builds its device. Never throws for what the text says: what is not understood is in
 * `tree.problems` or `device.notModelled`. A language that is not modelled keeps its tree, with every line listed.
 */
export function parseConfig({
  text,
  file,
  node,
  dialect: setting,
  kind,
  image,
  companions = [],
  incremental,
}: ParseInput): ParsedConfig {
  const id = detectDialect({ text, kind, image, setting });
  const dialect = dialects.get(id) ?? unknown;
  // A line that names its whole place makes statements of lines that lie far apart: they have no lines of their own.
  const attempts = incremental && !dialect.matching.inlineModes ? new Attempts() : undefined;
  const previous = attempts && incremental?.previous?.dialect === id ? incremental.previous : undefined;
  const tree = dialect.read(text, previous?.tree);
  const device = emptyDevice(node, id, file);
  for (const companion of companions) dialect.companion?.(device, companion.file, companion.text);
  if (previous) attempts?.startFrom(attemptsOf.get(previous), tree.lines.length - previous.tree.lines.length);
  const matches = interpret(dialect, tree, device, attempts);
  attempts?.startFrom(undefined, 0);
  const config: ParsedConfig = {
    dialect: id,
    file,
    text,
    ...(companions.length > 0 && { companions }),
    tree,
    device,
    behaviour: dialect.behaviour,
    matches,
  };
  if (attempts) attemptsOf.set(config, attempts);
  return config;
}

const attemptsOf = new WeakMap<ParsedConfig, Attempts>();
