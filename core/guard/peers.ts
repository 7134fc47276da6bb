import { makePrefix, parseIp, prefixContains } from '../config/address.ts';
import { type InterfaceConfig, isShutdown } from '../network/interfaces.ts';
import type { Snapshot, SnapshotNode } from '../network/snapshot.ts';
import { type Neighbour, neighboursOf, type Process } from './bgp.ts';

/** Who owns which address in a lab, and who is at the other end of a BGP session. */

export interface Owner {
  readonly node: SnapshotNode;
  readonly interface: InterfaceConfig;
  readonly address: InterfaceConfig['addresses'][number];
  readonly vrf: string;
}

export const vrfOfInterface = (port: InterfaceConfig): string => port.vrf?.value ?? 'default';

const ownersCache = new WeakMap<Snapshot, ReadonlyMap<string, readonly Owner[]>>();

/** Owners of every interface address of the lab that is up, by canonical address. Link-local addresses are left out. */
export function ownersOf(snapshot: Snapshot): ReadonlyMap<string, readonly Owner[]> {
  const cached = ownersCache.get(snapshot);
  if (cached) return cached;
  const owners = new Map<string, Owner[]>();
  for (const node of snapshot.nodes.values())
    for (const port of node.config.device.interfaces.values()) {
      if (isShutdown(port)) continue;
      for (const address of port.addresses) {
        if (address.linkLocal) continue;
        const owner = { node, interface: port, address, vrf: vrfOfInterface(port) };
        const known = owners.get(address.address);
        if (known) known.push(owner);
        else owners.set(address.address, [owner]);
      }
    }
  ownersCache.set(snapshot, owners);
  return owners;
}

const prefixOf = (owner: { address: string; length: number }) => {
  const ip = parseIp(owner.address);
  return ip && makePrefix(ip, owner.length);
};

/** The interface of a node, in a VRF, whose subnet holds the address. */
export function connectedInterface(
  node: SnapshotNode,
  vrf: string,
  address: string,
): { interface: InterfaceConfig; address: InterfaceConfig['addresses'][number] } | undefined {
  const ip = parseIp(address);
  if (!ip) return undefined;
  for (const port of node.config.device.interfaces.values()) {
    if (vrfOfInterface(port) !== vrf || isShutdown(port)) continue;
    for (const own of port.addresses) {
      const prefix = prefixOf(own);
      if (prefix && !own.linkLocal && prefixContains(prefix, ip)) return { interface: port, address: own };
    }
  }
  return undefined;
}

export interface Session {
  readonly node: SnapshotNode;
  readonly process: Process;
  readonly neighbour: Neighbour;
}

export interface Peer extends Owner {
  /** The peer's neighbour statement that points back at an address of ours; several where it has several. */
  readonly back: readonly Session[];
}

/** Addresses of a node in a VRF, as text. */
const addressesOf = (node: SnapshotNode, vrf: string): Set<string> =>
  new Set(
    [...node.config.device.interfaces.values()]
      .filter((port) => vrfOfInterface(port) === vrf)
      .flatMap((port) => port.addresses.map(({ address }) => address)),
  );

/**
 * The device at the other end of a session with an address, and its statements for the session. Where several devices
 * own the address (anycast, the same plan in several sites) only one that points back is taken; undefined when that
 * does not decide it either.
 */
export function peerOf(snapshot: Snapshot, { node, process, neighbour }: Session): Peer | undefined {
  const owners = (ownersOf(snapshot).get(neighbour.id) ?? []).filter((owner) => owner.node.name !== node.name);
  const ours = addressesOf(node, process.vrf);
  const version = parseIp(neighbour.id)?.version;
  const peers = owners.map((owner): Peer => {
    const back = neighboursOf(owner.node.config.device)
      // A session of the other IP version between the same devices is another session.
      .filter(({ neighbour: { id } }) => ours.has(id) && parseIp(id)?.version === version)
      .map((candidate) => ({ node: owner.node, ...candidate }));
    return { ...owner, back };
  });
  if (peers.length <= 1) return peers[0];
  const pointing = peers.filter(({ back }) => back.length > 0);
  return pointing.length === 1 ? pointing[0] : undefined;
}
