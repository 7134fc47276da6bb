import { diffStates } from '../../core/network/diff-states.ts';
import { IncrementalSimulator } from '../../core/network/incremental.ts';
import { rememberingParser } from '../../core/network/load/remembering-parser.ts';
import { simulate } from '../../core/network/simulate.ts';
import { toSimulateJson } from '../../core/network/simulate-json.ts';
import type { Snapshot } from '../../core/network/snapshot.ts';
import type { NetworkState } from '../../core/network/state.ts';
import { stateText } from '../../core/network/state-hash.ts';
import {
  type GeneratedNetwork,
  generateNetwork,
  type NetworkOptions,
  snapshotOf,
} from '../support/generate-network.ts';
import { editNetwork } from '../support/networks/edit-network.ts';
import { seededRandom } from '../support/networks/seeded-random.ts';

/** A network of the sample: everything about it follows from its seed. */
export interface Sample {
  readonly options: NetworkOptions;
  readonly network: GeneratedNetwork;
  readonly snapshot: Snapshot;
  readonly state: NetworkState;
}

/** Something that holds of every network. */
export interface NetworkProperty {
  readonly name: string;
  /** What is wrong, in a sentence; undefined when nothing is. */
  readonly broken: (sample: Sample) => string | undefined;
}

export function sampleOf(seed: number): Sample {
  const random = seededRandom(seed);
  const shape = random.pick(['fat-tree', 'leaf-spine', 'ring', 'random', 'random', 'random'] as const);
  const fabric = shape === 'fat-tree' || shape === 'leaf-spine';
  const options: NetworkOptions = {
    shape,
    size: shape === 'fat-tree' ? 20 : 3 + random.below(12),
    seed,
    routing: random.pick(fabric ? (['ebgp', 'ospf'] as const) : (['ebgp', 'ospf', 'mixed', 'mixed'] as const)),
    policies: random.pick(['none', 'filters', 'preferences']),
    redistribution: random.pick(['none', 'one-way', 'one-way', 'mutual']),
  };
  const network = generateNetwork(options);
  const snapshot = snapshotOf(network);
  return { options, network, snapshot, state: simulate(snapshot) };
}

const bytesOf = (state: NetworkState): string => JSON.stringify(toSimulateJson(state));

/** Everything in a state, explanations and places of lines included. */
const wholeText = (state: NetworkState): string =>
  JSON.stringify([
    [...state.nodes].map(([node, vrfs]) => [node, [...vrfs].map(([vrf, { routes, bgp }]) => [vrf, routes, bgp])]),
    state.sessions,
    state.adjacencies,
    state.caveats,
    state.oscillation ?? null,
    [...state.notModelled],
    state.rounds,
  ]);

/** The first line in which two texts differ; undefined when they are the same. */
function firstDifference(expected: string, found: string): string | undefined {
  if (expected === found) return undefined;
  const [a, b] = [expected.split('\n'), found.split('\n')];
  const at = a.findIndex((line, index) => line !== b[index]);
  return `expected ${JSON.stringify(a[at] ?? 'the end')}, found ${JSON.stringify(b[at] ?? 'the end')}`.slice(0, 600);
}

const shuffled = (snapshot: Snapshot, seed: number): Snapshot => {
  const random = seededRandom(seed);
  return {
    ...snapshot,
    nodes: new Map(random.shuffled([...snapshot.nodes])),
    links: random.shuffled(snapshot.links).map((link) => ({ ...link, a: link.b, b: link.a })),
  };
};

/** What every device does: its tables, sessions and adjacencies, in an order that does not depend on names. */
const sorted = (text: string): string => text.split('\n').sort().join('\n');

export const networkProperties: readonly NetworkProperty[] = [
  {
    name: 'the same lab gives the same bytes',
    broken: ({ snapshot, state }) =>
      bytesOf(simulate(snapshot)) === bytesOf(state) ? undefined : 'A second computation gave other bytes.',
  },
  {
    name: 'the order in which devices and links are listed changes nothing',
    broken: ({ snapshot, state, options }) => {
      const other = simulate(shuffled(snapshot, options.seed));
      return (
        firstDifference(stateText(state), stateText(other)) ??
        (bytesOf(state) === bytesOf(other) ? undefined : 'What is shown differs.')
      );
    },
  },
  {
    name: 'what devices are called changes nothing',
    broken: ({ options, network, state }) => {
      const order = seededRandom(options.seed).shuffled(network.devices.map((_, at) => at));
      const nameOf = (router: number): string => `x${String(order[router]).padStart(3, '0')}`;
      const renamed = stateText(simulate(snapshotOf(generateNetwork({ ...options, nameOf }))));
      const back = new Map(network.devices.map(({ name }, at) => [nameOf(at), name]));
      return firstDifference(
        sorted(stateText(state)),
        sorted(renamed.replaceAll(/\bx\d{3}\b/g, (name) => back.get(name) ?? name)),
      );
    },
  },
  {
    name: 'a device without links changes nothing for the others',
    broken: ({ network, state }) => {
      const alone = {
        name: 'alone',
        dialect: 'frr' as const,
        text: 'frr version 10.2\ninterface eth0\n ip address 192.0.2.1/24\nexit\nrouter bgp 65099\n network 192.0.2.0/24\nexit\n',
      };
      const more = simulate(snapshotOf({ ...network, devices: [...network.devices, alone] }));
      const others = stateText(more)
        .split('\n')
        .filter((line) => !/^(route|path|session|adjacency) alone /.test(line))
        .join('\n');
      return firstDifference(stateText(state), others);
    },
  },
  {
    name: 'withdrawing a change restores the state byte for byte',
    broken: ({ network, options, state }) => {
      const parse = rememberingParser();
      const read = (devices: GeneratedNetwork['devices']) => simulate(snapshotOf({ ...network, devices }, parse));
      read(network.devices);
      const edit = editNetwork(network, seededRandom(options.seed));
      read(edit.devices);
      const restored = read(network.devices);
      if (bytesOf(restored) !== bytesOf(state)) return `After ${edit.title} and back the bytes differ.`;
      const { routes, sessions, adjacencies } = diffStates(state, restored);
      return routes.length + sessions.length + adjacencies.length === 0
        ? undefined
        : `After ${edit.title} and back a difference is left.`;
    },
  },
  {
    name: 'a simulator that remembers gives after each of some edits what one gives that does not',
    broken: ({ network, options }) => {
      const random = seededRandom(options.seed);
      const parse = rememberingParser();
      const simulator = new IncrementalSimulator();
      let now: Pick<GeneratedNetwork, 'devices' | 'links'> = network;
      simulator.simulate(snapshotOf(now, parse));
      for (let step = 0; step < 4; step += 1) {
        const edit = editNetwork(now, random);
        // Every other edit is taken back, as people do.
        if (step % 2 === 1) simulator.simulate(snapshotOf({ ...network, devices: edit.devices }, parse));
        else now = { ...network, devices: edit.devices };
        const { state, edit: kind } = simulator.simulate(snapshotOf(now, parse));
        const full = simulate(snapshotOf(now));
        if (wholeText(state) !== wholeText(full)) return `After ${edit.title}, an edit of kind ${kind}, they differ.`;
      }
      return undefined;
    },
  },
  {
    name: 'a session is up at both ends or at none, and one that is down says why',
    broken: ({ state }) => {
      const ends = new Map<string, number>();
      for (const { node, peerNode, state: is, reason, peer } of state.sessions) {
        if (is !== 'established') {
          if (!reason) return `${node} does not say why its session with ${peer} is down.`;
          continue;
        }
        const key = `${node} ${peerNode}`;
        ends.set(key, (ends.get(key) ?? 0) + 1);
      }
      for (const [key, count] of ends) {
        const back = key.split(' ').reverse().join(' ');
        if (ends.get(back) !== count) return `${key} has ${count} sessions up, ${back} ${ends.get(back) ?? 0}.`;
      }
      return undefined;
    },
  },
  {
    name: 'a network without a stable state says what keeps changing',
    broken: ({ state, snapshot }) => {
      const { converged, oscillation, rounds } = state;
      if (converged !== (oscillation === undefined)) return 'It says both that it is stable and that it is not.';
      if (rounds > 32 + 2 * snapshot.nodes.size) return `It took ${rounds} rounds.`;
      if (!oscillation) return undefined;
      return oscillation.nodes.length > 0 && oscillation.prefixes.length > 0
        ? undefined
        : 'It names no devices or no prefixes.';
    },
  },
];
