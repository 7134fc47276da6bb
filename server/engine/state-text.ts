import type {
  Adjacency,
  NetworkState,
  NextHop,
  Route,
  RouteChange,
  Session,
  SessionChange,
} from '../../core/network/state.ts';

/* A device's state as text that a line-by-line comparison shows well: one route, session or adjacency per line. */

/** Columns are the same in every state, so that one longer address does not move the other lines. */
const ADDRESS_WIDTH = 26;
const prefixWidth = (prefix: string): number => (prefix.includes(':') ? ADDRESS_WIDTH : 19);

const hop = ({ ip, interface: port, vrf, drop }: NextHop): string =>
  drop
    ? 'drop'
    : [ip ?? 'connected', port !== null && `via ${port}`, vrf !== null && `in VRF ${vrf}`].filter(Boolean).join(' ');

const route = ({ protocol, ad, metric, nextHops }: Route): string =>
  `${protocol} [${ad}/${metric}] ${nextHops.map(hop).join(', ')}`;

const session = ({ peer, vrf, type, peerNode, remoteAs, state, reason }: Session): string =>
  `${peer.padEnd(ADDRESS_WIDTH)} ${type}  AS ${remoteAs ?? 'unknown'}${peerNode ? ` (${peerNode})` : ''}${vrf === 'default' ? '' : `, VRF ${vrf}`}: ${state}${reason ? `, ${reason.text}` : ''}`;

const adjacency = ({ protocol, interface: port, peerNode, peerInterface, state, detail }: Adjacency): string =>
  `${protocol.padEnd(8)} ${port.padEnd(22)} ${peerNode} ${peerInterface}: ${state}${detail ? `, ${detail}` : ''}`;

const missing = (node: string): string => `# ${node}: the device is not in the lab\n`;

/** Routes, BGP sessions and adjacencies of a device. */
export function deviceText(state: NetworkState, node: string): string {
  if (!state.nodes.has(node)) return missing(node);
  return `${[...routeLines(state, node), ...sessionLines(state, node)].join('\n')}\n`;
}

/** Routes of a device by VRF, one per line. */
export const routesText = (state: NetworkState, node: string): string =>
  state.nodes.has(node) ? `${routeLines(state, node).join('\n')}\n` : missing(node);

/** BGP sessions and adjacencies of a device, one per line. */
export const sessionsText = (state: NetworkState, node: string): string =>
  state.nodes.has(node) ? `${sessionLines(state, node).join('\n')}\n` : missing(node);

function routeLines(state: NetworkState, node: string): readonly string[] {
  const lines: string[] = [];
  for (const [vrf, { routes }] of state.nodes.get(node) ?? []) {
    if (routes.length === 0 && vrf !== 'default') continue;
    lines.push(`# ${node}: routes${vrf === 'default' ? '' : ` of VRF ${vrf}`}`);
    for (const one of routes) lines.push(`${one.prefix.padEnd(prefixWidth(one.prefix))} ${route(one)}`);
    lines.push('');
  }
  return lines;
}

function sessionLines(state: NetworkState, node: string): readonly string[] {
  const lines: string[] = [];
  const section = (title: string, rows: readonly string[]): void => {
    if (rows.length > 0) lines.push(`# ${node}: ${title}`, ...rows, '');
  };
  section('BGP sessions', state.sessions.filter((one) => one.node === node).map(session));
  section('adjacencies', state.adjacencies.filter((one) => one.node === node).map(adjacency));
  return lines;
}

/** The states of all devices, by name. */
export const labText = (state: NetworkState, nodes: readonly string[]): string =>
  nodes.map((node) => deviceText(state, node)).join('');

const MARKS = { added: '+', removed: '-', changed: '~', lost: '-', established: '+' } as const;

export function routeChangeText({ node, vrf, prefix, kind, before, after }: RouteChange): string {
  const where = `${MARKS[kind]} ${node}${vrf === 'default' ? '' : ` (${vrf})`}  ${prefix}`;
  if (kind === 'added') return `${where}  ${after.map(route).join('; ')}`;
  if (kind === 'removed') return `${where}  ${before.map(route).join('; ')}`;
  return `${where}  ${before.map(route).join('; ')} -> ${after.map(route).join('; ')}`;
}

export const sessionChangeText = ({ node, vrf, peer, kind, after }: SessionChange): string =>
  `${MARKS[kind]} ${node}${vrf === 'default' ? '' : ` (${vrf})`}  BGP session ${peer}: ${kind}${after?.reason ? `, ${after.reason.text}` : ''}`;
