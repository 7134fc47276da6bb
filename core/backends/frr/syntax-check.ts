import type { Snapshot } from '../../network/snapshot.ts';
import type { ConfigError, RunOptions } from '../backend.ts';
import { TwinFailure } from './failure.ts';
import { inTurns } from './in-turns.ts';
import { type RefusedLine, refusedLines } from './load.ts';
import { nativeConfig, type RouterConfig } from './native.ts';
import { runProgram } from './process.ts';

/** Checks configurations with FRR's own parser, without a daemon. Texts that were checked are remembered. */
export function syntaxChecker(): (snapshot: Snapshot, options: RunOptions) => Promise<readonly ConfigError[]> {
  const checked = new Map<string, readonly RefusedLine[]>();
  return async (snapshot, { signal, onProgress }) => {
    const errors = new Map<string, readonly ConfigError[]>();
    const nodes = [...snapshot.nodes.values()].filter(({ config }) => config.dialect === 'frr');
    await inTurns(nodes, 2, async (node) => {
      signal?.throwIfAborted();
      const config = nativeConfig(node);
      let refused = checked.get(config.whole);
      if (!refused) {
        onProgress?.(`FRR's parser reads ${node.name}`);
        refused = await refusedByParser(config.whole, signal);
        checked.set(config.whole, refused);
      }
      errors.set(node.name, asErrors(node.name, config, refused));
    });
    // What other systems would refuse is known only as far as their texts cannot be read.
    const unread = [...snapshot.nodes.values()]
      .filter(({ config }) => config.dialect !== 'frr')
      .flatMap(({ name, config }) =>
        config.tree.problems.map(({ span, message }) => ({ node: name, file: config.file, line: span.line, message })),
      );
    return [...nodes.flatMap(({ name }) => errors.get(name) ?? []), ...unread];
  };
}

/** Refused lines of the device's own text, as errors; lines that the twin added are none of the device's. */
export const asErrors = (
  node: string,
  { placeOf }: RouterConfig,
  refused: readonly RefusedLine[],
): readonly ConfigError[] =>
  refused.flatMap(({ line, message }) => {
    const place = placeOf(line);
    return place ? [{ node, ...place, message }] : [];
  });

/** The text goes in by a pipe, and by one that can be opened again: nothing is written that could be left behind. */
const CHECK = 'cat | vtysh --config_dir /dev/null -C -f /dev/stdin';

/** vtysh ends with 0 for a clean file and with 2 where it named lines (FRR's CMD_WARNING and above). */
export async function refusedByParser(text: string, signal: AbortSignal | undefined): Promise<readonly RefusedLine[]> {
  const { code, output } = await runProgram('sh', ['-c', CHECK], { signal, input: text });
  const refused = refusedLines(output);
  if (code !== 0 && refused.length === 0)
    throw new TwinFailure(
      `vtysh cannot check a configuration: ${output.trim().split('\n').at(-1) ?? ''} (code ${code}).`,
    );
  return refused;
}
