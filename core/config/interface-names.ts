import type { DialectId } from './device/device.ts';

// Full names as the systems show them. Among names that begin with the same letters the first one is what the device
// takes for the shortest unambiguous form (`Te` TenGigabitEthernet, `Tu` Tunnel, `Po` Port-channel).
const ios = [
  'Ethernet', 'FastEthernet', 'GigabitEthernet', 'TenGigabitEthernet', 'TwoGigabitEthernet', 'TwentyFiveGigE',
  'FiveGigabitEthernet', 'FortyGigabitEthernet', 'FiftyGigE', 'HundredGigE', 'TwoHundredGigE', 'FourHundredGigE',
  'AppGigabitEthernet', 'Loopback', 'Vlan', 'Port-channel', 'Tunnel', 'Null', 'Serial', 'BDI', 'BVI', 'Dialer',
  'Multilink', 'Virtual-Template', 'Virtual-Access', 'VirtualPortGroup', 'Cellular', 'Async', 'ATM', 'POS', 'nve',
  'pseudowire', 'LISP', 'Embedded-Service-Engine', 'Service-Engine', 'ucse', 'Group-Async', 'Wlan-GigabitEthernet',
] as const; // biome-ignore format: a list of names reads better packed
const eos = [
  'Ethernet', 'Loopback', 'Vlan', 'Port-Channel', 'Management', 'Tunnel', 'Vxlan', 'Null', 'Recirc-Channel',
  'Register', 'Dps', 'Fabric', 'Switch', 'UnconnectedEthernet', 'InternalRecirc',
] as const; // biome-ignore format: a list of names reads better packed
const iosxr = [
  'GigabitEthernet', 'TenGigE', 'TwentyFiveGigE', 'FortyGigE', 'FiftyGigE', 'HundredGigE', 'TwoHundredGigE',
  'FourHundredGigE', 'Bundle-Ether', 'Loopback', 'MgmtEth', 'Null', 'tunnel-ip', 'tunnel-te', 'BVI', 'PTP', 'nve',
] as const; // biome-ignore format: a list of names reads better packed
const nxos = ['Ethernet', 'loopback', 'Vlan', 'port-channel', 'mgmt', 'Tunnel', 'Null', 'nve', 'fc'] as const;

/** Names that may be shortened and written in any case; systems without a list take names as they are. */
const families: { readonly [D in DialectId]?: readonly string[] } = { ios, eos, iosxr, nxos };

const caches = new Map<DialectId, Map<string, string>>();
const CACHE_LIMIT = 20_000;

function resolve(names: readonly string[], text: string): string {
  const parts = /^([A-Za-z][A-Za-z-]*?)[ \t]*(\d[\d/.:]*(?:\/(?:RP|RSP|CPU|PTP)\d[\d/.:]*)*)?$/.exec(text);
  if (!parts) return text;
  const [, letters = '', number = ''] = parts;
  const lower = letters.toLowerCase();
  const full =
    names.find((name) => name.toLowerCase() === lower) ?? names.find((name) => name.toLowerCase().startsWith(lower));
  return full === undefined ? text : `${full}${number}`;
}

/**
 * The interface's name as the system itself shows it: `Gi 0/1` gives GigabitEthernet0/1, `et1` Ethernet1, `lo0`
 * Loopback0. Text that is no interface name of the system comes back as it is. Idempotent.
 */
export function canonicalInterface(dialect: DialectId, text: string): string {
  const names = families[dialect];
  if (!names) return text.trim();
  let cache = caches.get(dialect);
  if (!cache || cache.size >= CACHE_LIMIT) {
    cache = new Map();
    caches.set(dialect, cache);
  }
  const known = cache.get(text);
  if (known !== undefined) return known;
  const name = resolve(names, text.trim());
  cache.set(text, name);
  return name;
}

/** Whether a word is the letters of an interface name that may stand apart from its number (`Port-Channel 10`). */
export function isInterfaceType(dialect: DialectId, word: string): boolean {
  const lower = word.toLowerCase();
  return lower.length >= 2 && (families[dialect]?.some((name) => name.toLowerCase().startsWith(lower)) ?? false);
}
