import type { AddressFamily } from '../../../config/device/bgp.ts';
import type { Device } from '../../../config/device/device.ts';
import type { Table } from '../../topology.ts';

export type BgpProcessConfig = Device['bgp'][number];
export type NeighbourConfig = BgpProcessConfig['neighbours'] extends ReadonlyMap<string, infer N> ? N : never;
export type NeighbourFamilyConfig = NeighbourConfig['families'] extends ReadonlyMap<AddressFamily, infer F> ? F : never;
export type BgpFamilyConfig = BgpProcessConfig['families'] extends ReadonlyMap<AddressFamily, infer F> ? F : never;

/** Values of the first that sets them; the later ones fill what is absent. */
function inherit<T extends object>(strongestFirst: readonly T[]): T {
  const result: Record<string, unknown> = {};
  for (const one of strongestFirst)
    for (const [key, value] of Object.entries(one))
      if (value !== undefined && result[key] === undefined) result[key] = value;
  return result as T;
}

/** Deeper nesting of templates is a circle. */
const MAXIMUM_NESTING = 8;

/** The neighbour, then the groups and templates that it inherits from, strongest first. */
function ancestry(process: BgpProcessConfig, neighbour: NeighbourConfig, depth = 0): readonly NeighbourConfig[] {
  if (depth > MAXIMUM_NESTING) return [neighbour];
  const names = [...(neighbour.templates ?? []), ...(neighbour.group ? [neighbour.group] : [])];
  const parents = names.flatMap((name) => {
    const parent = process.groups.get(name.value);
    return parent ? ancestry(process, parent, depth + 1) : [];
  });
  return [neighbour, ...parents];
}

/** A neighbour with all that it inherits. */
export function effectiveSettings(process: BgpProcessConfig, neighbour: NeighbourConfig): NeighbourConfig {
  const all = ancestry(process, neighbour);
  const families = new Map<AddressFamily, NeighbourFamilyConfig>();
  for (const family of new Set(all.flatMap((one) => [...one.families.keys()])))
    families.set(family, inherit(all.flatMap((one) => one.families.get(family) ?? [])));
  const { id, kind, span } = neighbour;
  return { ...inherit(all), id, kind, span, families };
}

/** Families that the neighbour is active in. */
export function activeFamilies(
  table: Table,
  process: BgpProcessConfig,
  settings: NeighbourConfig,
): readonly AddressFamily[] {
  const active: AddressFamily[] = [];
  const byDefault = process.options.defaultIpv4Unicast?.value ?? table.behaviour.ipv4UnicastByDefault;
  const named = new Set<AddressFamily>([
    ...(byDefault ? (['ipv4-unicast'] as const) : []),
    ...settings.families.keys(),
  ]);
  for (const family of named) {
    const explicit = settings.families.get(family)?.activate?.value;
    if (explicit ?? (family === 'ipv4-unicast' && byDefault)) active.push(family);
  }
  return active.sort();
}
