import type { DialectId } from '../config/device/device.ts';

/**
 * What the rules need to know about the systems beyond `Behaviour`: how commands read and what they fall back to.
 * A new system joins by a row.
 */
export interface System {
  /** `banner motd # ... #`: the first character ends the text wherever it stands again. */
  readonly delimitedBanner: boolean;
  /** VLANs of a trunk whose list became empty by `remove`. IOS falls back to all, EOS keeps none. */
  readonly emptyTrunkList: 'all' | 'none';
  /** What `no redistribute X route-map Y` leaves behind: IOS keeps redistributing, without the filter. */
  readonly noRedistributeRouteMap: 'keeps-redistribution' | 'ends-redistribution';
  /** Limit of received prefixes where none is configured; sessions beyond it go down. */
  readonly defaultMaximumPrefixes?: number;
  /** Sessions with neighbours that are not connected are opened from the system address without being told so. */
  readonly opensFromSystemAddress: boolean;
  /** Families are exchanged with a neighbour by `activate`; elsewhere by naming them on the neighbour. */
  readonly activatesNeighbours: boolean;
  /** AS-path expressions match the text of a path, not whole AS numbers. */
  readonly asPathAsText: boolean;
  /** SSH is switched in `management ssh`, per VRF. */
  readonly managementSsh: boolean;
  /** An interface that changes its VRF loses its addresses. */
  readonly vrfStripsAddress: boolean;
  /** Standard, extended and large community lists are of one name space. */
  readonly communitiesShareNames: boolean;
  /** The command that limits received prefixes, behind `neighbor X `; absent where neighbours are written otherwise. */
  readonly maximumPrefixes?: (limit: number) => string;
  /** For messages. */
  readonly title: string;
}

const cli = {
  delimitedBanner: true,
  communitiesShareNames: false,
  vrfStripsAddress: true,
  opensFromSystemAddress: false,
  managementSsh: false,
  activatesNeighbours: false,
  asPathAsText: true,
  emptyTrunkList: 'all',
  noRedistributeRouteMap: 'keeps-redistribution',
} as const;

const flatNeighbours = {
  activatesNeighbours: true,
  maximumPrefixes: (limit: number) => `maximum-prefix ${limit} 80 restart 15`,
} as const;

const rows: Partial<Record<DialectId, System>> = {
  // Cisco IOS BGP command reference, neighbor maximum-prefix; IOS LAN switching, switchport trunk.
  ios: { ...cli, ...flatNeighbours, title: 'IOS' },
  nxos: { ...cli, title: 'NX-OS', emptyTrunkList: 'none' },
  iosxr: { ...cli, title: 'IOS XR', noRedistributeRouteMap: 'ends-redistribution' },
  // Arista EOS manual: neighbor maximum-routes has the default 12000; trunk lists; banners end with EOF.
  eos: {
    title: 'EOS',
    delimitedBanner: false,
    communitiesShareNames: false,
    vrfStripsAddress: true,
    opensFromSystemAddress: false,
    managementSsh: true,
    activatesNeighbours: true,
    // `ip as-path regex-mode asn` is the default.
    asPathAsText: false,
    emptyTrunkList: 'none',
    noRedistributeRouteMap: 'ends-redistribution',
    defaultMaximumPrefixes: 12_000,
    maximumPrefixes: (limit) => `maximum-routes ${limit} warning-limit 80 percent`,
  },
  // FRR documentation, BGP: neighbor PEER maximum-prefix NUMBER [THRESHOLD] [restart MINUTES].
  frr: {
    ...cli,
    ...flatNeighbours,
    title: 'FRR',
    delimitedBanner: false,
    vrfStripsAddress: false,
    noRedistributeRouteMap: 'ends-redistribution',
  },
  // Junos OS routing policy guide: `policy-options community` holds communities of every kind.
  junos: {
    ...cli,
    title: 'Junos',
    delimitedBanner: false,
    communitiesShareNames: true,
    asPathAsText: false,
    vrfStripsAddress: false,
  },
  // Nokia: BGP uses the system interface where no local address is set.
  sros: {
    ...cli,
    title: 'SR OS',
    delimitedBanner: false,
    communitiesShareNames: true,
    asPathAsText: false,
    vrfStripsAddress: false,
    opensFromSystemAddress: true,
  },
  srlinux: {
    ...cli,
    title: 'SR Linux',
    delimitedBanner: false,
    communitiesShareNames: true,
    asPathAsText: false,
    vrfStripsAddress: false,
    // `transport local-address` is set, or the session is opened from the interface that leads to the neighbour.
    opensFromSystemAddress: false,
  },
};

const unknownSystem: System = { ...cli, title: 'this system', delimitedBanner: false, vrfStripsAddress: false };

export const systemOf = (dialect: DialectId): System => rows[dialect] ?? unknownSystem;
