import { type Ip, makePrefix, type Prefix, parseIp } from '../config/address.ts';
import type { Behaviour } from '../config/behaviour.ts';
import type { Device } from '../config/device/device.ts';
import type { Span } from '../config/span.ts';
import {
  type DownCause,
  type InterfaceConfig,
  type InterfaceStates,
  interfaceStates,
  switchedVlans,
} from './interfaces.ts';
import { type BroadcastDomains, broadcastDomains } from './segments.ts';
import type { Snapshot, SnapshotNode } from './snapshot.ts';

/** Name of the global table in every result. */
export const GLOBAL_VRF = 'default';

/** A routing table: one VRF of one device. `index` is its place in `Topology.tables`. */
export interface Table {
  readonly index: number;
  readonly node: string;
  readonly vrf: string;
  readonly device: Device;
  readonly behaviour: Behaviour;
}

export interface L3Address {
  readonly ip: Ip;
  readonly length: number;
  /** Network of the address, and the same as text. */
  readonly prefix: Prefix;
  readonly network: string;
  readonly secondary: boolean;
  readonly linkLocal: boolean;
  readonly span: Span;
}

/** An interface that takes part in routing: it has an address, borrows one, or speaks IPv6 without one. */
export interface L3Interface {
  readonly index: number;
  readonly table: Table;
  readonly name: string;
  readonly config: InterfaceConfig;
  readonly up: boolean;
  /** Why it is down; empty when it is up. */
  readonly downReason: string;
  /** The configuration that keeps it down, possibly of another device. */
  readonly downCause?: DownCause;
  readonly addresses: readonly L3Address[];
  /** The interface whose address it borrows. */
  readonly borrowsFrom?: string;
  /** Interfaces with the same number share a broadcast domain; -1 for one that shares it with nobody (down, loopback). */
  readonly segment: number;
}

/** Everything about the lab that does not change while routes are computed. */
export interface Topology {
  readonly snapshot: Snapshot;
  readonly states: InterfaceStates;
  /** Sorted by node, then VRF with the global table first. */
  readonly tables: readonly Table[];
  readonly tableOf: (node: string, vrf: string) => Table | undefined;
  readonly interfaces: readonly L3Interface[];
  /** Interfaces of a table, in order of name. */
  readonly interfacesOf: (table: Table) => readonly L3Interface[];
  readonly interfaceOf: (node: string, name: string) => L3Interface | undefined;
  /** The other interfaces of the same segment that are up. */
  readonly neighboursOf: (l3: L3Interface) => readonly L3Interface[];
  /** Interfaces that own an address (canonical text), in any table; up or not. */
  readonly ownersOf: (address: string) => readonly L3Interface[];
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byVrf = (a: string, b: string): number =>
  a === b ? 0 : a === GLOBAL_VRF ? -1 : b === GLOBAL_VRF ? 1 : compareText(a, b);

const vrfOf = (config: InterfaceConfig): string => config.vrf?.value ?? GLOBAL_VRF;

function tablesOf(nodes: readonly SnapshotNode[]): Table[] {
  const tables: Table[] = [];
  for (const { name: node, config } of nodes) {
    const { device, behaviour } = config;
    const vrfs = new Set([GLOBAL_VRF, ...device.vrfs.keys()]);
    for (const one of device.interfaces.values()) vrfs.add(vrfOf(one));
    for (const route of device.staticRoutes) vrfs.add(route.vrf);
    for (const list of [device.bgp, device.ospf, device.isis, device.eigrp, device.rip])
      for (const process of list) vrfs.add(process.vrf);
    for (const vrf of [...vrfs].sort(byVrf)) tables.push({ index: tables.length, node, vrf, device, behaviour });
  }
  return tables;
}

/** A port that switches, or is a member of an aggregate, keeps its addresses in the configuration but does not use them. */
const isLayer2 = (config: InterfaceConfig): boolean =>
  config.aggregate !== undefined ||
  ((config.kind === 'physical' || config.kind === 'aggregate') && switchedVlans(config) !== undefined);

const addressesOf = (config: InterfaceConfig): L3Address[] =>
  (isLayer2(config) ? [] : config.addresses).flatMap((address) => {
    const ip = parseIp(address.address);
    if (!ip) return [];
    const { length, secondary, linkLocal, span } = address;
    const prefix = makePrefix(ip, length);
    return [{ ip, length, prefix, network: prefix.text, secondary, linkLocal, span }];
  });

const isL3 = (config: InterfaceConfig): boolean =>
  config.addresses.length > 0 || config.unnumbered !== undefined || config.ipv6Enabled?.value === true;

/** Names of interfaces that a protocol uses without an address: unnumbered BGP neighbours (IPv6 link-local). */
function unnumberedPeers(device: Device): Set<string> {
  const names = new Set<string>();
  for (const process of device.bgp)
    for (const neighbour of process.neighbours.values()) if (neighbour.kind === 'interface') names.add(neighbour.id);
  return names;
}

export function buildTopology(snapshot: Snapshot): Topology {
  const nodes = [...snapshot.nodes.values()].sort((a, b) => compareText(a.name, b.name));
  const states = interfaceStates(snapshot);
  const tables = tablesOf(nodes);
  const tableByName = new Map(tables.map((table) => [`${table.node} ${table.vrf}`, table]));
  const domains: BroadcastDomains = broadcastDomains(snapshot, states);

  const interfaces: L3Interface[] = [];
  for (const node of nodes) {
    const peers = unnumberedPeers(node.config.device);
    const l3 = [...(states.get(node.name)?.values() ?? [])].filter((one) => isL3(one.config) || peers.has(one.name));
    for (const { name, config, up, reason, cause } of l3.sort((a, b) => compareText(a.name, b.name))) {
      const table = tableByName.get(`${node.name} ${vrfOf(config)}`) as Table;
      interfaces.push({
        index: interfaces.length,
        table,
        name,
        config,
        up,
        downReason: reason,
        ...(cause && { downCause: cause }),
        addresses: addressesOf(config),
        ...(config.unnumbered && { borrowsFrom: config.unnumbered.value }),
        segment: up && config.kind !== 'loopback' ? domains.segmentOf(node.name, name) : -1,
      });
    }
  }

  const bySegment = new Map<number, L3Interface[]>();
  const byTable = new Map<number, L3Interface[]>();
  const byName = new Map<string, L3Interface>();
  const byAddress = new Map<string, L3Interface[]>();
  const push = <K>(map: Map<K, L3Interface[]>, key: K, one: L3Interface): void => {
    const list = map.get(key);
    if (list) list.push(one);
    else map.set(key, [one]);
  };
  for (const one of interfaces) {
    if (one.segment >= 0) push(bySegment, one.segment, one);
    push(byTable, one.table.index, one);
    byName.set(`${one.table.node} ${one.name.toLowerCase()}`, one);
    for (const { ip } of one.addresses) push(byAddress, ip.text, one);
  }

  return {
    snapshot,
    states,
    tables,
    tableOf: (node, vrf) => tableByName.get(`${node} ${vrf}`),
    interfaces,
    interfacesOf: (table) => byTable.get(table.index) ?? [],
    interfaceOf: (node, name) => byName.get(`${node} ${name.toLowerCase()}`),
    neighboursOf: (l3) => (bySegment.get(l3.segment) ?? []).filter((other) => other !== l3),
    ownersOf: (address) => byAddress.get(address) ?? [],
  };
}
