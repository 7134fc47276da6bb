import type { AddressFamily } from '../../config/device/bgp.ts';
import type { Snapshot } from '../../network/snapshot.ts';
import {
  type Direction,
  filtersOf,
  inVrf,
  isActive,
  isExternal,
  isShutdown,
  type Neighbour,
  neighboursOf,
  type Process,
  remoteAsOf,
  unicastFamilies,
} from '../bgp.ts';
import { peerOf } from '../peers.ts';
import { head } from '../restore.ts';
import { type DeviceContext, type RawFinding, rule } from '../rule.ts';

const directions: readonly Direction[] = ['in', 'out'];

/** Whether routes without a policy pass: the process's own setting, or what the system does. */
function passes({ behaviour }: DeviceContext, process: Process, direction: Direction): boolean {
  const { missingPolicyIn, missingPolicyOut, ebgpRequiresPolicy } = process.options;
  const chosen = (direction === 'in' ? missingPolicyIn : missingPolicyOut)?.value;
  if (chosen !== undefined) return chosen === 'permit';
  const required = ebgpRequiresPolicy?.value;
  return required === undefined ? behaviour.ebgpWithoutPolicy[direction] === 'permit' : !required;
}

const text: Record<Direction, (whom: string) => string> = {
  out: (whom) => `sends every route to ${whom}`,
  in: (whom) => `accepts every route from ${whom}`,
};

/** The peer's own line for the session, so that both ends can be read together. */
function related(
  snapshot: Snapshot | undefined,
  name: string,
  process: Process,
  neighbour: Neighbour,
): RawFinding['related'] {
  const node = snapshot?.nodes.get(name);
  const peer = snapshot && node && peerOf(snapshot, { node, process, neighbour });
  if (!peer) return [];
  const session = peer.back[0]?.neighbour;
  const span = session ? (session.remoteAs?.span ?? head(session.span)) : head(peer.interface.span);
  const message = session
    ? `${peer.node.name}'s side of the session`
    : `${peer.node.name} has the address ${neighbour.id}`;
  return [{ node: peer.node.name, file: span.file ?? peer.node.config.file, span, message }];
}

export default rule({
  id: 'ebgp-without-policy',
  number: 8,
  priority: 'P0',
  scope: 'device',
  title: 'External BGP neighbour without a policy',
  why: 'Without a policy this system exchanges every route with the neighbour: what it learns from one provider it offers to the next, and what a customer announces by mistake it believes.',
  sources: [
    'RFC 8212, default EBGP route propagation behavior without policies',
    'RFC 7454 section 6',
    'RFC 7908, route leaks',
  ],
  remedy:
    'Give the neighbour a route-map (or prefix-list) in and out; where the system can, switch on the RFC 8212 default.',
  check: (context) => {
    const { device, config, snapshot } = context;
    const findings = neighboursOf(device).flatMap(({ process, neighbour }): RawFinding[] => {
      if (isExternal(process, neighbour) !== true || isShutdown(process, neighbour)) return [];
      const remote = remoteAsOf(process, neighbour);
      if (!remote) return [];
      const families = unicastFamilies.filter((family) => isActive(config, process, neighbour, family));
      const open = (direction: Direction, family: AddressFamily) =>
        passes(context, process, direction) && filtersOf(process, neighbour, family, direction).length === 0;
      const whom = typeof remote.value.value === 'number' ? `AS ${remote.value.value}` : neighbour.id;
      const parts = directions
        .toReversed()
        .map((direction) => ({ direction, families: families.filter((family) => open(direction, family)) }))
        .filter((part) => part.families.length > 0)
        .map((part) => {
          const some =
            part.families.length < families.length
              ? ` (${part.families.map((family) => (family === 'ipv4-unicast' ? 'IPv4' : 'IPv6')).join(', ')})`
              : '';
          return `${text[part.direction](whom)}${some}`;
        });
      if (parts.length === 0) return [];
      const span = neighbour.remoteAs?.span ?? head(neighbour.span);
      return [
        {
          span,
          message: `${parts.join(' and ')}: no policy for ${neighbour.id}${inVrf(process.vrf)}`,
          key: `${process.vrf} ${neighbour.id} ${parts.join(' ')}`,
          related: related(snapshot, device.name, process, neighbour),
        },
      ];
    });
    return findings;
  },
});
