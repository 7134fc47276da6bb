/*
 * What a configuration says and the twin leaves out. The tables name what the twin shows, or what cannot matter; every
 * other field of the device model, also one that is added later, counts as left out, so that a setting that is read but
 * not simulated never passes unnoticed.
 */
import type { BgpFamily, BgpNeighbour, BgpNeighbourFamily, BgpProcess } from '../config/device/bgp.ts';
import type { Device, StaticRoute, Vrf } from '../config/device/device.ts';
import type { Interface } from '../config/device/interface.ts';
import { sameMeaning } from './meaning.ts';

/**
 * `simulated`: the state difference shows it. `inert`: it changes neither routes, sessions nor forwarding. `elsewhere`:
 * another rule or a caveat of the twin speaks for it. Without a treatment nothing shows a change of the field.
 */
type Treatment = 'simulated' | 'inert' | 'elsewhere';
type Fields<T> = { readonly [K in keyof T]?: Treatment | Group };
interface Group {
  /** What a member is called before its name; the members of a map or list are compared by it. */
  readonly of: string;
  readonly fields: Readonly<Record<string, Treatment | Group | undefined>>;
}
const group = <T>(of: string, fields: Fields<T>): Group => ({ of, fields });

const INTERFACE: Fields<Interface> = {
  name: 'inert',
  span: 'inert',
  kind: 'simulated',
  description: 'inert',
  shutdown: 'simulated',
  vrf: 'simulated',
  addresses: 'simulated',
  unnumbered: 'simulated',
  dhcp: 'elsewhere',
  ipv6Enabled: 'simulated',
  encapsulationVlan: 'simulated',
  parent: 'simulated',
  vlan: 'simulated',
  switchport: 'elsewhere',
  aggregate: 'simulated',
  accessGroups: 'elsewhere',
};

const VRF: Fields<Vrf> = {
  name: 'inert',
  span: 'inert',
  description: 'inert',
  interfaces: 'simulated',
};

const STATIC_ROUTE: Fields<StaticRoute> = {
  vrf: 'simulated',
  prefix: 'simulated',
  family: 'simulated',
  nextHop: 'simulated',
  distance: 'simulated',
  metric: 'simulated',
  tag: 'simulated',
  track: 'elsewhere',
  name: 'inert',
  recursive: 'simulated',
  permanent: 'simulated',
  communities: 'simulated',
  noReadvertise: 'simulated',
  span: 'inert',
};

const NEIGHBOUR_FAMILY: Fields<BgpNeighbourFamily> = {
  span: 'inert',
  activate: 'simulated',
  policyIn: 'simulated',
  policyOut: 'simulated',
  prefixListIn: 'simulated',
  prefixListOut: 'simulated',
  distributeListIn: 'simulated',
  distributeListOut: 'simulated',
  asPathListIn: 'simulated',
  asPathListOut: 'simulated',
  nextHopSelf: 'simulated',
  nextHopUnchanged: 'simulated',
  sendCommunity: 'simulated',
  routeReflectorClient: 'simulated',
  defaultOriginate: 'simulated',
  allowAsIn: 'simulated',
  asOverride: 'simulated',
  removePrivateAs: 'simulated',
  weight: 'simulated',
  softReconfiguration: 'inert',
  unsuppressMap: 'simulated',
  advertiseMap: 'simulated',
  addPathsSend: 'elsewhere',
};

const NEIGHBOUR: Fields<BgpNeighbour> = {
  id: 'inert',
  kind: 'simulated',
  span: 'inert',
  remoteAs: 'simulated',
  group: 'simulated',
  templates: 'simulated',
  description: 'inert',
  shutdown: 'simulated',
  updateSource: 'simulated',
  ebgpMultihop: 'simulated',
  ttlSecurityHops: 'simulated',
  disableConnectedCheck: 'simulated',
  localAs: 'simulated',
  localAddress: 'simulated',
  passive: 'simulated',
  clusterId: 'simulated',
  families: group<BgpNeighbourFamily>('address family', NEIGHBOUR_FAMILY),
};

const BGP_FAMILY: Fields<BgpFamily> = {
  family: 'simulated',
  span: 'inert',
  networks: 'simulated',
  redistribute: 'simulated',
  aggregates: 'simulated',
  maximumPaths: 'simulated',
  maximumPathsIbgp: 'simulated',
  maximumPathsEibgp: 'simulated',
  distances: 'simulated',
  defaultInformationOriginate: 'simulated',
  importVrfs: 'elsewhere',
  importPolicy: 'elsewhere',
  exportPolicy: 'elsewhere',
};

const BGP_OPTIONS: Fields<BgpProcess['options']> = {
  ebgpRequiresPolicy: 'simulated',
  defaultIpv4Unicast: 'simulated',
  defaultLocalPreference: 'simulated',
  defaultMetric: 'simulated',
  compareRouterId: 'simulated',
  alwaysCompareMed: 'simulated',
  medMissingAsWorst: 'simulated',
  asPathIgnore: 'simulated',
  asPathMultipathRelax: 'simulated',
  logNeighbourChanges: 'inert',
  clientToClientReflection: 'simulated',
  networkImportCheck: 'simulated',
  missingPolicyIn: 'simulated',
  missingPolicyOut: 'simulated',
  shutdown: 'simulated',
  confederation: 'simulated',
};

const BGP: Fields<BgpProcess> = {
  vrf: 'simulated',
  asn: 'simulated',
  span: 'inert',
  routerId: 'simulated',
  clusterId: 'simulated',
  neighbours: group<BgpNeighbour>('neighbour', NEIGHBOUR),
  groups: group<BgpNeighbour>('peer group', NEIGHBOUR),
  listenRanges: 'simulated',
  families: group<BgpFamily>('address family', BGP_FAMILY),
  options: group<BgpProcess['options']>('option', BGP_OPTIONS),
};

const DEVICE: Fields<Device> = {
  name: 'inert',
  file: 'inert',
  hostname: 'inert',
  vrfs: group<Vrf>('VRF', VRF),
  interfaces: group<Interface>('interface', INTERFACE),
  vlans: 'elsewhere',
  staticRoutes: group<StaticRoute>('static route', STATIC_ROUTE),
  aggregateRoutes: 'elsewhere',
  bgp: group<BgpProcess>('BGP', BGP),
  ospf: 'elsewhere',
  isis: 'elsewhere',
  eigrp: 'elsewhere',
  rip: 'elsewhere',
  policies: 'simulated',
  prefixLists: 'simulated',
  communityLists: 'simulated',
  extendedCommunityLists: 'simulated',
  largeCommunityLists: 'simulated',
  asPathLists: 'simulated',
  accessLists: 'elsewhere',
  management: 'elsewhere',
  routerId: 'simulated',
  definitions: 'inert',
  references: 'inert',
  notModelled: 'elsewhere',
};

/** Members by name: of a map, of a list of things with a name of their own, or the one thing itself. */
function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  if (value instanceof Map) return new Map([...value].map(([name, member]) => [String(name), member]));
  if (!Array.isArray(value)) return value === undefined ? new Map() : new Map([['', value]]);
  const members = new Map<string, unknown>();
  for (const member of value as readonly Readonly<Record<string, unknown>>[]) {
    const name = ['prefix', 'vrf']
      .flatMap((key) => (typeof member[key] === 'string' ? [member[key]] : []))
      .join(' in ');
    // Two lines for one prefix stay apart; their order is that of the configuration.
    let own = name;
    for (let copy = 2; members.has(own); copy += 1) own = `${name} (${copy})`;
    members.set(own, member);
  }
  return members;
}

const absent = (value: unknown): boolean =>
  value === undefined ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  ((value instanceof Map || value instanceof Set) && value.size === 0);

function compare(old: unknown, now: unknown, fields: Group['fields'], place: string, found: string[]): void {
  const [a, b] = [old, now].map((value) => (value ?? {}) as Readonly<Record<string, unknown>>);
  for (const field of new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])) {
    const [was, is] = [a?.[field], b?.[field]];
    const treatment = fields[field];
    if (treatment === undefined) {
      if (!(absent(was) && absent(is)) && !sameMeaning(was, is)) found.push(`${words(field)}${place}`);
      continue;
    }
    if (typeof treatment === 'string') continue;
    const [before, after] = [membersOf(was), membersOf(is)];
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const shown = name === '' ? place : ` of ${treatment.of} ${name}${place}`;
      compare(before.get(name), after.get(name), treatment.fields, shown, found);
    }
  }
}

/** `ipMtu` -> `ip mtu`. */
const words = (field: string): string => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Settings that differ between two configurations of a device and have no effect in the twin, in words. */
export function settingsLeftOut(before: Device, after: Device): readonly string[] {
  const found: string[] = [];
  compare(before, after, DEVICE as Group['fields'], '', found);
  return found;
}
