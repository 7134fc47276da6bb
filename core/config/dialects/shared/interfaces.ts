import { parseIp } from '../../address.ts';
import { type At, type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Interface, InterfaceAddress } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, interfaceName, no, removeName, removeWhere, vrfOf, yes } from './drafts.ts';
import { interfaceSwitches } from './hardening.ts';

const row = rowsOf<Interface>();

/** Reads `address/length` as the slot types give it. */
function addressOf(text: string, secondary: boolean, span: Span): InterfaceAddress | undefined {
  const [host = '', length] = text.split('/');
  const ip = parseIp(host);
  if (!ip) return undefined;
  const linkLocal = ip.version === 6 && ((ip.words[0] ?? 0) & 0xffc00000) >>> 0 === 0xfe800000;
  return {
    address: ip.text,
    length: length === undefined ? (ip.version === 4 ? 32 : 128) : Number(length),
    family: ip.version === 4 ? 'ipv4' : 'ipv6',
    secondary,
    linkLocal,
    span,
  };
}

/**
 * Adds an address. `replaces`: a second primary IPv4 address takes the place of the first, as on IOS and EOS; FRR
 * keeps both. An interface has one link-local address everywhere.
 */
export function addAddress(
  iface: Interface,
  text: string,
  options: { readonly secondary: boolean; readonly replaces: boolean; readonly span: Span },
): void {
  const made = addressOf(text, options.secondary, options.span);
  if (!made) return;
  removeWhere(
    iface.addresses,
    (known) =>
      (known.address === made.address && known.family === made.family) ||
      (options.replaces && made.family === 'ipv4' && known.family === 'ipv4' && !known.secondary && !made.secondary) ||
      (made.linkLocal && known.linkLocal),
  );
  iface.addresses.push(made);
}

export function removeAddress(iface: Interface, family: 'ipv4' | 'ipv6', text: string | undefined): void {
  const address = text === undefined ? undefined : addressOf(text, false, iface.span)?.address;
  removeWhere(
    iface.addresses,
    (known) => known.family === family && (address === undefined || known.address === address),
  );
}

/**
 * Puts the interface into a VRF. IOS and EOS remove its addresses when the VRF changes, so lines after this one have
 * to set them again.
 */
export function moveToVrf(iface: Interface, vrf: Located<string> | undefined, device: DeviceDraft): void {
  const before = iface.vrf?.value;
  if (before === vrf?.value) return;
  if (before !== undefined) removeName(device.vrfs.get(before)?.interfaces ?? [], iface.name);
  if (device.dialect !== 'frr') iface.addresses = [];
  if (vrf) {
    iface.vrf = vrf;
    addOnce(vrfOf(device, vrf.value, vrf.span).interfaces, { value: iface.name, span: vrf.span });
  } else delete iface.vrf;
}

const replaces = (at: At): boolean => at.device.dialect !== 'frr';

/** Commands of an interface that FRR, EOS and IOS share: state, addresses, sizes. */
export const interfaceRows: readonly Entry[] = [
  row('description <text:rest>', {
    doc: 'Text for people.',
    effect: 'none',
    apply: (iface, { text }) => {
      iface.description = text;
    },
    undo: (iface) => {
      delete iface.description;
    },
  }),
  row('shutdown', {
    doc: 'Switches the interface off.',
    apply: (iface, _, at) => {
      iface.shutdown = yes(at.span);
    },
    undo: (iface, _, at) => {
      iface.shutdown = no(at.span);
    },
  }),
  row('ip address <address:address4> [<secondary:secondary>]', {
    doc: 'IPv4 address of the interface and length of its subnet.',
    apply: (iface, { address, secondary }, at) => {
      delete iface.dhcp;
      addAddress(iface, address.value, {
        secondary: secondary !== undefined,
        replaces: replaces(at),
        span: address.span,
      });
    },
    undo: (iface, { address }) => {
      removeAddress(iface, 'ipv4', address?.value);
      if (!address) {
        delete iface.dhcp;
        delete iface.unnumbered;
      }
    },
  }),
  row('ip address dhcp', {
    doc: 'Takes the IPv4 address from a DHCP server; it is not known from the configuration.',
    apply: (iface, _, at) => {
      iface.dhcp = yes(at.span);
    },
    undo: (iface) => {
      delete iface.dhcp;
    },
  }),
  row('ipv6 address <address:address6>', {
    doc: 'IPv6 address of the interface and length of its subnet.',
    apply: (iface, { address }) =>
      addAddress(iface, address.value, { secondary: false, replaces: false, span: address.span }),
    undo: (iface, { address }) => removeAddress(iface, 'ipv6', address?.value),
  }),
  row('ipv6 address <address:ip6> link-local', {
    doc: 'Link-local IPv6 address in place of the one made from the hardware address.',
    apply: (iface, { address }) =>
      addAddress(iface, `${address.value}/64`, { secondary: false, replaces: false, span: address.span }),
    undo: (iface, { address }) => removeAddress(iface, 'ipv6', address?.value),
  }),
  row('ipv6 address <address:address6> <kind:eui-64|anycast>', {
    doc: 'IPv6 address whose host part comes from the hardware address; it is not known from the configuration.',
  }),
  row('ipv6 address <source:autoconfig|dhcp|auto-config> [default]', {
    doc: 'Takes the IPv6 address from the network; it is not known from the configuration.',
  }),
  row('ipv6 enable', {
    doc: 'Switches IPv6 on with a link-local address.',
    apply: (iface, _, at) => {
      iface.ipv6Enabled = yes(at.span);
    },
    undo: (iface, _, at) => {
      iface.ipv6Enabled = no(at.span);
    },
  }),
  row('mtu <bytes:int>', {
    doc: 'Largest frame payload in bytes.',
    apply: (iface, { bytes }) => {
      iface.mtu = bytes;
    },
    undo: (iface) => {
      delete iface.mtu;
    },
  }),
  row('ip mtu <bytes:int>', {
    doc: 'Largest IPv4 packet in bytes. OSPF neighbours must agree on it.',
    apply: (iface, { bytes }) => {
      iface.ipMtu = bytes;
    },
    undo: (iface) => {
      delete iface.ipMtu;
    },
  }),
];

/** Interface commands of EOS and IOS alone. */
export const switchInterfaceRows: readonly Entry[] = [
  row('vrf forwarding <vrf:word>', {
    doc: 'Puts the interface into a VRF; its addresses have to be set again afterwards.',
    refers: { vrf: 'vrf' },
    apply: (iface, { vrf }, at) => moveToVrf(iface, vrf, at.device),
    undo: (iface, _, at) => moveToVrf(iface, undefined, at.device),
  }),
  row('bandwidth <kbps:int>', {
    doc: 'Bandwidth in kbit/s as the routing protocols see it; traffic is not limited by it.',
    apply: (iface, { kbps }) => {
      iface.bandwidthKbps = kbps;
    },
    undo: (iface) => {
      delete iface.bandwidthKbps;
    },
  }),
  row('delay <tens:int>', {
    doc: 'Delay in tens of microseconds as EIGRP sees it.',
    apply: (iface, { tens }) => {
      iface.delayTensOfMicroseconds = tens;
    },
    undo: (iface) => {
      delete iface.delayTensOfMicroseconds;
    },
  }),
  row('encapsulation dot1q <vlan:vlan> [native]', {
    doc: 'IEEE 802.1Q tag of the sub-interface.',
    apply: (iface, { vlan }) => {
      iface.encapsulationVlan = vlan;
    },
    undo: (iface) => {
      delete iface.encapsulationVlan;
    },
  }),
  row('encapsulation dot1q <outer:vlan> second-dot1q <inner:word>', {
    doc: 'Double IEEE 802.1Q tag of the sub-interface.',
  }),
  row('ip unnumbered <source:interface>', {
    doc: 'Uses the IPv4 address of another interface.',
    refers: { source: 'interface' },
    apply: (iface, { source }, at) => {
      iface.unnumbered = interfaceName(at.device, source);
    },
    undo: (iface) => {
      delete iface.unnumbered;
    },
  }),
  row('ip access-group <list:word> <direction:in|out>', {
    doc: 'Filters IPv4 packets that enter or leave the interface.',
    refers: { list: 'access-list' },
    apply: (iface, { list, direction }) => setAccessGroup(iface, 'ipv4', direction.value, list),
    undo: (iface, { list, direction }) => clearAccessGroup(iface, 'ipv4', direction?.value, list?.value),
  }),
  row('ipv6 <command:traffic-filter|access-group> <list:word> <direction:in|out>', {
    doc: 'Filters IPv6 packets that enter or leave the interface.',
    refers: { list: 'ipv6-access-list' },
    apply: (iface, { list, direction }) => setAccessGroup(iface, 'ipv6', direction.value, list),
    undo: (iface, { list, direction }) => clearAccessGroup(iface, 'ipv6', direction?.value, list?.value),
  }),
  row('ip proxy-arp', {
    doc: 'Answers ARP requests for addresses that are reached through this device.',
    apply: (iface, _, at) => {
      iface.proxyArp = yes(at.span);
    },
    undo: (iface, _, at) => {
      iface.proxyArp = no(at.span);
    },
  }),
  row('ip verify unicast source reachable-via <how:rx|any> [<default:allow-default>]', {
    doc: 'Drops packets whose source has no route back (strict: through this interface).',
    apply: (iface, { how }, at) => {
      iface.unicastReversePath = { value: how.value === 'rx' ? 'strict' : 'loose', span: at.span };
    },
    undo: (iface) => {
      delete iface.unicastReversePath;
    },
  }),
  row('ip policy route-map <map:word>', {
    doc: 'Policy routing: packets that enter here are forwarded by the route-map.',
    refers: { map: 'route-map' },
    apply: (iface, { map }) => {
      iface.policyRouting = map;
    },
    undo: (iface) => {
      delete iface.policyRouting;
    },
  }),
  row('ip helper-address <server:words>', { doc: 'Forwards DHCP requests to a server; hosts may depend on it.' }),
  ...interfaceSwitches({
    'ip redirects': ['redirects', 'Sends ICMP redirects.'],
    'ip unreachables': ['unreachables', 'Sends ICMP unreachables.'],
  }),
  row('ipv6 redirects', { doc: 'Sends ICMPv6 redirects.', effect: 'none' }),
  row('load-interval <seconds:int>', { doc: 'Interval over which load is averaged for display.', effect: 'none' }),
  row('logging event <what:words>', { doc: 'Log messages of the interface.', effect: 'none' }),
  row('snmp trap <what:words>', { doc: 'SNMP notifications of the interface.', effect: 'none' }),
  row('tunnel source <source:interface>', {
    doc: 'Source address or interface of the tunnel.',
    apply: (iface, { source }, at) => {
      iface.tunnel = { ...iface.tunnel, source: parseIp(source.value) ? source : interfaceName(at.device, source) };
    },
  }),
  row('tunnel destination <destination:word>', {
    doc: 'Far end of the tunnel.',
    apply: (iface, { destination }) => {
      iface.tunnel = { ...iface.tunnel, destination };
    },
  }),
  row('tunnel mode <mode:rest>', {
    doc: 'Encapsulation of the tunnel.',
    apply: (iface, { mode }) => {
      iface.tunnel = { ...iface.tunnel, mode };
    },
  }),
  row('tunnel <kind:vrf|underlay> <vrf:word>', {
    doc: 'VRF in which the tunnel packets themselves are routed.',
    refers: { vrf: 'vrf' },
    apply: (iface, { vrf }) => {
      iface.tunnel = { ...iface.tunnel, vrf };
    },
  }),
  row('tunnel key <key:int>', {
    doc: 'GRE key; both ends must agree.',
    apply: (iface, { key }) => {
      iface.tunnel = { ...iface.tunnel, key };
    },
  }),
];

export function setAccessGroup(
  iface: Interface,
  family: 'ipv4' | 'ipv6',
  direction: 'in' | 'out',
  list: Located<string>,
): void {
  clearAccessGroup(iface, family, direction, undefined);
  iface.accessGroups.push({ list, direction, family });
}

function clearAccessGroup(
  iface: Interface,
  family: 'ipv4' | 'ipv6',
  direction: 'in' | 'out' | undefined,
  list: string | undefined,
): void {
  removeWhere(
    iface.accessGroups,
    (group) =>
      group.family === family &&
      (direction === undefined || group.direction === direction) &&
      (list === undefined || group.list.value === list),
  );
}
