import { parseIp } from '../../core/config/address.ts';
import { explainNeighbour, type NeighbourExplanation } from '../../core/network/explain/explain-neighbour.ts';
import { explainPrefix, type RouteExplanation } from '../../core/network/explain/explain-prefix.ts';
import { loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { compute } from '../../core/network/simulate.ts';
import type { Snapshot } from '../../core/network/snapshot.ts';
import type { Reason } from '../../core/network/state.ts';
import { GLOBAL_VRF } from '../../core/network/topology.ts';
import { nodeFileReader } from '../files/node-file-reader.ts';
import { exitCodes } from './exit-codes.ts';
import { placed, reasonText } from './reasons.ts';
import { hopText } from './state-diff-text.ts';
import { heading, print, shown } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const isEmpty = ({ sessions, adjacencies, missing }: NeighbourExplanation): boolean =>
  sessions.length + adjacencies.length + missing.length === 0;

/** Prints why; the exit code is 1 when the route, the session or an adjacency is not there. */
export async function explainCommand(
  lab: string,
  node: string,
  what: string,
  { vrf, json = false }: { readonly vrf?: string; readonly json?: boolean },
): Promise<number> {
  const snapshot = await loadSnapshot(lab, { reader: nodeFileReader });
  if (!snapshot.nodes.has(node))
    throw new UsageError(`${node} is no device of the lab; it has ${[...snapshot.nodes.keys()].join(', ')}.`);
  const computed = compute(snapshot);
  const table = computed.context.topology.tableOf(node, vrf ?? GLOBAL_VRF);
  if (!table) throw new UsageError(`${node} has no VRF ${vrf}.`);

  // An address may name a neighbour as well as a destination: a configured neighbour is meant first.
  const neighbour =
    what.includes('/') && parseIp(what.split('/')[0] ?? '') ? undefined : explainNeighbour(computed, node, what, vrf);
  if (neighbour && !isEmpty(neighbour)) {
    if (json) print(JSON.stringify(neighbourJson(snapshot, neighbour)));
    else printNeighbour(snapshot, neighbour);
    const down =
      neighbour.sessions.some(({ session }) => session.state === 'down') ||
      neighbour.adjacencies.some(({ adjacency }) => adjacency.state === 'down') ||
      neighbour.sessions.length + neighbour.adjacencies.length === 0;
    return down ? exitCodes.blocked : exitCodes.fine;
  }
  const route = explainPrefix(computed, table, what);
  if (!route)
    throw new UsageError(
      `"${what}" is neither a prefix, nor an address, nor a neighbour of ${node} (a device, an interface, or a BGP neighbour).`,
    );
  if (json) print(JSON.stringify(routeJson(snapshot, route)));
  else printRoute(snapshot, route);
  return route.present ? exitCodes.fine : exitCodes.blocked;
}

function printReasons(snapshot: Snapshot, reasons: readonly Reason[], indent: string): void {
  for (const reason of reasons) print(shown(`${indent}${reasonText(snapshot, reason)}`));
}

function printRoute(snapshot: Snapshot, route: RouteExplanation): void {
  const { node, vrf, prefix, present, candidates, paths, resolution, absent } = route;
  const where = vrf === GLOBAL_VRF ? node : `${node}, VRF ${vrf}`;
  print(heading(`${where}: ${prefix} ${present ? 'is in the table' : 'is not in the table'}`));
  for (const { protocol, ad, metric, nextHops, why, lines } of candidates) {
    print(shown(`  ${protocol} ${ad}/${metric} ${nextHops.map(hopText).join(', ')}: ${why}`));
    printReasons(snapshot, lines, '      ');
  }
  for (const { protocol, accounts } of paths) {
    print('');
    print(heading(`${protocol.toUpperCase()}`));
    for (const { text, steps } of accounts) {
      print(shown(`  ${text}`));
      printReasons(snapshot, steps, '      ');
    }
  }
  if (resolution.length > 0) {
    print('');
    print(heading('Next hops'));
    printReasons(snapshot, resolution, '  ');
  }
  if (absent.length > 0) {
    print('');
    print(heading(present ? 'Not installed' : 'Why it is absent'));
    printReasons(snapshot, absent, '  ');
  }
}

function printNeighbour(
  snapshot: Snapshot,
  { node, asked, sessions, adjacencies, missing }: NeighbourExplanation,
): void {
  print(heading(`${node} and ${asked}`));
  for (const { session, reasons } of sessions) {
    print(shown(`  BGP session ${session.peer} (${session.type}): ${session.state}`));
    printReasons(snapshot, reasons, '      ');
  }
  for (const { adjacency, reasons } of adjacencies) {
    print(shown(`  ${adjacency.protocol} adjacency on ${adjacency.interface}: ${adjacency.state}`));
    printReasons(snapshot, reasons, '      ');
  }
  printReasons(snapshot, missing, '  ');
}

const reasonsJson = (snapshot: Snapshot, reasons: readonly Reason[]) =>
  reasons.map((reason) => placed(snapshot, reason));

const routeJson = (snapshot: Snapshot, { candidates, paths, resolution, absent, ...route }: RouteExplanation) => ({
  ...route,
  candidates: candidates.map(({ lines, ...candidate }) => ({ ...candidate, lines: reasonsJson(snapshot, lines) })),
  paths: paths.map(({ protocol, accounts }) => ({
    protocol,
    accounts: accounts.map(({ outcome, text, steps }) => ({ outcome, text, steps: reasonsJson(snapshot, steps) })),
  })),
  resolution: reasonsJson(snapshot, resolution),
  absent: reasonsJson(snapshot, absent),
});

const neighbourJson = (snapshot: Snapshot, { node, asked, sessions, adjacencies, missing }: NeighbourExplanation) => ({
  node,
  asked,
  sessions: sessions.map(({ session: { vrf, peer, peerNode, type, localAs, remoteAs, state, reason }, reasons }) => ({
    vrf,
    peer,
    peerNode,
    type,
    localAs,
    remoteAs,
    state,
    code: reason?.code ?? null,
    reasons: reasonsJson(snapshot, reasons),
  })),
  adjacencies: adjacencies.map(({ adjacency: { span: _span, ...adjacency }, reasons }) => ({
    ...adjacency,
    reasons: reasonsJson(snapshot, reasons),
  })),
  missing: reasonsJson(snapshot, missing),
});
