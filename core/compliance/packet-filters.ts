import { type Ip, makePrefix, type Prefix, parseIp, prefixContains } from '../config/address.ts';
import type { Device } from '../config/device/device.ts';
import { type Family, prefixListKey } from '../config/device/policy.ts';
import type { Span } from '../config/span.ts';

type List = Device['accessLists'] extends ReadonlyMap<string, infer L> ? L : never;
type Entry = List['entries'][number];
type Address = Entry['source'];

export const accessListOf = (device: Device, family: Family, name: string): List | undefined =>
  device.accessLists.get(prefixListKey(family, name));

/** What an address of an entry takes in: everything, a prefix, or something that is not a prefix. */
type Extent =
  | { readonly kind: 'all' }
  | { readonly kind: 'prefix'; readonly prefix: Prefix }
  | { readonly kind: 'other' };

function extentOf(address: Address): Extent {
  if (address.kind === 'any') return { kind: 'all' };
  if (address.kind === 'group') return { kind: 'other' };
  const ip = parseIp(address.address);
  const length = ip && freeLength(ip, address.wildcard);
  return ip && length !== undefined ? { kind: 'prefix', prefix: makePrefix(ip, length) } : { kind: 'other' };
}

/** Length of the prefix that a wildcard leaves; undefined where its bits do not stand together. */
function freeLength(ip: Ip, wildcard: string): number | undefined {
  if (wildcard.startsWith('/')) return Number(wildcard.slice(1));
  const free = parseIp(wildcard);
  if (!free || free.version !== ip.version) return undefined;
  const bits = free.words.map((word) => (word >>> 0).toString(2).padStart(32, '0')).join('');
  return /^0*1*$/.test(bits) ? (bits.indexOf('1') === -1 ? bits.length : bits.indexOf('1')) : undefined;
}

const everyPacket = ({
  protocol,
  source,
  destination,
  sourcePorts,
  destinationPorts,
  established,
  icmpType,
  notModelled,
}: Entry) =>
  protocol === 'ip' &&
  source.kind === 'any' &&
  destination.kind === 'any' &&
  !sourcePorts &&
  !destinationPorts &&
  !established &&
  icmpType === undefined &&
  notModelled === undefined;

/** The entry asks for nothing but the packet's source. */
const onlySource = (entry: Entry): boolean => everyPacket({ ...entry, source: { kind: 'any' } });

export type SourceAnswer =
  | { readonly denied: true; readonly span: Span }
  | { readonly denied: false; readonly span: Span; readonly why: 'permitted' | 'unclear' };

/** Whether a list lets no packet from any source in the prefix pass. An implicit denial at its end counts. */
export function deniesSource(list: List, prefix: Prefix): SourceAnswer {
  for (const entry of list.entries) {
    const extent = extentOf(entry.source);
    const inside = extent.kind === 'prefix' ? extent.prefix : undefined;
    const meets =
      extent.kind === 'all' ||
      (inside !== undefined && (prefixContains(inside, prefix) || prefixContains(prefix, inside)));
    if (extent.kind === 'other') {
      if (entry.action === 'permit') return { denied: false, span: entry.span, why: 'unclear' };
      continue;
    }
    if (!meets) continue;
    if (entry.action === 'permit')
      return { denied: false, span: entry.span, why: entry.notModelled === undefined ? 'permitted' : 'unclear' };
    const covers = extent.kind === 'all' || (inside !== undefined && prefixContains(inside, prefix));
    if (covers && onlySource(entry)) return { denied: true, span: entry.span };
  }
  return { denied: true, span: list.span };
}

/** The entry that lets everything pass, if one does. */
export const permitsEverything = (list: List): Entry | undefined => {
  const decided = list.entries.find(everyPacket);
  return decided?.action === 'permit' ? decided : undefined;
};

/** The last entry that denies every packet in so many words. */
export const explicitDenial = (list: List): Entry | undefined =>
  list.entries.find((entry) => entry.action === 'deny' && everyPacket(entry));

/** The entry that denies packets with any IP option before anything permits them, and what stands in its way. */
export function deniesOptions(
  list: List,
  words: RegExp,
): { readonly span: Span; readonly denied: boolean } | undefined {
  const at = list.entries.findIndex(({ action, notModelled }) => action === 'deny' && words.test(notModelled ?? ''));
  const entry = list.entries[at];
  if (!entry) return undefined;
  const before = list.entries.slice(0, at).find(({ action, established }) => action === 'permit' && !established);
  return before ? { span: before.span, denied: false } : { span: entry.span, denied: true };
}
