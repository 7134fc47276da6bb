import type { AddressFamily } from '../../../config/device/bgp.ts';
import type { Device } from '../../../config/device/device.ts';
import { effectiveNeighbour } from '../../../config/device/effective-neighbour.ts';
import { GLOBAL_VRF, type Table } from '../../topology.ts';

export type BgpProcessConfig = Device['bgp'][number];
export type NeighbourConfig = BgpProcessConfig['neighbours'] extends ReadonlyMap<string, infer N> ? N : never;
export type NeighbourFamilyConfig = NeighbourConfig['families'] extends ReadonlyMap<AddressFamily, infer F> ? F : never;
export type BgpFamilyConfig = BgpProcessConfig['families'] extends ReadonlyMap<AddressFamily, infer F> ? F : never;

/** A process as its neighbours see it: groups of the global process serve its VRFs as well (EOS, IOS). */
export function withGlobalGroups({ device }: Table, process: BgpProcessConfig): BgpProcessConfig {
  const global = device.bgp.find((one) => one.vrf === GLOBAL_VRF);
  if (!global || global === process || global.groups.size === 0) return process;
  return { ...process, groups: new Map([...global.groups, ...process.groups]) };
}

/** A neighbour with all that it inherits. */
export const effectiveSettings = (process: BgpProcessConfig, neighbour: NeighbourConfig): NeighbourConfig =>
  effectiveNeighbour(process, neighbour);

/** Families that the neighbour is active in. */
export function activeFamilies(
  table: Table,
  process: BgpProcessConfig,
  settings: NeighbourConfig,
): readonly AddressFamily[] {
  const active: AddressFamily[] = [];
  const { defaultFamilyOnlyAlone, ipv4UnicastByDefault } = table.behaviour;
  const named = new Set<AddressFamily>(settings.families.keys());
  const alone = ![...settings.families.values()].some((family) => family.activate?.value);
  const byDefault =
    (process.options.defaultIpv4Unicast?.value ?? ipv4UnicastByDefault) && (alone || !defaultFamilyOnlyAlone);
  if (byDefault) named.add('ipv4-unicast');
  for (const family of named) {
    const explicit = settings.families.get(family)?.activate?.value;
    if (explicit ?? (family === 'ipv4-unicast' && byDefault)) active.push(family);
  }
  return active.sort();
}
