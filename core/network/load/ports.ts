import type { Device } from '../../config/device/device.ts';

/**
 * How containerlab numbers a node's ports (`eth1`, `eth1_1`) against the names that the system itself uses, by kind.
 * Kinds that are not listed use the system's own names. Source: containerlab's page of each kind.
 */
const PORT_NAMES: Readonly<Record<string, (port: number, breakout: number | undefined) => string>> = {
  arista_ceos: (port, breakout) => `Ethernet${port}${breakout === undefined ? '' : `/${breakout}`}`,
  ceos: (port, breakout) => `Ethernet${port}${breakout === undefined ? '' : `/${breakout}`}`,
  arista_veos: (port) => `Ethernet${port}`,
  // GigabitEthernet1 is the management port.
  cisco_c8000v: (port) => `GigabitEthernet${port + 1}`,
  cisco_csr1000v: (port) => `GigabitEthernet${port + 1}`,
  cisco_cat9kv: (port) => `GigabitEthernet1/0/${port}`,
  cisco_vios: (port) => `GigabitEthernet0/${port}`,
  // Four ports a slot; Ethernet0/0 is the management port.
  cisco_iol: (port) => `Ethernet${Math.floor(port / 4)}/${port % 4}`,
};

/** SR Linux has names of its own on links: `e1-1` is ethernet-1/1, `e1-1-2` a breakout port. */
function srlinuxPort(port: string): string {
  const found = /^e(\d{1,2})-(\d{1,3})(?:-(\d{1,2}))?$/.exec(port);
  return found
    ? `ethernet-${found
        .slice(1)
        .filter((part) => part !== undefined)
        .join('/')}`
    : port;
}

/** The system's own name of a port that a containerlab link names. */
export function systemPortName(kind: string, port: string): string {
  if (kind === 'nokia_srlinux' || kind === 'srl') return srlinuxPort(port);
  const numbered = /^eth(\d{1,4})(?:_(\d{1,3}))?$/.exec(port);
  const named = PORT_NAMES[kind];
  if (!numbered || !named) return port;
  return named(Number(numbered[1]), numbered[2] === undefined ? undefined : Number(numbered[2]));
}

/**
 * The device's interface that a port's name means: the same name, the same in other capitals, or shortened as the
 * system allows (`Gi0/1`). A port that the configuration does not mention keeps the name as written.
 */
export function portOf(device: Pick<Device, 'interfaces'>, port: string): string {
  if (device.interfaces.has(port)) return port;
  const wanted = splitPort(port);
  const shortened: string[] = [];
  for (const name of device.interfaces.keys()) {
    const own = splitPort(name);
    if (own.number !== wanted.number) continue;
    if (own.letters === wanted.letters) return name;
    if (wanted.letters.length >= 2 && own.letters.startsWith(wanted.letters)) shortened.push(name);
  }
  return shortened.length === 1 && shortened[0] !== undefined ? shortened[0] : (adapterOf(device, port) ?? port);
}

/** A hypervisor numbers its adapters (`NIC1`) in the order of the device's ports, the management port first (XRv, vMX). */
function adapterOf({ interfaces }: Pick<Device, 'interfaces'>, port: string): string | undefined {
  const adapter = /^NIC(\d{1,3})$/i.exec(port);
  if (!adapter) return undefined;
  const named = (kind: 'management' | 'physical') =>
    [...interfaces.values()]
      .filter((one) => one.kind === kind)
      .map((one) => one.name)
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return [...named('management'), ...named('physical')][Number(adapter[1]) - 1];
}

function splitPort(name: string): { readonly letters: string; readonly number: string } {
  const first = /\d/.exec(name)?.index ?? name.length;
  return { letters: name.slice(0, first).trim().toLowerCase(), number: name.slice(first).toLowerCase() };
}
