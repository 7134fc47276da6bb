import type { NetworkState } from '../network/state.ts';

/** Prefixes of one table that had several BGP neighbours to go to and have one now. */
export interface AlternativesLost {
  readonly node: string;
  readonly vrf: string;
  readonly prefixes: readonly string[];
}

/** Tables that have routes of BGP and whose paths the twin does not tell: what was lost beside the best ones is not known. */
export const tablesWithoutPaths = (state: NetworkState): readonly { readonly node: string; readonly vrf: string }[] =>
  [...state.nodes].flatMap(([node, tables]) =>
    [...tables].flatMap(([vrf, { bgp, routes }]) =>
      !bgp && routes.some(({ protocol }) => protocol === 'ebgp' || protocol === 'ibgp' || protocol === 'bgp')
        ? [{ node, vrf }]
        : [],
    ),
  );

/** Neighbours by prefix from which a table has BGP paths; what the device originates itself is no alternative. */
function neighboursOf(state: NetworkState, node: string, vrf: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { prefix, from, decidedBy } of state.nodes.get(node)?.get(vrf)?.bgp ?? []) {
    // A path whose next hop nobody can resolve is no way out.
    if (from === null || decidedBy === 'next-hop-unreachable') continue;
    const known = found.get(prefix);
    if (known) known.add(from);
    else found.set(prefix, new Set([from]));
  }
  return found;
}

/**
 * Where the change takes the last alternative away: no route moves, because the best path stays, and the next failure
 * has nowhere to go.
 */
export function alternativesLost(before: NetworkState, after: NetworkState): readonly AlternativesLost[] {
  const lost: AlternativesLost[] = [];
  for (const [node, tables] of before.nodes)
    for (const [vrf, { bgp }] of tables) {
      const now = after.nodes.get(node)?.get(vrf);
      if (!bgp || !now?.bgp) continue;
      const left = neighboursOf(after, node, vrf);
      const prefixes = [...neighboursOf(before, node, vrf)].flatMap(([prefix, neighbours]) =>
        neighbours.size > 1 && left.get(prefix)?.size === 1 ? [prefix] : [],
      );
      if (prefixes.length > 0) lost.push({ node, vrf, prefixes });
    }
  return lost;
}
