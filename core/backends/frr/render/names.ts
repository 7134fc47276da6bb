import type { L3Interface } from '../../../network/topology.ts';

/** Names of a device's interfaces in the twin, by their own names in lower case. */
export type PortNames = ReadonlyMap<string, string>;

/**
 * Linux names for a device's layer-3 interfaces: loopbacks `loop1` ..., all others `eth1` ..., in order of their own
 * names. A change that adds an interface may move the numbers behind it; the router is then started anew.
 */
export function portNames(interfaces: readonly L3Interface[]): PortNames {
  const names = new Map<string, string>();
  const sorted = [...interfaces].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const counts = { loop: 0, eth: 0 };
  for (const { name, config } of sorted) {
    const kind = config.kind === 'loopback' ? 'loop' : 'eth';
    counts[kind] += 1;
    names.set(name.toLowerCase(), `${kind}${counts[kind]}`);
  }
  return names;
}
