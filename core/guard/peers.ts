import { makePrefix, type Prefix, parseIp, prefixContains } from '../config/address.ts';
import { type InterfaceConfig, isShutdown } from '../network/interfaces.ts';
import type { ParsedConfig, Snapshot, SnapshotNode } from '../network/snapshot.ts';
import { type Neighbour, neighboursOf, type Process } from './bgp.ts';
import { groupBy } from './group-by.ts';

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

/** An address of an interface that is up, with its subnet. */
export interface Attached {
  readonly interface: InterfaceConfig;
  readonly address: InterfaceConfig['addresses'][number];
}

/** The interface of a node, in a VRF, whose subnet holds the address. */
export function connectedInterface(node: SnapshotNode, vrf: string, address: string): Attached | undefined {
  const ip = parseIp(address);
  return (
    ip &&
    indexOf(node.config)
      .subnets.get(vrf)
      ?.find(({ prefix }) => prefixContains(prefix, ip))
  );
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

/** What is looked up again and again in one configuration; it stays as long as the configuration is not edited. */
interface ConfigIndex {
  readonly subnets: ReadonlyMap<string, readonly (Attached & { readonly prefix: Prefix })[]>;
  readonly addresses: ReadonlyMap<string, readonly string[]>;
  readonly neighbours: ReadonlyMap<string, readonly { readonly process: Process; readonly neighbour: Neighbour }[]>;
}

const indexes = new WeakMap<ParsedConfig, ConfigIndex>();

function indexOf(config: ParsedConfig): ConfigIndex {
  const known = indexes.get(config);
  if (known) return known;
  const ports = groupBy(config.device.interfaces.values(), vrfOfInterface);
  const attached = (port: InterfaceConfig) =>
    port.addresses.flatMap((address) => {
      const ip = isShutdown(port) || address.linkLocal ? undefined : parseIp(address.address);
      return ip ? [{ interface: port, address, prefix: makePrefix(ip, address.length) }] : [];
    });
  const index = {
    subnets: new Map([...ports].map(([vrf, own]) => [vrf, own.flatMap(attached)])),
    addresses: new Map(
      [...ports].map(([vrf, own]) => [vrf, own.flatMap((port) => port.addresses.map(({ address }) => address))]),
    ),
    neighbours: groupBy(neighboursOf(config.device), ({ neighbour }) => neighbour.id),
  };
  indexes.set(config, index);
  return index;
}

const peers = new WeakMap<Snapshot, Map<Neighbour, Peer | undefined>>();

/**
 * The device at the other end of a session with an address, and its statements for the session. Where several devices
 * own the address (anycast, the same plan in several sites) only one that points back is taken; undefined when that
 * does not decide it either.
 */
export function peerOf(snapshot: Snapshot, session: Session): Peer | undefined {
  const known = peers.get(snapshot) ?? new Map<Neighbour, Peer | undefined>();
  peers.set(snapshot, known);
  if (!known.has(session.neighbour)) known.set(session.neighbour, findPeer(snapshot, session));
  return known.get(session.neighbour);
}

function findPeer(snapshot: Snapshot, { node, process, neighbour }: Session): Peer | undefined {
  const owners = (ownersOf(snapshot).get(neighbour.id) ?? []).filter((owner) => owner.node.name !== node.name);
  const version = parseIp(neighbour.id)?.version;
  // A session of the other IP version between the same devices is another session.
  const ours = (indexOf(node.config).addresses.get(process.vrf) ?? []).filter(
    (address) => parseIp(address)?.version === version,
  );
  const candidates = owners.map((owner): Peer => {
    const { neighbours } = indexOf(owner.node.config);
    const back = ours.flatMap((address) => neighbours.get(address) ?? []);
    return { ...owner, back: back.map((each) => ({ node: owner.node, ...each })) };
  });
  if (candidates.length <= 1) return candidates[0];
  const pointing = candidates.filter(({ back }) => back.length > 0);
  return pointing.length === 1 ? pointing[0] : undefined;
}
