import type { AddressFamily } from '../config/device/bgp.ts';
import type { Device } from '../config/device/device.ts';
import { ancestry } from '../config/device/effective-neighbour.ts';
import type { Span } from '../config/span.ts';
import type { ParsedConfig } from '../network/snapshot.ts';

/** BGP as the rules see it: neighbours with what they inherit from their groups and templates. */

type ReadonlyProcess = Device['bgp'][number];
export type Neighbour = ReadonlyProcess['neighbours'] extends ReadonlyMap<string, infer N> ? N : never;
export type NeighbourFamily = Neighbour['families'] extends ReadonlyMap<AddressFamily, infer F> ? F : never;
export type Process = ReadonlyProcess;

/** Families in which the routes of the Internet or of a site are exchanged. */
export const unicastFamilies: readonly AddressFamily[] = ['ipv4-unicast', 'ipv6-unicast'];

const ancestries = new WeakMap<Neighbour, { readonly process: Process; readonly list: readonly Neighbour[] }>();

/** The neighbour itself, its templates and its groups, strongest first. Computed once for all rules. */
export function ancestryOf(process: Process, neighbour: Neighbour): readonly Neighbour[] {
  const known = ancestries.get(neighbour);
  if (known?.process === process) return known.list;
  const list = ancestry(process, neighbour) as readonly Neighbour[];
  ancestries.set(neighbour, { process, list });
  return list;
}

/** The value in force, and the neighbour or group that sets it. */
export function inherited<T>(
  process: Process,
  neighbour: Neighbour,
  read: (from: Neighbour) => T | undefined,
): { value: T; from: Neighbour } | undefined {
  for (const from of ancestryOf(process, neighbour)) {
    const value = read(from);
    if (value !== undefined) return { value, from };
  }
  return undefined;
}

/** Every place where per-family settings of the neighbour stand. */
export const familySettingsOf = (neighbour: Neighbour): readonly NeighbourFamily[] => [
  ...neighbour.families.values(),
  ...(neighbour.everyFamily ? [neighbour.everyFamily] : []),
];

/** A setting of the neighbour in one address family, inherited where it is not set. */
export const familySetting = <T>(
  process: Process,
  neighbour: Neighbour,
  family: AddressFamily,
  read: (from: NeighbourFamily) => T | undefined,
) =>
  inherited(process, neighbour, (from) => {
    const settings = from.families.get(family);
    const own = settings && read(settings);
    return own ?? (from.everyFamily && read(from.everyFamily));
  });

export const remoteAsOf = (process: Process, neighbour: Neighbour) =>
  inherited(process, neighbour, (from) => from.remoteAs);

export const localAsOf = (process: Process, neighbour: Neighbour): number =>
  inherited(process, neighbour, (from) => from.localAs)?.value.value.asn ?? process.asn.value;

/** Whether the session leaves the AS; undefined where its remote AS is not configured. */
export function isExternal(process: Process, neighbour: Neighbour): boolean | undefined {
  const remote = remoteAsOf(process, neighbour)?.value.value;
  if (remote === undefined) return undefined;
  if (remote === 'internal' || remote === 'external') return remote === 'external';
  const confederation = process.options.confederation;
  return (
    remote !== process.asn.value && remote !== localAsOf(process, neighbour) && !confederation?.peers.includes(remote)
  );
}

const isLinkLocal = (id: string): boolean => /^fe[89ab]/i.test(id);

/** Whether the family is exchanged with the neighbour: activated, or active by default. */
export function isActive(config: ParsedConfig, process: Process, neighbour: Neighbour, family: AddressFamily): boolean {
  const set = familySetting(process, neighbour, family, (from) => from.activate)?.value.value;
  if (set !== undefined) return set;
  if (family !== 'ipv4-unicast') return false;
  return (
    process.options.defaultIpv4Unicast?.value ?? (config.behaviour.ipv4UnicastByDefault || isLinkLocal(neighbour.id))
  );
}

export const isShutdown = (process: Process, neighbour: Neighbour): boolean =>
  process.options.shutdown?.value === true ||
  inherited(process, neighbour, (from) => from.shutdown)?.value.value === true;

/** Filters of one direction by the setting that holds them. */
export const filters = {
  in: ['policyIn', 'prefixListIn', 'distributeListIn', 'asPathListIn'],
  out: ['policyOut', 'prefixListOut', 'distributeListOut', 'asPathListOut'],
} as const;

export type Direction = keyof typeof filters;
export type FilterSetting = (typeof filters)[Direction][number];

export const filterTitles: Record<FilterSetting, string> = {
  policyIn: 'route-map',
  policyOut: 'route-map',
  prefixListIn: 'prefix-list',
  prefixListOut: 'prefix-list',
  distributeListIn: 'distribute-list',
  distributeListOut: 'distribute-list',
  asPathListIn: 'AS-path filter',
  asPathListOut: 'AS-path filter',
};

/** The filters in force in one direction, with who sets them. */
export function filtersOf(process: Process, neighbour: Neighbour, family: AddressFamily, direction: Direction) {
  const set: { readonly setting: FilterSetting; readonly from: Neighbour; readonly span: Span }[] = [];
  for (const setting of filters[direction]) {
    const found = familySetting(process, neighbour, family, (from) => from[setting]);
    if (found) set.push({ setting, from: found.from, span: found.value.span });
  }
  return set;
}

/** How a VRF's name ends a sentence about a process; nothing for the global table. */
export const inVrf = (vrf: string): string => (vrf === 'default' ? '' : ` in VRF ${vrf}`);

/** Neighbours of every BGP process with their process. */
export const neighboursOf = (device: Device): readonly { process: Process; neighbour: Neighbour }[] =>
  device.bgp.flatMap((process) => [...process.neighbours.values()].map((neighbour) => ({ process, neighbour })));
