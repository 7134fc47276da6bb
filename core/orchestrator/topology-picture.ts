import type { UnsealedBundle } from '../evidence/bundle.ts';
import { asLine } from '../evidence/visible-text.ts';
import type { Snapshot } from '../network/snapshot.ts';
import type { NetworkState, StateDiff } from '../network/state.ts';

type Drawn = Extract<UnsealedBundle['topology'], { readonly status: 'drawn' }>;
type State = Drawn['sessions'][number]['state'];

export interface TopologyInput {
  readonly snapshot: Snapshot;
  /** Devices whose configuration the change edits. */
  readonly configured: ReadonlySet<string>;
  /** The state that is shown, and what changed on the way to it; without them only the cabling is drawn. */
  readonly state?: NetworkState;
  readonly diff?: StateDiff;
}

/** The gravest first, where two ends of a session differ. */
const GRAVITY: readonly State[] = ['lost', 'removed', 'added', 'established', 'down', 'up'];

/** The lab as a graph: devices with what changes on them, links, and the sessions between devices of the lab. */
export function topologyOf({ snapshot, configured, state, diff }: TopologyInput): Drawn {
  const touched = new Set([
    ...(diff?.routes ?? []).map(({ node }) => node),
    ...(diff?.sessions ?? []).map(({ node }) => node),
    ...(diff?.adjacencies ?? []).flatMap(({ before, after }) => (after ?? before)?.node ?? []),
  ]);
  const count = (node: string, kind: 'added' | 'removed' | 'changed'): number =>
    (diff?.routes ?? []).filter((change) => change.node === node && change.kind === kind).length;
  return {
    status: 'drawn',
    devices: [...snapshot.nodes.values()].map(({ name, config }) => ({
      name,
      system: config.dialect,
      change: configured.has(name) ? 'configured' : touched.has(name) ? 'affected' : 'none',
      routes: { added: count(name, 'added'), removed: count(name, 'removed'), changed: count(name, 'changed') },
    })),
    links: snapshot.links.map(({ a, b }) => ({
      a: { device: asLine(a.node), port: asLine(a.interface) },
      b: { device: asLine(b.node), port: asLine(b.interface) },
    })),
    sessions: sessionsOf(state, diff),
  };
}

function sessionsOf(state: NetworkState | undefined, diff: StateDiff | undefined): Drawn['sessions'] {
  const found = new Map<string, { a: string; b: string; protocol: string; states: State[] }>();
  const add = (node: string, peer: string | null | undefined, protocol: string, is: State): void => {
    if (!peer || peer === node) return;
    const [a, b] = node < peer ? [node, peer] : [peer, node];
    const key = `${a}\n${b}\n${protocol}`;
    const known = found.get(key) ?? { a, b, protocol, states: [] };
    known.states.push(is);
    found.set(key, known);
  };
  const changedSessions = new Set<string>();
  for (const { node, vrf, peer, kind, before, after } of diff?.sessions ?? []) {
    changedSessions.add(`${node} ${vrf} ${peer}`);
    const wasUp = before?.state === 'established';
    const is: State =
      kind === 'changed'
        ? after?.state === 'established'
          ? 'up'
          : 'down'
        : kind === 'removed' && !wasUp
          ? 'down'
          : kind;
    // A session that was down and is no longer configured takes nothing away.
    if (kind !== 'removed' || wasUp) add(node, (after ?? before)?.peerNode, 'bgp', is);
  }
  for (const { node, vrf, peer, peerNode, state: is } of state?.sessions ?? [])
    if (!changedSessions.has(`${node} ${vrf} ${peer}`))
      add(node, peerNode, 'bgp', is === 'established' ? 'up' : 'down');
  const changedAdjacencies = new Set<string>();
  for (const { kind, before, after } of diff?.adjacencies ?? []) {
    const one = after ?? before;
    if (!one) continue;
    changedAdjacencies.add(`${one.node} ${one.vrf} ${one.protocol} ${one.interface} ${one.peerNode}`);
    add(one.node, one.peerNode, one.protocol, kind);
  }
  for (const one of state?.adjacencies ?? [])
    if (!changedAdjacencies.has(`${one.node} ${one.vrf} ${one.protocol} ${one.interface} ${one.peerNode}`))
      add(one.node, one.peerNode, one.protocol, one.state);
  return [...found.values()].map(({ a, b, protocol, states }) => ({
    ...{ a, b, protocol },
    state: GRAVITY.find((one) => states.includes(one)) ?? 'up',
  }));
}
