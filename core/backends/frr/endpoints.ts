/*
 * What is probed in a twin: routers by their loopbacks, and the ends of the traffic that `aegis.yml` declares. An address
 * of a subnet that nobody of the lab has stands for a host: it gets a namespace of its own on that subnet, behind the
 * router that the subnet is attached to.
 */
import { type Ip, makePrefix, parseIp, prefixContains } from '../../config/address.ts';
import { sourceOf } from '../../network/forwarding/trace.ts';
import { declarationsOf } from '../../network/invariants/read.ts';
import type { Snapshot } from '../../network/snapshot.ts';
import { GLOBAL_VRF, type L3Interface, type Topology } from '../../network/topology.ts';
import type { PlannedHost, PlannedRouter, PlannedSegment } from './planned.ts';

/** Where a probe starts or ends: an address of a router, or of a host behind it. */
export interface ProbePoint {
  readonly node: string;
  readonly address: string;
  readonly host: boolean;
}

/** A packet to be sent, from the first point to the second; both have the same family. */
export type ProbePair = readonly [from: ProbePoint, to: ProbePoint];

export interface PlannedProbes {
  readonly hosts: readonly PlannedHost[];
  readonly pairs: readonly ProbePair[];
  /** Declared addresses that no twin of this lab can have: they are of no subnet where a host could stand. */
  readonly unplaced: readonly string[];
}

/** Pairs of routers that are probed at most: beyond, each router probes the next few of the list. */
const MOST_PAIRS = 240;

interface Traffic {
  readonly from: string;
  readonly to: string;
}

/** Traffic of the global table that `aegis.yml` says anything about. */
function declaredTraffic(snapshot: Snapshot): readonly Traffic[] {
  return declarationsOf(snapshot).declarations.flatMap((declaration) => {
    switch (declaration.kind) {
      case 'reachable':
      case 'isolated':
      case 'path-through':
      case 'path-avoids':
      case 'redundancy': {
        const { from, to, vrf = GLOBAL_VRF } = declaration.settings;
        return vrf === GLOBAL_VRF ? [{ from, to }] : [];
      }
      default:
        return [];
    }
  });
}

/** Plans the probes of a lab. `segments` are those without hosts. */
export function planProbes(
  snapshot: Snapshot,
  topology: Topology,
  routers: ReadonlyMap<string, PlannedRouter>,
  segments: readonly PlannedSegment[],
): PlannedProbes {
  const hosts = new Map<string, PlannedHost>();
  const unplaced = new Set<string>();
  const tableOf = (node: string) => topology.tables.find((table) => table.node === node && table.vrf === GLOBAL_VRF);
  const pointOf = (ip: Ip): ProbePoint | undefined => {
    const global = topology.interfaces.filter(({ table, up }) => up && table.vrf === GLOBAL_VRF);
    const owner = global.find(({ addresses }) => addresses.some((own) => own.ip.text === ip.text));
    if (owner) return { node: owner.table.node, address: ip.text, host: false };
    const host = hosts.get(ip.text) ?? hostFor(ip, global, routers, segments);
    if (!host) return undefined;
    hosts.set(ip.text, host);
    return { node: host.node, address: host.address, host: true };
  };
  /** The point that a name or an address means; `version` is the other end's family where that decides it. */
  const point = (name: string, version: 4 | 6): ProbePoint | undefined => {
    const table = tableOf(name);
    if (table) {
      const address = sourceOf(topology, table, version);
      return address && { node: name, address: address.text, host: false };
    }
    const ip = parseIp(name);
    if (!ip) return undefined;
    const found = pointOf(ip);
    if (!found) unplaced.add(ip.text);
    return found;
  };
  const declared = declaredTraffic(snapshot).flatMap(({ from, to }): readonly ProbePair[] => {
    const version = parseIp(to)?.version ?? parseIp(from)?.version;
    return (version === undefined ? ([4, 6] as const) : [version]).flatMap((family): readonly ProbePair[] => {
      const [a, b] = [point(from, family), point(to, family)];
      return a && b && a.address !== b.address ? [[a, b]] : [];
    });
  });
  const all = [...routerPairs(topology, [...routers.keys()]), ...declared];
  return {
    hosts: [...hosts.values()],
    pairs: [...new Map(all.map((pair) => [pair.map(({ address }) => address).join(' '), pair])).values()],
    unplaced: [...unplaced],
  };
}

/** Who probes whom among the routers: everybody everybody, or in a large lab each the next few of the list. */
function routerPairs(topology: Topology, nodes: readonly string[]): readonly ProbePair[] {
  return ([4, 6] as const).flatMap((version) => {
    const list = topology.tables
      .filter(({ node, vrf }) => vrf === GLOBAL_VRF && nodes.includes(node))
      .flatMap((table): readonly ProbePoint[] => {
        const address = sourceOf(topology, table, version);
        return address ? [{ node: table.node, address: address.text, host: false }] : [];
      });
    const most = MOST_PAIRS / 2;
    const each =
      list.length * (list.length - 1) <= most ? list.length - 1 : Math.max(1, Math.floor(most / list.length));
    return list.flatMap((from, at) =>
      Array.from(
        { length: Math.max(0, Math.min(each, list.length - 1)) },
        (_, step): ProbePair => [from, list[(at + 1 + step) % list.length] as ProbePoint],
      ),
    );
  });
}

/** A host on the longest subnet of a router's port that is no cable between two routers. */
function hostFor(
  ip: Ip,
  interfaces: readonly L3Interface[],
  routers: ReadonlyMap<string, PlannedRouter>,
  segments: readonly PlannedSegment[],
): PlannedHost | undefined {
  const open = new Set(
    segments
      .filter(({ kind }) => kind !== 'cable')
      .flatMap(({ ends }) => ends.map(({ node, port }) => `${node} ${port}`)),
  );
  return interfaces
    .flatMap(({ addresses, name, table: { node }, config }): readonly PlannedHost[] => {
      const port = routers.get(node)?.ports.find((one) => one.interface === name)?.name;
      if (config.kind === 'loopback' || port === undefined || !open.has(`${node} ${port}`)) return [];
      return addresses
        .filter((own) => !own.linkLocal && prefixContains(makePrefix(own.ip, own.length), ip))
        .map((own) => ({ address: ip.text, length: own.length, gateway: own.ip.text, node, port }));
    })
    .sort((a, b) => b.length - a.length)[0];
}

/** The segments with the hosts that stand on them; a port that nobody else is on gets a switch to hold them. */
export const withHosts = (
  segments: readonly PlannedSegment[],
  hosts: readonly PlannedHost[],
): readonly PlannedSegment[] =>
  segments.map((segment) => {
    const own = hosts.filter(({ node, port }) => segment.ends.some((end) => end.node === node && end.port === port));
    return own.length === 0 ? segment : { ...segment, kind: 'switch', hosts: own };
  });
