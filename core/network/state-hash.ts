import { ContentHash } from './content-hash.ts';
import type { NetworkState } from './state.ts';

/**
 * The state as one canonical text: tables, BGP paths, sessions and adjacencies, without what explains them (spans,
 * sentences). Two states with the same text do the same. The order is that of the state, which is sorted.
 */
export function stateText(state: NetworkState): string {
  const lines: string[] = [];
  for (const [node, vrfs] of state.nodes) {
    for (const [vrf, table] of vrfs) {
      for (const { prefix, protocol, ad, metric, tag, nextHops } of table.routes) {
        const hops = nextHops.map(
          (hop) => `${hop.drop ? 'drop' : ''}${hop.ip ?? ''}@${hop.interface ?? ''}@${hop.vrf ?? ''}`,
        );
        lines.push(`route ${node} ${vrf} ${prefix} ${protocol} ${ad}/${metric} ${tag ?? ''} ${hops.join(',')}`);
      }
      for (const path of table.bgp ?? []) {
        const { prefix, nextHop, from, asPath, localPref, med, origin, communities, weight, best } = path;
        lines.push(
          `path ${node} ${vrf} ${prefix} ${nextHop ?? ''} ${from ?? ''} [${asPath.join(' ')}] ${localPref} ${med} ${origin} ` +
            `[${communities.join(' ')}] ${weight} ${best} ${path.multipath ?? false}`,
        );
      }
    }
  }
  for (const { node, vrf, peer, state: is, type, families, reason } of state.sessions)
    lines.push(`session ${node} ${vrf} ${peer} ${is} ${type} ${families.join(',')} ${reason?.code ?? ''}`);
  for (const one of state.adjacencies)
    lines.push(
      `adjacency ${one.node} ${one.vrf} ${one.protocol} ${one.interface} ${one.peerNode} ${one.peerInterface} ${one.state}`,
    );
  lines.push(`converged ${state.converged}`);
  return lines.join('\n');
}

/**
 * A short hash of what the network does, to see whether two computations agree. `hash` may be a cryptographic one; the
 * default is fast, well mixed and 128 bits wide.
 */
export function stateHash(state: NetworkState, hash: (text: string) => string = quickHash): string {
  return hash(stateText(state));
}

function quickHash(text: string): string {
  const content = new ContentHash();
  content.text(text);
  return content.digest();
}
