import type { Span } from '../../config/span.ts';
import type { Computed } from '../network-state.ts';
import { instancesOf as isisInstances } from '../protocols/isis/circuits.ts';
import { instancesOf as ospfInstances } from '../protocols/ospf/circuits.ts';
import { passiveOn } from '../protocols/passive.ts';
import type { Adjacency, Reason, Session } from '../state.ts';
import type { L3Interface } from '../topology.ts';

/** How a device stands with a neighbour, and why where it does not. */
export interface NeighbourExplanation {
  readonly node: string;
  readonly asked: string;
  readonly sessions: readonly { readonly session: Session; readonly reasons: readonly Reason[] }[];
  readonly adjacencies: readonly { readonly adjacency: Adjacency; readonly reasons: readonly Reason[] }[];
  /** Links on which a protocol runs on one side alone, or on neither. */
  readonly missing: readonly Reason[];
}

/**
 * Explains sessions and adjacencies of a device with a neighbour: a BGP neighbour as it is configured (address or
 * interface), an interface of the device, or another device. Nothing matches: every list is empty.
 */
export function explainNeighbour(
  computed: Computed,
  node: string,
  asked: string,
  vrf: string | undefined,
): NeighbourExplanation {
  const { context, results } = computed;
  const inVrf = (one: { readonly vrf: string }): boolean => vrf === undefined || one.vrf === vrf;
  const all = [...results.values()];
  const wanted = asked.toLowerCase();
  const sessions = all
    .flatMap((result) => result.sessions ?? [])
    .filter((one) => one.node === node && inVrf(one) && (one.peer.toLowerCase() === wanted || one.peerNode === asked));
  const owners = context.topology.ownersOf(asked).map(({ table, name }) => `${table.node} ${name}`);
  const adjacencies = all
    .flatMap((result) => result.adjacencies ?? [])
    .filter(
      (one) =>
        one.node === node &&
        inVrf(one) &&
        (one.peerNode === asked ||
          one.interface.toLowerCase() === wanted ||
          owners.includes(`${one.peerNode} ${one.peerInterface}`)),
    );
  const links = context.topology.interfaces
    .filter((one) => one.table.node === node && inVrf(one.table))
    .flatMap((near) => context.topology.neighboursOf(near).map((far) => ({ near, far })))
    .filter(
      ({ near, far }) =>
        far.table.node !== node &&
        (far.table.node === asked ||
          near.name.toLowerCase() === wanted ||
          far.addresses.some(({ ip }) => ip.text === asked)),
    );
  return {
    node,
    asked,
    sessions: sessions.map((session) => ({ session, reasons: sessionReasons(session) })),
    adjacencies: adjacencies.map((adjacency) => ({ adjacency, reasons: adjacencyReasons(computed, adjacency) })),
    missing: [...downInterfaces(computed, node, asked), ...missingOn(computed, links, adjacencies)],
  };
}

function sessionReasons({ node, peer, state, reason, span, peerNode }: Session): readonly Reason[] {
  const configured: Reason = { text: `${node}: the neighbour ${peer} is configured here`, node, span };
  if (state === 'established') return [configured, { text: `established with ${peerNode ?? peer}` }];
  return [
    configured,
    { text: reason?.text ?? 'it is down' },
    ...(reason?.spans ?? []).map(
      (at): Reason => ({ text: `${at.node}: because of this line`, node: at.node, span: at.span }),
    ),
  ];
}

function adjacencyReasons(
  { context }: Computed,
  { node, interface: port, peerNode, peerInterface, state, detail, span }: Adjacency,
): readonly Reason[] {
  const far = context.topology.interfaceOf(peerNode, peerInterface);
  return [
    {
      text: `${node} ${port}: ${state === 'up' ? 'the protocol runs here' : 'it would run here'}`,
      node,
      ...(span && { span }),
    },
    ...(far
      ? [{ text: `${peerNode} ${peerInterface} is at the other end`, node: peerNode, span: far.config.span }]
      : []),
    ...(detail ? [{ text: state === 'up' ? detail : `no adjacency: ${detail}` }] : []),
  ];
}

/** Interfaces of the device towards the neighbour that are down, with what keeps them down. */
function downInterfaces({ context: { topology } }: Computed, node: string, asked: string): readonly Reason[] {
  const ends = topology.snapshot.links.flatMap(({ a, b }) => [
    { own: a, far: b },
    { own: b, far: a },
  ]);
  return ends.flatMap(({ own, far }): readonly Reason[] => {
    if (own.node !== node || (far.node !== asked && own.interface.toLowerCase() !== asked.toLowerCase())) return [];
    const one = topology.interfaceOf(node, own.interface);
    if (!one || one.up) return [];
    const text = `${node}: ${one.name} towards ${far.node} is down: ${one.downReason}`;
    return [
      { text, node, span: one.config.span },
      ...(one.downCause ? [{ text: `${one.downCause.node}: the cause is this line`, ...one.downCause }] : []),
    ];
  });
}

/** For every link to the neighbour and every interior protocol that a side has: on which side it does not run, and why. */
function missingOn(
  { context }: Computed,
  links: readonly { readonly near: L3Interface; readonly far: L3Interface }[],
  adjacencies: readonly Adjacency[],
): readonly Reason[] {
  const quiet = { ...context, caveat: () => undefined };
  const running = {
    ospf: ospfInstances(quiet),
    isis: isisInstances(quiet),
  } as const;
  const reasons: Reason[] = [];
  for (const { near, far } of links)
    for (const [protocol, instances] of Object.entries(running)) {
      const isTold = adjacencies.some(
        (one) => one.protocol.startsWith(protocol) && one.interface === near.name && one.peerInterface === far.name,
      );
      if (isTold) continue;
      const has = (node: string): boolean => instances.some(({ table }) => table.node === node);
      if (!has(near.table.node) && !has(far.table.node)) continue;
      for (const one of [near, far]) {
        const circuit = instances
          .flatMap((each) => each.circuits as readonly { l3: L3Interface; passive: unknown; span: Span }[])
          .find(({ l3 }) => l3 === one);
        const { node } = one.table;
        if (!has(node))
          reasons.push({ text: `${node} has no ${protocol.toUpperCase()} process`, node, span: one.config.span });
        else if (!circuit)
          reasons.push({
            text: `no line enables ${protocol.toUpperCase()} on ${node} ${one.name}`,
            node,
            span: one.config.span,
          });
        else if (circuit.passive) {
          const process = instances.find(({ table }) => table === one.table)?.process;
          const line = process && passiveOn(process, one.name);
          reasons.push({
            text: `${protocol.toUpperCase()} is passive on ${node} ${one.name}`,
            node,
            span: line?.span ?? circuit.span,
          });
        }
      }
    }
  return reasons;
}
