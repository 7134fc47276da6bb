/*
 * What one state of a lab has and another lacks: routes, sessions, adjacencies. A route that only leads elsewhere is not
 * lost.
 */
import type { NetworkState } from './state.ts';

export interface Loss {
  readonly kind: 'session' | 'adjacency' | 'route';
  readonly node: string;
  readonly vrf: string;
  /** Names the lost thing; two states that lack the same thing give the same key. */
  readonly key: string;
  /** One sentence. */
  readonly text: string;
}

const inVrf = (vrf: string): string => (vrf === 'default' ? '' : ` in VRF ${vrf}`);

/** Everything that is up in a state, by key. */
function present(state: NetworkState): ReadonlyMap<string, Loss> {
  const found = new Map<string, Loss>();
  const add = (loss: Loss): void => void found.set(loss.key, loss);
  for (const { node, vrf, peer, state: up } of state.sessions)
    if (up === 'established')
      add({
        ...{ kind: 'session', node, vrf, key: `session ${node} ${vrf} ${peer}` },
        text: `${node}: the BGP session with ${peer}${inVrf(vrf)} is down.`,
      });
  for (const { node, vrf, protocol, interface: port, peerNode, state: up } of state.adjacencies)
    if (up === 'up')
      add({
        ...{ kind: 'adjacency', node, vrf, key: `adjacency ${node} ${vrf} ${protocol} ${port} ${peerNode}` },
        text: `${node}: the ${protocol} adjacency with ${peerNode} on ${port} is down.`,
      });
  for (const [node, vrfs] of state.nodes)
    for (const [vrf, { routes }] of vrfs)
      for (const { prefix } of routes)
        add({
          ...{ kind: 'route', node, vrf, key: `route ${node} ${vrf} ${prefix}` },
          text: `${node}: there is no route to ${prefix}${inVrf(vrf)}.`,
        });
  return found;
}

/** What every one of the reference states has and `state` lacks, sorted by key. The reference states are read once. */
export function lossesAgainst(
  ...references: readonly [NetworkState, ...NetworkState[]]
): (state: NetworkState) => readonly Loss[] {
  const [first, ...others] = references.map(present) as [ReadonlyMap<string, Loss>, ...ReadonlyMap<string, Loss>[]];
  const expected = [...first.values()]
    .filter(({ key }) => others.every((other) => other.has(key)))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return (state) => {
    const now = present(state);
    return expected.filter(({ key }) => !now.has(key));
  };
}
