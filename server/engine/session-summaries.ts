import type { NetworkState } from '../../core/network/state.ts';
import type { SessionSummary } from './engine.ts';

/** The BGP sessions of a state, each with how many paths it brought. */
export const sessionSummaries = ({ sessions, nodes }: NetworkState): readonly SessionSummary[] =>
  sessions.map(({ node, vrf, peer, peerNode, remoteAs, state, reason }) => {
    const paths = (nodes.get(node)?.get(vrf)?.bgp ?? []).filter(({ from }) => from === peer);
    return {
      node,
      vrf,
      peer,
      peerNode,
      remoteAs,
      state,
      ...(reason && { reason: reason.text }),
      learned: paths.length,
      used: paths.filter(({ best, multipath }) => best || multipath).length,
    };
  });
