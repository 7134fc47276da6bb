import { type Ip, makePrefix, maskWords, parseIp, wildcardLength } from '../../../config/address.ts';
import type { Span } from '../../../config/span.ts';
import { bandwidthKbps } from '../../bandwidth.ts';
import type { PrefixId } from '../../prefix-table.ts';
import { addressValue, defaultRouterId } from '../../router-id.ts';
import type { L3Address, L3Interface, Table } from '../../topology.ts';
import { passiveOn, sameName } from '../passive.ts';
import type { Context } from '../protocol.ts';
import {
  BACKBONE,
  type Circuit,
  type Instance,
  type LinkType,
  MAXIMUM_LINK_COST,
  type OspfInterfaceConfig,
  type OspfProcessConfig,
} from './model.ts';

/** Where a process takes an interface in: the area, the line, and the addresses that a `network` line covers. */
interface Attachment {
  readonly area: string;
  readonly span: Span;
  readonly covers: (address: L3Address) => boolean;
}

const everything = (): boolean => true;

/** The `network` line that covers an address most narrowly; on equal terms the first. */
function networkLine(process: OspfProcessConfig, table: Table, address: L3Address) {
  let best: { area: string; span: Span; bits: number; wildcard: number; base: number } | undefined;
  for (const area of process.areas.values()) {
    for (const line of area.networks) {
      const [base, wildcard] = [parseIp(line.address)?.words[0] ?? 0, parseIp(line.wildcard)?.words[0] ?? 0];
      const value = address.ip.words[0] as number;
      if (((value ^ base) & ~wildcard) !== 0) continue;
      const length = wildcardLength(line.wildcard);
      if (table.behaviour.ospf.networkHoldsSubnet && length !== undefined && length > address.length) continue;
      const bits = (~wildcard >>> 0).toString(2).replaceAll('0', '').length;
      if (!best || bits > best.bits) best = { area: area.id, span: line.span, bits, wildcard, base };
    }
  }
  return best;
}

function attachmentOf(
  process: OspfProcessConfig,
  config: OspfInterfaceConfig | undefined,
  one: L3Interface,
  own: readonly L3Address[],
): Attachment | undefined {
  const { table } = one;
  if (config?.area && (config.process === undefined || config.process === process.id))
    return { area: config.area.value, span: config.area.span, covers: everything };
  for (const area of process.areas.values()) {
    const named = area.interfaces.find(({ value }) => sameName(value, one.name) || value === 'all');
    if (named) return { area: area.id, span: named.span, covers: everything };
  }
  if (process.version !== 2) return undefined;
  const primary = own.find((address) => !address.secondary) ?? own[0];
  const line = primary && networkLine(process, table, primary);
  if (!line) return undefined;
  return { ...line, covers: (address) => networkLine(process, table, address)?.area === line.area };
}

const passiveOf = (process: OspfProcessConfig, config: OspfInterfaceConfig, name: string): Circuit['passive'] =>
  config.passive ? (config.passive.value ? { span: config.passive.span } : undefined) : passiveOn(process, name);

function typeOf(table: Table, one: L3Interface, config: OspfInterfaceConfig): LinkType {
  if (config.networkType && one.config.kind !== 'loopback') return config.networkType.value;
  if (one.config.kind === 'loopback')
    return config.networkType?.value ?? (table.behaviour.ospf.loopbackAsStubHost ? 'loopback' : 'point-to-point');
  return one.config.kind === 'tunnel' ? 'point-to-point' : table.behaviour.ospf.defaultNetworkType;
}

function costOf(
  context: Context,
  process: OspfProcessConfig,
  one: L3Interface,
  config: OspfInterfaceConfig,
  type: LinkType,
): number {
  const { ospf } = one.table.behaviour;
  if (config.cost) return config.cost.value;
  if (type === 'loopback' || one.config.kind === 'loopback')
    return (process.version === 3 ? ospf.loopbackCostOfVersion3 : undefined) ?? ospf.loopbackCost ?? 1;
  if (ospf.fixedCost !== undefined && !process.referenceBandwidthMbps) return ospf.fixedCost;
  const reference = (process.referenceBandwidthMbps?.value ?? ospf.referenceBandwidthMbps) * 1_000;
  const exact = reference / bandwidthKbps(context.topology, one);
  const cost = ospf.roundsCost ? Math.round(exact) : Math.floor(exact);
  return Math.min(MAXIMUM_LINK_COST, Math.max(1, cost));
}

/** Default intervals by network type (Cisco and FRR alike; RFC 2328 appendix C leaves them open). */
const HELLO_SECONDS: Readonly<Record<LinkType, number>> = {
  broadcast: 10,
  'point-to-point': 10,
  loopback: 10,
  'non-broadcast': 30,
  'point-to-multipoint': 30,
};

/** The addresses that an interface speaks from: its own, or those of the interface from which it borrows. */
function addressesOf(context: Context, one: L3Interface): readonly L3Address[] {
  if (one.addresses.length > 0 || one.borrowsFrom === undefined) return one.addresses;
  return context.topology.interfaceOf(one.table.node, one.borrowsFrom)?.addresses ?? [];
}

type DraftInstance = Omit<Instance, 'circuits' | 'areas'> & { circuits: Circuit[]; areas: readonly string[] };

function circuitOf(context: Context, instance: DraftInstance, one: L3Interface): Omit<Circuit, 'index'> | undefined {
  const { table, process } = instance;
  const { prefixes } = context;
  const version = process.version === 2 ? 4 : 6;
  const config: OspfInterfaceConfig = (version === 4 ? one.config.ospf : one.config.ospfv3) ?? {};
  const all = addressesOf(context, one).filter(({ ip }) => ip.version === version);
  const attachment = attachmentOf(process, config, one, all);
  if (!attachment || one.config.kind === 'null' || config.disabled?.value) return undefined;
  const address = (all.find((each) => !each.secondary && !each.linkLocal) ?? all[0])?.ip;
  if (version === 4 && !address) return undefined;
  const unnumbered = one.addresses.every(({ ip }) => ip.version !== version);
  const own = unnumbered ? [] : all.filter((each) => !each.linkLocal && attachment.covers(each));
  const type = typeOf(table, one, config);
  const helloSeconds = config.helloSeconds?.value ?? HELLO_SECONDS[type];
  const base = (table.behaviour.ospf.deadFollowsHello ?? true) ? helloSeconds : HELLO_SECONDS[type];
  const distinct = (length: (each: L3Address) => number): readonly PrefixId[] => [
    ...new Set(own.map((each) => prefixes.intern(makePrefix(each.ip, length(each))))),
  ];
  const linkLocal = all.find((each) => each.linkLocal)?.ip.text ?? null;
  return {
    instance: instance as Instance,
    l3: one,
    area: attachment.area,
    type,
    cost: costOf(context, process, one, config, type),
    passive: passiveOf(process, config, one.name),
    priority: config.priority?.value ?? 1,
    helloSeconds,
    deadSeconds: config.deadSeconds?.value ?? 4 * base,
    config,
    address,
    networkLength: all.find(({ ip }) => ip === address)?.length ?? 0,
    addressHost: address && prefixes.intern(makePrefix(address, version === 4 ? 32 : 128)),
    unnumbered,
    nextHop: version === 4 ? (address?.text ?? null) : linkLocal,
    networks: distinct((each) => each.length),
    hosts: distinct((each) => (each.ip.version === 4 ? 32 : 128)),
    span: attachment.span,
  };
}

/**
 * The OSPF processes of the lab and the interfaces on which they run. An interface belongs to one process of a version;
 * of several that name it the first one has it.
 */
export function instancesOf(context: Context): readonly Instance[] {
  const { topology, caveat } = context;
  const instances: DraftInstance[] = [];
  let circuits = 0;
  for (const table of topology.tables) {
    const claimed = new Set<string>();
    for (const process of table.device.ospf) {
      if (process.vrf !== table.vrf || process.shutdown?.value) continue;
      const routerId = process.routerId?.value ?? table.device.routerId?.value ?? defaultRouterId(topology, table);
      if (routerId === '0.0.0.0') {
        caveat(table.node, 'OSPF has no router id and no address to take one from: it does not run.', process.span);
        continue;
      }
      const instance: DraftInstance = {
        index: instances.length,
        table,
        process,
        routerId,
        routerIdValue: addressValue(routerId),
        circuits: [],
        areas: [],
      };
      for (const one of topology.interfacesOf(table)) {
        const key = `${process.version} ${one.name}`;
        if (!one.up || claimed.has(key)) continue;
        const circuit = circuitOf(context, instance, one);
        if (!circuit) continue;
        claimed.add(key);
        instance.circuits.push({ ...circuit, index: circuits });
        circuits += 1;
      }
      instance.areas = [...new Set(instance.circuits.map((circuit) => circuit.area))].sort();
      // A virtual link is an interface in the backbone (RFC 2328 section 15).
      const virtual = [...process.areas.values()].some((area) => area.virtualLinks.length > 0);
      if (virtual) instance.areas = [...new Set([...instance.areas, BACKBONE])].sort();
      instances.push(instance);
    }
  }
  return instances;
}

/** Whether two circuits of version 2 have the same network and mask. */
export function sameSubnet(a: Circuit, b: Circuit): boolean {
  const network = (ip: Ip, length: number): number => maskWords(ip.words, length)[0] as number;
  return (
    a.address !== undefined &&
    b.address !== undefined &&
    a.networkLength === b.networkLength &&
    network(a.address, a.networkLength) === network(b.address, b.networkLength)
  );
}
