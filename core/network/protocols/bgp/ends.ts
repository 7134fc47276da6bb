import { type Ip, parseIp, parsePrefix, prefixContains } from '../../../config/address.ts';
import type { AddressFamily } from '../../../config/device/bgp.ts';
import type { L3Interface, Topology } from '../../topology.ts';
import type { Ribs } from '../protocol.ts';
import type { End, PeeringType, Speaker } from './model.ts';
import { activeFamilies, effectiveSettings, type NeighbourConfig } from './settings.ts';

/** A configured neighbour before it is known who answers. */
export interface Neighbour {
  readonly speaker: Speaker;
  readonly settings: NeighbourConfig;
  readonly peer: string;
  /** The neighbour's address; undefined for one that is named by an interface. */
  readonly address: Ip | undefined;
  readonly families: readonly AddressFamily[];
  readonly listenRange?: boolean;
}

export function neighboursOf(speaker: Speaker): readonly Neighbour[] {
  const { process, table } = speaker;
  return [...process.neighbours.values()].flatMap((neighbour): Neighbour[] => {
    if (neighbour.kind === 'group') return [];
    const settings = effectiveSettings(process, neighbour);
    const address = neighbour.kind === 'address' ? parseIp(neighbour.id) : undefined;
    if (neighbour.kind === 'address' && !address) return [];
    return [
      {
        speaker,
        settings,
        peer: address?.text ?? neighbour.id,
        address,
        families: activeFamilies(table, process, settings),
      },
    ];
  });
}

/** The neighbour that a listen range makes of an address that knocks; undefined when no range holds it. */
export function dynamicNeighbour(speaker: Speaker, from: Ip): Neighbour | undefined {
  const { process, table } = speaker;
  const ranges = process.listenRanges
    .flatMap((range) => {
      const prefix = parsePrefix(range.prefix);
      return prefix && prefixContains(prefix, from) ? [{ range, prefix }] : [];
    })
    .sort((a, b) => b.prefix.length - a.prefix.length);
  const found = ranges[0];
  const group = found && process.groups.get(found.range.group);
  if (!found || !group) return undefined;
  const inherited = effectiveSettings(process, group);
  const { span, remoteAs } = found.range;
  const only = remoteAs?.length === 1 && remoteAs[0]?.[0] === remoteAs[0]?.[1] ? remoteAs[0]?.[0] : undefined;
  const settings: NeighbourConfig = {
    ...inherited,
    id: from.text,
    kind: 'address',
    span,
    ...(!inherited.remoteAs && only !== undefined && { remoteAs: { value: only, span } }),
  };
  return {
    speaker,
    settings,
    peer: from.text,
    address: from,
    families: activeFamilies(table, process, settings),
    listenRange: true,
  };
}

/** Lists of ASes (`peer-filter`, `remote-as` list) of the ranges that hold the address. */
const ownLists = (speaker: Speaker, from: Ip) =>
  speaker.process.listenRanges.flatMap((range) => {
    const prefix = parsePrefix(range.prefix);
    return prefix && prefixContains(prefix, from) && range.remoteAs ? [range.remoteAs] : [];
  });

export const hasOwnList = (speaker: Speaker, from: Ip): boolean => ownLists(speaker, from).length > 0;

/** Whether the ranges' own lists admit the AS. */
export function rangeAdmits(speaker: Speaker, from: Ip, asn: number): boolean {
  const lists = ownLists(speaker, from);
  return lists.length === 0 || lists.some((list) => list.some(([low, high]) => asn >= low && asn <= high));
}

/** AS of a speaker on a session: that of `local-as` where it is set (Junos: also inside an AS). */
export const ownAs = ({ asn }: Speaker, { localAs }: NeighbourConfig): number => localAs?.value.asn ?? asn;

/** AS that a speaker shows to a neighbour of the given AS. */
export function shownAs(speaker: Speaker, settings: NeighbourConfig, remoteAs: number | undefined): number {
  const { confederation, asn } = speaker;
  if (settings.localAs && remoteAs !== asn) return settings.localAs.value.asn;
  if (!confederation) return asn;
  return remoteAs === asn || (remoteAs !== undefined && confederation.members.has(remoteAs))
    ? asn
    : confederation.identifier;
}

/** ASes by which a neighbour may know the speaker: with `dual-as` the real one as well. */
export function acceptableAs(
  speaker: Speaker,
  settings: NeighbourConfig,
  remoteAs: number | undefined,
): readonly number[] {
  const shown = shownAs(speaker, settings, remoteAs);
  return settings.localAs?.value.dualAs ? [shown, speaker.asn] : [shown];
}

export function typeOf(speaker: Speaker, localAs: number, remoteAs: number): PeeringType {
  if (remoteAs === speaker.asn || remoteAs === localAs) return 'ibgp';
  return speaker.confederation?.members.has(remoteAs) ? 'confederation' : 'ebgp';
}

const isGlobal = (one: L3Interface, version: 4 | 6): string | undefined =>
  one.addresses.find(({ ip, linkLocal }) => ip.version === version && !linkLocal)?.ip.text;

/** First address of a family on an interface, or on the one that it borrows its address from. */
export function addressOn(topology: Topology, one: L3Interface, version: 4 | 6): string | undefined {
  const own = isGlobal(one, version);
  if (own !== undefined || one.borrowsFrom === undefined) return own;
  const lender = topology.interfaceOf(one.table.node, one.borrowsFrom);
  return lender && isGlobal(lender, version);
}

interface Attached {
  readonly one: L3Interface;
  /** The interface's own address on that network. */
  readonly own: string;
}

/** Answers of one topology, by table and address: each is asked for again and again while sessions are looked at. */
const knownAttached = new WeakMap<Topology, Map<number, Map<string, Attached | undefined>>>();

/** The interface whose network holds the address; the most specific one, up before down. */
export function attachedTo(topology: Topology, { table }: Speaker, address: Ip): Attached | undefined {
  let byTable = knownAttached.get(topology);
  if (!byTable) {
    byTable = new Map();
    knownAttached.set(topology, byTable);
  }
  let byAddress = byTable.get(table.index);
  if (!byAddress) {
    byAddress = new Map();
    byTable.set(table.index, byAddress);
  }
  const { text } = address;
  if (!byAddress.has(text)) byAddress.set(text, findAttached(topology.interfacesOf(table), address));
  return byAddress.get(text);
}

function findAttached(interfaces: readonly L3Interface[], address: Ip): Attached | undefined {
  let best: (Attached & { readonly length: number }) | undefined;
  for (const one of interfaces) {
    for (const { ip, length, prefix } of one.addresses) {
      if (ip.version !== address.version || length === (ip.version === 4 ? 32 : 128)) continue;
      if (!prefixContains(prefix, address)) continue;
      const better = !best || (one.up && !best.one.up) || (one.up === best.one.up && length > best.length);
      if (better) best = { one, own: ip.text, length };
    }
  }
  return best;
}

/** Address that a speaker opens a session from: as configured, else of the interface that leads to the neighbour. */
export function sourceAddress(topology: Topology, ribs: Ribs, neighbour: Neighbour): string | undefined {
  const { speaker, settings, address } = neighbour;
  if (!address) return undefined;
  const explicit = settings.localAddress?.value ?? settings.updateSource?.value;
  if (explicit !== undefined) {
    const ip = parseIp(explicit);
    if (ip) return ip.text;
    const source = topology.interfaceOf(speaker.table.node, explicit);
    return source?.up ? addressOn(topology, source, address.version) : undefined;
  }
  // "default-address-selection": external sessions to attached neighbours keep the interface's address.
  if (speaker.table.device.speaksFromLoopback?.value && isInternal(speaker, settings))
    return primaryAddress(topology, speaker, address.version);
  const attached = attachedTo(topology, speaker, address);
  if (attached?.one.up) return attached.own;
  if (speaker.table.behaviour.internalSessionsFromLoopback && isInternal(speaker, settings)) {
    const loopbacks = topology.interfacesOf(speaker.table).filter((one) => one.config.kind === 'loopback' && one.up);
    const own = loopbacks.map((one) => addressOn(topology, one, address.version)).find((found) => found !== undefined);
    if (own !== undefined) return own;
  }
  const name = ribs.resolve(speaker.table, address)?.nextHops[0]?.interface;
  const one = name ? topology.interfaceOf(speaker.table.node, name) : undefined;
  return one && addressOn(topology, one, address.version);
}

/** Address of a loopback, or without one of the first interface by name. */
function primaryAddress(topology: Topology, { table }: Speaker, version: 4 | 6): string | undefined {
  const up = topology.interfacesOf(table).filter((one) => one.up && addressOn(topology, one, version) !== undefined);
  const primary = up.find((one) => one.config.kind === 'loopback') ?? up[0];
  return primary && addressOn(topology, primary, version);
}

const isInternal = (speaker: Speaker, settings: NeighbourConfig): boolean =>
  settings.remoteAs?.value === 'internal' || settings.remoteAs?.value === ownAs(speaker, settings);

/** A configured neighbour as one end of a session with a speaker that shows `remoteAs`. */
export function endOf(
  topology: Topology,
  neighbour: Neighbour,
  localAddress: string | undefined,
  remoteAs: number,
  attached: L3Interface | undefined,
): End {
  const { speaker, settings, peer, families } = neighbour;
  const localAs = shownAs(speaker, settings, remoteAs);
  return {
    speaker,
    settings,
    peer,
    localAddress: localAddress ?? null,
    attached: attached ?? (neighbour.address ? undefined : topology.interfaceOf(speaker.table.node, settings.id)),
    localAs,
    remoteAs,
    type: typeOf(speaker, localAs, remoteAs),
    families,
  };
}
