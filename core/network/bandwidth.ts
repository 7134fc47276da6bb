import type { InterfaceConfig } from './interfaces.ts';
import type { L3Interface, Topology } from './topology.ts';

/**
 * Bandwidth that the name of an interface stands for, in kbit/s, where neither the configuration nor the capture says
 * it. The words are the systems' own; `Ethernet` alone says nothing, since systems use it for every speed.
 */
const BY_NAME: readonly (readonly [name: RegExp, kbps: number])[] = [
  [/^(loopback|lo\d)/i, 8_000_000],
  [/^(tunnel|gre|gr-)/i, 100],
  [/^serial/i, 1_544],
  [/^fastethernet/i, 100_000],
  [/^(twogigabitethernet)/i, 2_500_000],
  [/^(fivegigabitethernet)/i, 5_000_000],
  [/^(tengig|te\d|xe-)/i, 10_000_000],
  [/^(twentyfivegig)/i, 25_000_000],
  [/^(fortygig)/i, 40_000_000],
  [/^(fiftygig)/i, 50_000_000],
  [/^(hundredgig|et-)/i, 100_000_000],
  [/^(gigabitethernet|gi\d|ge-|vlan|bdi|irb|mgmt)/i, 1_000_000],
];

/** Bandwidth in kbit/s of an interface whose name does not say it and whose system names none. */
const PLAIN_ETHERNET_KBPS = 1_000_000;

const MAXIMUM_DEPTH = 4;

/** Bandwidth of an interface in kbit/s: as configured, as captured, from what it stands on, or what its name stands for. */
export function bandwidthKbps(topology: Topology, one: L3Interface): number {
  const { node, behaviour } = one.table;
  const states = topology.states.get(node);
  const runtime = topology.snapshot.runtime.get(node);
  const of = (config: InterfaceConfig, depth: number): number => {
    const captured = runtime?.get(config.name);
    const [bandwidth, speed] = [captured?.bandwidthBps ?? 0, captured?.speedBps ?? 0];
    if (config.bandwidthKbps) return config.bandwidthKbps.value;
    if (config.speedMbps) return config.speedMbps.value * 1_000;
    if (bandwidth > 0) return bandwidth / 1_000;
    if (speed > 0) return speed / 1_000;
    const parent = config.parent === undefined ? undefined : states?.get(config.parent);
    if (parent && depth < MAXIMUM_DEPTH) return of(parent.config, depth + 1);
    if (config.kind === 'aggregate' && depth < MAXIMUM_DEPTH) {
      let sum = 0;
      for (const member of states?.values() ?? [])
        if (member.up && member.config.aggregate?.value.toLowerCase() === config.name.toLowerCase())
          sum += of(member.config, depth + 1);
      if (sum > 0) return sum;
    }
    return (
      BY_NAME.find(([name]) => name.test(config.name))?.[1] ?? behaviour.ethernetBandwidthKbps ?? PLAIN_ETHERNET_KBPS
    );
  };
  return of(one.config, 0);
}
