import { type ParsedConfig, type ParseInput, parseConfig } from '../../config/parse.ts';
import type { ConfigParser } from './load-snapshot.ts';

/**
 * A parser that gives the same object for the same input: two snapshots of a lab share the configurations that do not
 * differ. Keeps the last text of each file and dialect; `generations` of them where several versions are in use. What a
 * new text shares with the last one is not parsed again.
 */
export function rememberingParser(generations = 4, parse: ConfigParser = parseConfig): ConfigParser {
  const known = new Map<string, { readonly text: string; readonly config: ParsedConfig }[]>();
  return (input) => {
    const key = [input.file, input.node, input.dialect, input.kind, input.image].join('\n');
    const versions = known.get(key) ?? [];
    const text = wholeText(input);
    const found = versions.find((version) => version.text === text);
    if (found) return found.config;
    const config = parse({ ...input, incremental: { previous: versions[0]?.config } });
    known.set(key, [{ text, config }, ...versions].slice(0, generations));
    return config;
  };
}

/** Everything that the device is made from: its configuration and the files beside it. */
const wholeText = ({ text, companions = [] }: ParseInput): string =>
  companions.length === 0 ? text : JSON.stringify([text, ...companions.map((companion) => companion.text)]);
