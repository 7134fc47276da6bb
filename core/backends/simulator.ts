import { diffStates } from '../network/diff-states.ts';
import { simulate } from '../network/simulate.ts';
import type { Snapshot } from '../network/snapshot.ts';
import type { NetworkState } from '../network/state.ts';
import type { Backend, ConfigError, RunOptions, Twin } from './backend.ts';

/** Changes with what the simulator computes, so that evidence says which computation a state came from. */
const VERSION = '0.1.0';

/** Lets a cancellation that came in meanwhile be seen: the computation itself does not give way to the event loop. */
const nextTurn = (signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    setImmediate(() => {
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    });
  });

/** Computes a lab and gives way to the event loop before and after, so that a cancellation is seen. */
export async function converge(snapshot: Snapshot, { signal, onProgress }: RunOptions): Promise<NetworkState> {
  await nextTurn(signal);
  const state = simulate(snapshot, {
    ...(signal && { signal }),
    onProgress: ({ round, protocol }) => onProgress?.(`round ${round}: ${protocol}`),
  });
  await nextTurn(signal);
  return state;
}

/**
 * The embedded twin: routes computed from the configurations, in this process. Nothing is started and nothing is
 * opened, so there is nothing to leak; a twin that was torn down refuses to go on.
 */
export function simulatorBackend(): Backend {
  const alive = new Set<Twin>();
  return {
    name: 'simulator',
    version: VERSION,
    limits: [
      'The twin is a computation from the configurations, not the network systems themselves: defects and limits of their software do not show.',
      'Timers, packet loss, interface counters, forwarding hardware and the load of control planes are not simulated.',
      'Configuration lines that are listed as not modelled have no effect in the twin.',
      'Neighbours outside of the lab announce what files of the lab declare, and nothing else: other routes learned from them in production are missing.',
    ],
    staticCheck: async (snapshot) =>
      [...snapshot.nodes.values()].flatMap(({ name, config }) =>
        config.tree.problems.map(
          ({ span, message }): ConfigError => ({ node: name, file: config.file, line: span.line, message }),
        ),
      ),
    spawnTwin: async (snapshot, options) => {
      const initial = await converge(snapshot, options);
      const twin: Twin = {
        id: `simulator-${snapshot.name}`,
        initial,
        nodes: snapshot.nodes.size,
        links: snapshot.links.length,
      };
      alive.add(twin);
      return twin;
    },
    applyAndConverge: async (twin, snapshot, options) => {
      if (!alive.has(twin)) throw new Error(`The twin ${twin.id} was torn down; spawn a new one.`);
      return converge(snapshot, options);
    },
    stateDiff: diffStates,
    teardownTwin: async (twin) => void alive.delete(twin),
  };
}
