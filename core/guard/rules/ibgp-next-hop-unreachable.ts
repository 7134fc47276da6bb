import { makePrefix, parseIp, prefixContains } from '../../config/address.ts';
import type { Action } from '../../config/device/policy.ts';
import { isShutdown as isPortShutdown } from '../../network/interfaces.ts';
import type { Snapshot, SnapshotNode } from '../../network/snapshot.ts';
import {
  familySetting,
  inVrf,
  isActive,
  isExternal,
  isShutdown,
  type Neighbour,
  neighboursOf,
  type Process,
} from '../bgp.ts';
import { connectedInterface, peerOf } from '../peers.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type Found = RawFinding & { readonly node: string };

/** Whether routes to the neighbour carry this router's own address as next hop. */
function setsNextHop(node: SnapshotNode, process: Process, neighbour: Neighbour): boolean {
  const own = familySetting(process, neighbour, 'ipv4-unicast', (from) => from.nextHopSelf)?.value.value;
  if (own !== undefined && own !== 'off') return true;
  const chain = familySetting(process, neighbour, 'ipv4-unicast', (from) => from.policyOut)?.value.policies ?? [];
  return chain.some(({ value }) =>
    (node.config.device.policies.get(value)?.terms ?? []).some(({ actions }) =>
      (actions as readonly Action[]).some(({ kind }) => kind === 'set-next-hop'),
    ),
  );
}

/** Whether the subnet is told to other routers at all: any interior protocol that covers or redistributes it, or BGP. */
function isAnnounced(
  { config: { device } }: SnapshotNode,
  vrf: string,
  interfaceName: string,
  subnet: string,
): boolean {
  const port = device.interfaces.get(interfaceName);
  const prefix = parseIp(subnet.split('/')[0] as string);
  if (!port || !prefix) return true;
  const covers = (address: string, wildcard: string): boolean => {
    const [base, mask] = [parseIp(address), parseIp(wildcard)];
    if (!base || !mask || base.version !== prefix.version) return false;
    return prefix.words.every((word, at) => ((word ^ (base.words[at] ?? 0)) & ~(mask.words[at] ?? 0) & 0xffff) === 0);
  };
  if (port.ospf?.area || port.ospfv3?.area || port.isis || (port as { readonly eigrp?: unknown }).eigrp) return true;
  const own = <T extends { readonly vrf: string }>(list: readonly T[]): readonly T[] =>
    list.filter((process) => process.vrf === vrf);
  const connected = (list: readonly { readonly source: string }[]): boolean =>
    list.some(({ source }) => source === 'connected' || source === 'direct');
  const named = (list: readonly { readonly value: string }[]): boolean =>
    list.some(({ value }) => value === interfaceName);
  return (
    own(device.ospf).some(
      (process) =>
        connected(process.redistribute) ||
        process.exportPolicy !== undefined ||
        [...process.areas.values()].some(
          (area) => named(area.interfaces) || area.networks.some(({ address, wildcard }) => covers(address, wildcard)),
        ),
    ) ||
    own(device.isis).some(
      (process) => connected(process.redistribute) || process.exportPolicy !== undefined || named(process.interfaces),
    ) ||
    own(device.eigrp).some(
      (process) =>
        connected(process.redistribute) || process.networks.some(({ address, wildcard }) => covers(address, wildcard)),
    ) ||
    own(device.rip).some((process) => connected(process.redistribute) || process.networks.length > 0) ||
    own(device.bgp).some((process) =>
      [...process.families.values()].some(
        ({ redistribute, networks }) =>
          connected(redistribute) || networks.some((network) => network.prefix === subnet),
      ),
    )
  );
}

/** Whether the internal peer has a way to the subnet by itself: it is attached to it, or has a static route that covers it. */
function peerKnows(peer: SnapshotNode, vrf: string, address: string): boolean {
  const ip = parseIp(address);
  if (!ip) return true;
  if (connectedInterface(peer, vrf, address)) return true;
  return peer.config.device.staticRoutes.some((route) => {
    const [base, length] = route.prefix.split('/');
    const from = parseIp(base as string);
    return (
      route.vrf === vrf && from && from.version === ip.version && prefixContains(makePrefix(from, Number(length)), ip)
    );
  });
}

function findingsOf(snapshot: Snapshot, node: SnapshotNode): Found[] {
  const all = neighboursOf(node.config.device).filter(({ process, neighbour }) => !isShutdown(process, neighbour));
  const external = all.flatMap(({ process, neighbour }) => {
    if (isExternal(process, neighbour) !== true) return [];
    const attached = connectedInterface(node, process.vrf, neighbour.id);
    return attached && !isPortShutdown(attached.interface) ? [{ process, neighbour, attached }] : [];
  });
  return all.flatMap(({ process, neighbour }): Found[] => {
    if (isExternal(process, neighbour) !== false || !isActive(node.config, process, neighbour, 'ipv4-unicast'))
      return [];
    if (setsNextHop(node, process, neighbour)) return [];
    const peer = peerOf(snapshot, { node, process, neighbour });
    if (!peer) return [];
    const hidden = external.find(({ process: owner, neighbour: far, attached }) => {
      const ip = owner === process ? parseIp(far.id) : undefined;
      if (ip?.version !== 4) return false;
      const subnet = makePrefix(ip, attached.address.length).text;
      return (
        !isAnnounced(node, process.vrf, attached.interface.name, subnet) && !peerKnows(peer.node, process.vrf, far.id)
      );
    });
    if (!hidden) return [];
    const span = neighbour.remoteAs?.span ?? head(neighbour.span);
    return [
      {
        node: node.name,
        span: head(span),
        message: `${peer.node.name} gets routes with the next hop ${hidden.neighbour.id}, to which it has no way: next-hop-self is missing for ${neighbour.id}${inVrf(process.vrf)}, and no protocol announces ${hidden.attached.interface.name}`,
        key: `${process.vrf} ${neighbour.id} ${hidden.neighbour.id}`,
      },
    ];
  });
}

export default rule({
  id: 'ibgp-next-hop-unreachable',
  number: 26,
  priority: 'P1',
  scope: 'network',
  title: 'Internal neighbour that cannot reach the next hop',
  why: 'A route from an external neighbour keeps that neighbour as next hop inside the AS. A router without a way to it does not use the route, and the prefix is unreachable from there.',
  sources: ['RFC 4271 section 5.1.3 and 9.1.2.1', 'RFC 7454 section 10'],
  remedy:
    'Set next-hop-self for the internal neighbour, or announce the link to the external one in the interior protocol.',
  check: ({ snapshot }) => [...snapshot.nodes.values()].flatMap((node) => findingsOf(snapshot, node)),
});
