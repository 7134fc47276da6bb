import { makePrefix, type Prefix, parseIp, parsePrefix, wildcardLength } from '../../config/address.ts';
import { type Family, prefixListKey } from '../../config/device/policy.ts';
import { hasPorts, ICMP, ICMP6, isIcmp, protocolName, protocolNumber, TCP, UDP } from '../forwarding/flow.ts';
import type { AclAddress, AclEntry } from '../forwarding/packet-filter.ts';
import type { Filter } from './graph.ts';

/** Packets that all filters on the way treat alike, apart from their addresses; one stands for all. */
export interface PacketClass {
  readonly protocol: number;
  readonly destinationPort?: number;
  readonly sourcePort?: number;
  readonly established?: boolean;
  readonly icmpType?: number;
  /** `tcp 443`, `udp from port 53`, `icmp type 8`. */
  readonly label: string;
}

const MAX_PORT = 65_535;
/** RFC 3692: a protocol for experiments stands for all that no entry names. */
const OTHER_PROTOCOL = 253;

/** Entries of the lists that filters apply to packets of a family. */
export function entriesOf(filters: Iterable<Filter>, family: Family): readonly AclEntry[] {
  const found: AclEntry[] = [];
  for (const { one, direction } of filters)
    for (const group of one.config.accessGroups)
      if (group.direction === direction && group.family === family)
        found.push(...(one.table.device.accessLists.get(prefixListKey(family, group.list.value))?.entries ?? []));
  return found;
}

/** Prefixes that entries name on one side; `whole: false` where one names addresses that no prefix says. */
export function prefixesNamed(
  filters: Iterable<Filter>,
  family: Family,
  side: 'source' | 'destination',
): { readonly prefixes: readonly Prefix[]; readonly whole: boolean } {
  const prefixes: Prefix[] = [];
  let whole = true;
  for (const filter of filters) {
    const { device } = filter.one.table;
    for (const entry of entriesOf([filter], family)) {
      const at: AclAddress = entry[side];
      if (at.kind === 'any') continue;
      if (at.kind === 'group') {
        const list = device.prefixLists.get(prefixListKey(family, at.name));
        whole &&= list !== undefined;
        for (const { prefix } of list?.entries ?? []) {
          const parsed = parsePrefix(prefix);
          if (parsed) prefixes.push(parsed);
        }
        continue;
      }
      const base = parseIp(at.address);
      const length = base && lengthOf(at.wildcard, base.version);
      if (base && length !== undefined) prefixes.push(makePrefix(base, length));
      else whole = false;
    }
  }
  return { prefixes, whole };
}

/** Length of the prefix that a wildcard or `/length` leaves fixed; undefined when it has holes. */
function lengthOf(wildcard: string, version: 4 | 6): number | undefined {
  if (wildcard.startsWith('/')) return Number(wildcard.slice(1));
  if (version === 4) return wildcardLength(wildcard);
  const bits = parseIp(wildcard)
    ?.words.map((word) => word.toString(2).padStart(32, '0'))
    .join('');
  return bits !== undefined && /^0*1*$/.test(bits) ? (bits.indexOf('1') === -1 ? 128 : bits.indexOf('1')) : undefined;
}

/** Ranges between the boundaries of those that are named, which cover all ports. */
function portClasses(ranges: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  if (ranges.length === 0) return [[0, MAX_PORT]];
  const starts = new Set([0, ...ranges.flatMap(([low, high]) => [low, high + 1])]);
  const sorted = [...starts].filter((start) => start <= MAX_PORT).sort((a, b) => a - b);
  return sorted.map((start, at) => [start, (sorted[at + 1] ?? MAX_PORT + 1) - 1] as const);
}

const rangeText = ([low, high]: readonly [number, number]): string =>
  low === 0 && high === MAX_PORT ? '' : low === high ? `${low}` : `${low}-${high}`;

/** The classes that the entries tell apart. */
export function packetClasses(entries: readonly AclEntry[], family: Family): readonly PacketClass[] {
  const numbers = entries.flatMap(({ protocol }) => {
    const number = protocolNumber(protocol);
    return typeof number === 'number' ? [number] : [];
  });
  const usual = [TCP, UDP, family === 'ipv4' ? ICMP : ICMP6];
  const protocols = [...new Set([...usual, ...numbers, OTHER_PROTOCOL])].sort((a, b) => a - b);
  return protocols.flatMap((protocol): readonly PacketClass[] => {
    const name = protocol === OTHER_PROTOCOL ? 'other protocols' : protocolName(protocol);
    const own = entries.filter((entry) => {
      const number = protocolNumber(entry.protocol);
      return number === 'any' || number === undefined || number === protocol;
    });
    if (isIcmp(protocol)) {
      const types = [...new Set(own.flatMap(({ icmpType }) => icmpType ?? []))].sort((a, b) => a - b);
      const other = Array.from({ length: 256 }, (_, type) => 255 - type).find((type) => !types.includes(type)) ?? 255;
      return [
        ...types.map((icmpType) => ({ protocol, icmpType, label: `${name} type ${icmpType}` })),
        { protocol, icmpType: other, label: types.length === 0 ? name : `${name} of other types` },
      ];
    }
    if (!hasPorts(protocol)) return [{ protocol, label: name }];
    const to = portClasses(own.flatMap(({ destinationPorts = [] }) => destinationPorts));
    const from = portClasses(own.flatMap(({ sourcePorts = [] }) => sourcePorts));
    const open = protocol === TCP && own.some(({ established }) => established) ? [false, true] : [false];
    return to.flatMap((toRange) =>
      from.flatMap((fromRange) =>
        open.map((established): PacketClass => {
          const texts = [
            name,
            rangeText(toRange),
            rangeText(fromRange) && `from port ${rangeText(fromRange)}`,
            established && '(established)',
          ];
          return {
            protocol,
            destinationPort: toRange[0],
            sourcePort: fromRange[0],
            ...(established && { established }),
            label: texts.filter(Boolean).join(' '),
          };
        }),
      ),
    );
  });
}
