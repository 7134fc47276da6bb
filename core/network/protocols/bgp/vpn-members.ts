import type { Ip } from '../../../config/address.ts';
import type { AddressFamily } from '../../../config/device/bgp.ts';
import type { Located, Span } from '../../../config/span.ts';
import { vlanOf } from '../../interfaces.ts';
import { normaliseTarget } from '../../policy/communities.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { RibRoute } from '../../rib.ts';
import { GLOBAL_VRF, type Table } from '../../topology.ts';
import type { Context } from '../protocol.ts';
import type { Speaker } from './model.ts';
import { isShared } from './speakers.ts';

/** Families that carry the routes of VRFs between devices: RFC 4364, RFC 4659, RFC 9136 (type 5). */
export const VPN_FAMILIES: Readonly<Record<4 | 6, readonly AddressFamily[]>> = {
  4: ['vpnv4-unicast', 'l2vpn-evpn'],
  6: ['vpnv6-unicast', 'l2vpn-evpn'],
};

/** What a VRF takes and gives, by route target; or by the name of another VRF. */
export interface Member {
  readonly speaker: Speaker;
  /** The instance whose sessions carry its routes to other devices. */
  readonly owner: Speaker;
  readonly distinguisher: string;
  readonly imports: ReadonlySet<string>;
  /** Targets of this VXLAN network are taken whatever AS they name (FRR). */
  readonly importsVni: number | undefined;
  readonly exports: readonly string[];
  readonly importMap: Located<string> | undefined;
  readonly exportMap: Located<string> | undefined;
  /** Further maps on type 5 routes alone. */
  readonly prefixImport: Located<string> | undefined;
  readonly prefixExport: Located<string> | undefined;
  readonly makesPrefixRoutes: boolean;
  /** Families that carry its routes to other devices. */
  readonly families: readonly AddressFamily[];
  /** Its routes go to other VRFs of the device, and theirs come to it. */
  readonly sharesLocally: boolean;
  /** Own addresses that are announced like networks. */
  readonly hosts: ReadonlyMap<PrefixId, RibRoute>;
  /** Own addresses in VLANs that MAC/IP routes (EVPN type 2) announce. */
  readonly vlanHosts: ReadonlySet<PrefixId>;
  /** The maps stand in place of the targets (Junos, SR OS) instead of beside them. */
  readonly mapsDecide: boolean;
  readonly span: Span;
}

/** Routes of one VRF handed to another by name: FRR `import vrf`, IOS `import ipv4 unicast map`. */
export interface Handover {
  readonly from: Speaker;
  readonly to: Speaker;
  readonly maps: readonly Located<string>[];
  readonly span: Span;
}

/** RFC 8365 5.1.2.1: the AS (23456 for one of four octets) and the VXLAN network. */
const automaticTarget = (asn: number, vni: number | undefined): readonly string[] =>
  vni === undefined ? [] : [`rt:${asn > 0xffff ? 23456 : asn}:${vni}`];

/** Address at which the VXLAN tunnels of a device begin: the next hop of its type 5 routes. Null without VXLAN. */
export function tunnelAddress({ topology }: Context, table: Table): string | null {
  for (const { config } of topology.states.get(table.node)?.values() ?? []) {
    if (config.tunnel?.mode?.value !== 'vxlan' || !config.tunnel.source) continue;
    const source = topology.interfaceOf(table.node, config.tunnel.source.value);
    const address = source?.addresses.find(({ ip, secondary }) => ip.version === 4 && !secondary);
    if (address) return address.ip.text;
  }
  return null;
}

export function membersOf(
  context: Context,
  speakers: readonly Speaker[],
  version: 4 | 6,
): ReadonlyMap<Speaker, Member> {
  const members = new Map<Speaker, Member>();
  for (const speaker of speakers) {
    const { device, node, vrf: name, behaviour } = speaker.table;
    const vrf = name === GLOBAL_VRF ? undefined : device.vrfs.get(name);
    if (!vrf) continue;
    const own = version === 6 && vrf.ipv6 ? vrf.ipv6 : vrf;
    const fromVni = behaviour.bgp.vniMakesTargets === true && vrf.vni !== undefined;
    if (!isShared(own) && !fromVni) continue;
    const ofDevice = speakers.filter((other) => other.table.node === node);
    const owner = ofDevice.find((other) => other.table.vrf === GLOBAL_VRF) ?? (ofDevice[0] as Speaker);
    const automatic = automaticTarget(speaker.asn, vrf.vni?.value);
    const targets = (list: readonly Located<string>[], ofEvpn: readonly Located<string>[] = []): readonly string[] => {
      const written = [...list, ...ofEvpn];
      if (written.length === 0 && fromVni) return automatic;
      return written.flatMap(({ value }) => (value === 'auto' ? automatic : [normaliseTarget(value)]));
    };
    const anyAs = fromVni && own.importTargets.length === 0 ? vrf.vni?.value : undefined;
    const { evpnOnRequest, leaksLocallyOnRequest, sharesHostRoutes } = behaviour.bgp;
    const advertised = speaker.process.families
      .get('l2vpn-evpn')
      ?.advertiseUnicast?.find(({ family }) => family === (version === 4 ? 'ipv4' : 'ipv6'));
    const inEvpn = !evpnOnRequest || vrf.prefixRoutes !== undefined || advertised !== undefined;
    const { routeDistinguisher } = vrf;
    members.set(speaker, {
      speaker,
      owner,
      // `auto` is made of the router id and a number that no other VRF of the device has.
      distinguisher:
        routeDistinguisher && routeDistinguisher.value !== 'auto' ? routeDistinguisher.value : `${node} ${name}`,
      imports: new Set(targets(own.importTargets, vrf.evpn?.importTargets)),
      importsVni: anyAs,
      exports: targets(own.exportTargets, vrf.evpn?.exportTargets),
      importMap: own.importMap,
      exportMap: own.exportMap,
      prefixImport: vrf.prefixRoutes?.importMap,
      prefixExport: vrf.prefixRoutes?.exportMap ?? advertised?.policy,
      makesPrefixRoutes: vrf.prefixRoutes !== undefined,
      families: VPN_FAMILIES[version].filter((family) => inEvpn || family !== 'l2vpn-evpn'),
      sharesLocally: !leaksLocallyOnRequest || (vrf.autoExport?.value ?? false),
      hosts: sharesHostRoutes ? ownHosts(context, speaker.table, version) : new Map(),
      vlanHosts: new Set(
        vrf.hostRoutes && device.gatewaysAsHosts?.value ? vlanHosts(context, speaker.table, version) : [],
      ),
      mapsDecide: behaviour.bgp.exportsActiveRoutes ?? false,
      span: vrf.span,
    });
  }
  return members;
}

const hostOf = ({ prefixes }: Context, ip: Ip): PrefixId => prefixes.internNetwork(ip, ip.version === 4 ? 32 : 128);

/** The addresses of a table's interfaces as routes to hosts, except those whose network is the host itself. */
function ownHosts(context: Context, table: Table, version: 4 | 6): ReadonlyMap<PrefixId, RibRoute> {
  const hosts = new Map<PrefixId, RibRoute>();
  for (const one of context.topology.interfacesOf(table)) {
    if (!one.up) continue;
    for (const { ip, length, linkLocal, span } of one.addresses) {
      if (ip.version !== version || linkLocal || length === (version === 4 ? 32 : 128)) continue;
      const prefix = hostOf(context, ip);
      const nextHops = [context.hops.hop({ ip: null, interface: one.name, vrf: null })];
      hosts.set(prefix, { prefix, protocol: 'connected', process: '', ad: 0, metric: 0, nextHops, spans: [span] });
    }
  }
  return hosts;
}

/** Addresses in VLANs that have a VXLAN network. */
const vlanHosts = (context: Context, table: Table, version: 4 | 6): readonly PrefixId[] =>
  context.topology.interfacesOf(table).flatMap((one) => {
    const vlan = one.up && one.config.kind === 'vlan' ? vlanOf(one.config) : undefined;
    if (vlan === undefined || table.device.vlans.get(vlan)?.vni === undefined) return [];
    return one.addresses.filter(({ ip }) => ip.version === version).map(({ ip }) => hostOf(context, ip));
  });

export function handoversOf(speakers: readonly Speaker[]): readonly Handover[] {
  const handovers: Handover[] = [];
  const named = (node: string, vrf: string) => speakers.find((one) => one.table.node === node && one.table.vrf === vrf);
  for (const to of speakers) {
    const { node, device, vrf: name } = to.table;
    for (const family of to.process.families.values())
      for (const source of family.importVrfs ?? []) {
        const from = named(node, source.value);
        if (from) handovers.push({ from, to, maps: family.importPolicy?.policies ?? [], span: source.span });
      }
    const vrf = device.vrfs.get(name);
    const global = named(node, GLOBAL_VRF);
    if (!vrf || !global || global === to) continue;
    const { importFromGlobal, exportToGlobal } = vrf;
    if (importFromGlobal) handovers.push({ from: global, to, maps: [importFromGlobal], span: importFromGlobal.span });
    if (exportToGlobal) handovers.push({ from: to, to: global, maps: [exportToGlobal], span: exportToGlobal.span });
  }
  return handovers;
}
