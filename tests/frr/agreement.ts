import type { Backend } from '../../core/backends/backend.ts';
import { simulate } from '../../core/network/simulate.ts';
import type { Snapshot } from '../../core/network/snapshot.ts';
import type { NetworkState, Route } from '../../core/network/state.ts';
import { generateNetwork, type NetworkOptions, snapshotOf } from '../support/generate-network.ts';
import { explanations } from './explained.ts';

/** One route on which simulator and daemons do not agree. */
export interface Disagreement {
  readonly node: string;
  readonly vrf: string;
  readonly prefix: string;
  readonly simulator: readonly string[];
  readonly frr: readonly string[];
  /** Identifier of the explanation that covers it; undefined when nothing does. */
  readonly explained?: string;
}

export interface AgreementResult {
  readonly converged: boolean;
  /** What the twin still waited for when its time was over. */
  readonly waiting: readonly string[];
  readonly routes: number;
  readonly disagreements: readonly Disagreement[];
  /** Sessions that are up on one side alone. */
  readonly sessions: readonly string[];
}

const SHAPES = ['ring', 'leaf-spine', 'random'] as const;
const ROUTINGS = ['ebgp', 'ospf', 'mixed'] as const;
const REDISTRIBUTIONS = ['none', 'one-way', 'mutual'] as const;

/** The generated network of a seed: shapes, protocols, policies and redistribution take turns. */
export function agreementOptions(seed: number): NetworkOptions {
  const turn = <T>(list: readonly T[], every: number): T => list[Math.floor(seed / every) % list.length] as T;
  return {
    shape: turn(SHAPES, 1),
    size: 3 + (seed % 5),
    seed,
    routing: turn(ROUTINGS, 3),
    policies: turn(['none', 'filters'] as const, 2),
    redistribution: turn(REDISTRIBUTIONS, 9),
    dialects: ['frr'],
  };
}

export const agreementLab = (seed: number): Snapshot => snapshotOf(generateNetwork(agreementOptions(seed)));

/** A route in one line: everything that it does, with its next hops in order. */
const routeText = ({ protocol, ad, metric, tag, nextHops }: Route): string =>
  `${protocol} ${ad}/${metric}${tag === undefined || tag === 0 ? '' : ` tag ${tag}`} ${nextHops
    .map(({ ip, interface: port, drop }) => (drop ? 'drop' : `${ip ?? ''}@${port ?? ''}`))
    .sort()
    .join(' ')}`;

function tableOf(state: NetworkState, node: string, vrf: string): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, string[]>();
  for (const route of state.nodes.get(node)?.get(vrf)?.routes ?? [])
    table.set(route.prefix, [...(table.get(route.prefix) ?? []), routeText(route)].sort());
  return table;
}

/** Runs a lab on both engines and compares what they say of every route and session. */
export async function agreement(lab: Snapshot, backend: Backend, signal?: AbortSignal): Promise<AgreementResult> {
  const computed = simulate(lab);
  const twin = await backend.spawnTwin(lab, signal ? { signal } : {});
  try {
    return compare(lab, computed, twin.initial);
  } finally {
    await backend.teardownTwin(twin);
  }
}

function compare(lab: Snapshot, computed: NetworkState, measured: NetworkState): AgreementResult {
  const disagreements: Disagreement[] = [];
  let routes = 0;
  for (const [node, vrfs] of computed.nodes)
    for (const vrf of vrfs.keys()) {
      const [ours, theirs] = [tableOf(computed, node, vrf), tableOf(measured, node, vrf)];
      for (const prefix of new Set([...ours.keys(), ...theirs.keys()])) {
        routes += 1;
        const [simulator, frr] = [ours.get(prefix) ?? [], theirs.get(prefix) ?? []];
        if (simulator.join('\n') === frr.join('\n')) continue;
        disagreements.push({ node, vrf, prefix, simulator, frr });
      }
    }
  const up = (state: NetworkState): ReadonlySet<string> =>
    new Set(
      state.sessions.filter((one) => one.state === 'established').map((one) => `${one.node} ${one.vrf} ${one.peer}`),
    );
  const [a, b] = [up(computed), up(measured)];
  return {
    converged: measured.converged,
    waiting: measured.caveats.filter(({ node }) => node === '').map(({ text }) => text),
    routes,
    disagreements: explain(lab, disagreements),
    sessions: [
      ...[...a].filter((key) => !b.has(key)).map((key) => `${key} is up in the simulator alone`),
      ...[...b].filter((key) => !a.has(key)).map((key) => `${key} is up in FRR alone`),
    ],
  };
}

/** The same differences with their explanations. Looks until no more are found: one may rest on that of a neighbour's difference. */
export function explain(lab: Snapshot, found: readonly Disagreement[]): readonly Disagreement[] {
  const known = new Map<Disagreement, string>();
  for (let before = -1; before !== known.size; ) {
    before = known.size;
    for (const one of found) {
      if (known.has(one)) continue;
      const differs = (node: string): boolean =>
        [...known.keys()].some((other) => other.node === node && other.prefix === one.prefix);
      const explanation = explanations.find(({ covers }) => covers(one, lab, differs));
      if (explanation) known.set(one, explanation.id);
    }
  }
  return found.map((one) => ({ ...one, ...(known.has(one) && { explained: known.get(one) as string }) }));
}

/** A disagreement in lines for people. */
export const disagreementText = ({ node, vrf, prefix, simulator, frr }: Disagreement): string =>
  `${node} ${vrf} ${prefix}\n    simulator: ${simulator.join(' | ') || 'no route'}\n    FRR:       ${frr.join(' | ') || 'no route'}`;
