import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Interface } from '../../device/interface.ts';
import { addOnce, GLOBAL, interfaceOf, listLine, no, removeName, removeWhere, vrfOf, yes } from '../shared/drafts.ts';
import { groupOn, trackWords, vrrpRows } from '../shared/first-hop.ts';
import { vlanOf } from '../shared/globals.ts';
import { interfaceSwitches } from '../shared/hardening.ts';
import { addAddress, interfaceRows, moveToVrf, removeAddress, switchInterfaceRows } from '../shared/interfaces.ts';
import { switchportRows } from '../shared/switching.ts';
import { interfaceRange } from './bgp.ts';

/** One interface, or those of a range (`interface Ethernet1-4`). */
type Context = readonly Interface[];
const row = rowsOf<Interface>();

const trunkGroups = (iface: Interface) => {
  iface.switchport ??= {};
  iface.switchport.trunkGroups ??= [];
  return iface.switchport.trunkGroups;
};

/** Virtual addresses that every gateway of a VLAN shares. */
const virtualAddresses: readonly Entry[] = [
  row('ip address virtual <address:address4> [<secondary:secondary>]', {
    doc: 'Address that every gateway of the VLAN shares (anycast gateway).',
    apply: (iface, { address, secondary }, at) => {
      addAddress(iface, address.value, { secondary: secondary !== undefined, replaces: true, span: address.span });
      const host = address.value.split('/')[0] ?? '';
      addOnce(groupOn(iface, 'varp', 0, at.span).addresses, { value: host, span: address.span });
    },
    undo: (iface, { address }) => {
      removeAddress(iface, 'ipv4', address?.value);
      removeWhere(iface.firstHop, (group) => group.protocol === 'varp');
    },
  }),
  row('ipv6 address virtual <address:address6>', {
    doc: 'IPv6 address that every gateway of the VLAN shares (anycast gateway).',
    apply: (iface, { address }, at) => {
      addAddress(iface, address.value, { secondary: false, replaces: false, span: address.span });
      addOnce(groupOn(iface, 'varp', 0, at.span).addresses, {
        value: address.value.split('/')[0] ?? '',
        span: address.span,
      });
    },
    undo: (iface, { address }) => removeAddress(iface, 'ipv6', address?.value),
  }),
  row('ip virtual-router address <address:ip4> [<secondary:secondary>]', {
    doc: 'Gateway address that every switch of the VLAN shares (VARP).',
    apply: (iface, { address }, at) => addOnce(groupOn(iface, 'varp', 0, at.span).addresses, address),
    undo: (iface, { address }, at) => removeName(groupOn(iface, 'varp', 0, at.span).addresses, address?.value),
  }),
  row('ip virtual-router address <address:address4>', {
    doc: 'Gateway address that every switch of the VLAN shares (VARP), with its subnet.',
    apply: (iface, { address }, at) =>
      addOnce(groupOn(iface, 'varp', 0, at.span).addresses, {
        value: address.value.split('/')[0] ?? '',
        span: address.span,
      }),
  }),
  row('ipv6 virtual-router address <address:ip6>', {
    doc: 'IPv6 gateway address that every switch of the VLAN shares (VARP).',
    apply: (iface, { address }, at) => addOnce(groupOn(iface, 'varp', 0, at.span).addresses, address),
    undo: (iface, { address }, at) => removeName(groupOn(iface, 'varp', 0, at.span).addresses, address?.value),
  }),
];

/** `10010-10012,20000` as numbers, in the order in which they are written. */
function rangeNumbers(text: string): readonly number[] {
  return text.split(',').flatMap((part) => {
    const range = /^(\d{1,8})(?:-(\d{1,8}))?$/.exec(part);
    if (!range) return [];
    const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])];
    return Array.from({ length: Math.max(0, Math.min(last - first + 1, 4094)) }, (_, index) => first + index);
  });
}

const vxlan: readonly Entry[] = [
  row('vxlan source-interface <source:interface>', {
    doc: 'Interface whose address the VXLAN tunnels start at.',
    refers: { source: 'interface' },
    apply: (iface, { source }) => {
      iface.tunnel = { ...iface.tunnel, source, mode: { value: 'vxlan', span: source.span } };
    },
    undo: (iface) => {
      delete iface.tunnel;
    },
  }),
  row('vxlan vlan <vlan:vlan> vni <vni:int>', {
    doc: 'VXLAN network of a VLAN.',
    refers: { vlan: 'vlan' },
    apply: (_, { vlan, vni }, at) => {
      vlanOf(at.device, vlan.value, at.span).vni = vni.value;
    },
    undo: (_, { vlan }, at) => {
      const known = vlan && at.device.vlans.get(vlan.value);
      if (known) delete known.vni;
    },
  }),
  row('vxlan vlan [add] <vlans:vlans> vni <vnis:words>', {
    doc: 'VXLAN networks of several VLANs, in the order of their numbers.',
    refers: { vlans: 'vlan' },
    apply: (_, { vlans, vnis }, at) => {
      const numbers = rangeNumbers(vnis.value.join(''));
      for (const [index, vlan] of vlans.value.entries()) {
        const vni = numbers[index];
        if (vni !== undefined) vlanOf(at.device, vlan, at.span).vni = vni;
      }
    },
    undo: (_, { vlans }, at) => {
      for (const vlan of vlans?.value ?? []) delete at.device.vlans.get(vlan)?.vni;
    },
  }),
  row('vxlan vrf <vrf:word> vni <vni:int>', {
    doc: 'VXLAN network that carries the routed traffic of a VRF.',
    refers: { vrf: 'vrf' },
    apply: (_, { vrf, vni }, at) => {
      vrfOf(at.device, vrf.value, at.span).vni = vni;
    },
    undo: (_, { vrf }, at) => {
      delete at.device.vrfs.get(vrf?.value ?? GLOBAL)?.vni;
    },
  }),
  row('vxlan udp-port <port:int>', { doc: 'UDP port of VXLAN; all ends must agree.' }),
  row(
    'vxlan <what:flood|virtual-router|learn-restrict|mlag|encapsulation|bridging|arp|multicast-group> <options:words>',
    { doc: 'Further settings of VXLAN.' },
  ),
];

const lines: readonly Entry[] = [
  row('vrf <vrf:word>', {
    doc: 'Puts the interface into a VRF; its addresses have to be set again afterwards.',
    refers: { vrf: 'vrf' },
    apply: (iface, { vrf }, at) => moveToVrf(iface, vrf, at.device),
    undo: (iface, _, at) => moveToVrf(iface, undefined, at.device),
  }),
  row('ip address unnumbered <source:interface>', {
    doc: 'Uses the IPv4 address of another interface.',
    refers: { source: 'interface' },
    apply: (iface, { source }) => {
      iface.unnumbered = source;
    },
    undo: (iface) => {
      delete iface.unnumbered;
    },
  }),
  row('encapsulation dot1q vlan <vlan:vlan>', {
    doc: 'IEEE 802.1Q tag of the sub-interface.',
    apply: (iface, { vlan }) => {
      iface.encapsulationVlan = vlan;
    },
    undo: (iface) => {
      delete iface.encapsulationVlan;
    },
  }),
  row('autostate', {
    doc: 'The VLAN interface is up only while a port of the VLAN is.',
    apply: (iface, _, at) => {
      iface.autostate = yes(at.span);
    },
    undo: (iface, _, at) => {
      iface.autostate = no(at.span);
    },
  }),
  row('switchport trunk group <group:word>', {
    doc: 'The trunk carries the VLANs of the group.',
    apply: (iface, { group }) => addOnce(trunkGroups(iface), group),
    undo: (iface, { group }) => removeName(iface.switchport?.trunkGroups ?? [], group?.value),
  }),
  row('switchport phone vlan <vlan:vlan>', {
    doc: 'VLAN of telephones.',
    refers: { vlan: 'vlan' },
    apply: (iface, { vlan }) => {
      iface.switchport = { ...iface.switchport, voiceVlan: vlan };
    },
    undo: (iface) => {
      delete iface.switchport?.voiceVlan;
    },
  }),
  row(
    'switchport <what:phone|dot1q|tap|tool|source-interface|port-security|private-vlan|backup-link> [<options:words>]',
    { doc: 'Further layer-2 settings.' },
  ),
  row('switchport vlan <options:words>', { doc: 'Changes the VLAN of frames.' }),
  row('vrrp <group:int> peer <options:words>', { doc: 'How the group treats its other members.' }),
  row('switchport trunk native vlan tag', { doc: 'Tags frames of the native VLAN.' }),
  row('tunnel underlay vrf <vrf:word>', {
    doc: 'VRF in which the tunnel packets themselves are routed.',
    refers: { vrf: 'vrf' },
    apply: (iface, { vrf }) => {
      iface.tunnel = { ...iface.tunnel, vrf };
    },
  }),
  row('vrrp <group:int> ipv6 <address:ip6>', {
    doc: 'Virtual IPv6 address of the group.',
    apply: (iface, { group, address }, at) => addOnce(groupOn(iface, 'vrrp', group.value, at.span).addresses, address),
    undo: (iface, { group, address }, at) => {
      if (group) removeName(groupOn(iface, 'vrrp', group.value, at.span).addresses, address?.value);
    },
  }),
  row('vrrp <group:int> ipv4 version <version:2|3>', { doc: 'VRRP version; members must agree.' }),
  row('vrrp <group:int> tracked-object <object:words>', {
    doc: 'Lowers the priority while a tracked object is down.',
    apply: (iface, { group, object }, at) => {
      if (!trackWords(groupOn(iface, 'vrrp', group.value, at.span), object.value, at)) listLine(at);
    },
    undo: (iface, { group }, at) => {
      if (group) delete groupOn(iface, 'vrrp', group.value, at.span).tracks;
    },
  }),
  row('vrrp <group:int> <what:advertisement|mac-address|timers> [<options:words>]', {
    doc: 'Further settings of the group.',
  }),
  row('error-correction <what:words>', { doc: 'Forward error correction; both ends must agree.' }),
  row('port-channel <what:min-links|lacp|load-balance|speed> [<options:words>]', {
    doc: 'Settings of the port-channel.',
  }),
  row('mpls <what:words>', { doc: 'MPLS on the interface.' }),
  row('qos <what:words>', { doc: 'Quality of service.' }),
  row('ip dhcp <options:words>', { doc: 'DHCP relay; hosts may depend on it.' }),
  row('ip local-proxy-arp', { doc: 'Answers ARP requests between hosts of the subnet.' }),
  row(
    '<what:node-segment|evpn|l2|l2-protocol|mac|arp|phone|traffic-loopback|flow|ptp|poe|dot1x|dps> [<options:words>]',
    { doc: 'Further settings of the interface.' },
  ),
  row('speed auto', { doc: 'Negotiates the speed with the far end.', apply: () => undefined }),
  row('speed [forced] <speed:word>', { doc: 'Speed of the port; both ends must agree.' }),
  row('mlag <id:int>', { doc: 'The port-channel is shared with the MLAG peer.' }),
  ...interfaceSwitches({
    'lldp transmit': ['lldp-transmit', 'Sends messages of the link layer discovery protocol.'],
    'lldp receive': ['lldp-receive', 'Reads messages of the link layer discovery protocol.'],
    'ip directed-broadcast': ['directed-broadcast', 'Forwards broadcasts to the subnet.'],
    'arp gratuitous accept': ['gratuitous-arp', 'Learns from ARP answers that nobody asked for.'],
  }),
  row('lacp <what:words>', { doc: 'Settings of link aggregation.' }),
  row('ip attached-host route export [<distance:int>]', { doc: 'Makes host routes of ARP entries.' }),
  row('ipv6 nd ra disabled [<all:all>]', {
    doc: 'Sends no IPv6 router advertisements; a BGP neighbour without an address needs them.',
    apply: (iface, _, at) => {
      iface.routerAdvertisements = no(at.span);
    },
    undo: (iface, _, at) => {
      iface.routerAdvertisements = yes(at.span);
    },
  }),
  row('ipv6 nd <what:words>', { doc: 'IPv6 neighbour discovery and router advertisements.' }),
  row('service-policy [type <type:word>] <direction:input|output> <policy:word>', {
    doc: 'Quality of service or policy routing; a policy may drop or redirect traffic.',
    refers: { policy: 'policy-map' },
  }),
  row('<protocol:pim|igmp|multicast> <what:words>', { doc: 'Multicast; not modelled.' }),
  row('ip igmp [<what:words>]', { doc: 'Multicast; not modelled.' }),
  row('bfd interval <tx:int> min-rx <rx:int> multiplier <count:int> [default]', {
    doc: 'Timers of bidirectional forwarding detection, in milliseconds.',
    apply: (iface, { tx, rx, count }, at) => {
      iface.bfd = { value: { intervalMs: tx.value, minRxMs: rx.value, multiplier: count.value }, span: at.span };
    },
    undo: (iface) => {
      delete iface.bfd;
    },
  }),
  row('spanning-tree <what:words>', { doc: 'Spanning tree; not modelled.' }),
  row('storm-control <what:words>', { doc: 'Limits broadcast traffic.' }),
  row('sflow enable', { doc: 'Traffic samples.', effect: 'none' }),
  row('arp aging timeout <seconds:int>', { doc: 'Age of ARP entries.', effect: 'none' }),
  row('logging event link-status [<options:words>]', { doc: 'Log messages of the interface.', effect: 'none' }),
];

/** `interface` of EOS. `more`: what the routing protocols add. */
export const eosInterfaces = (more: readonly Entry[]): Entry =>
  modesOf<DeviceDraft>()(
    'interface <name:interface>',
    {
      doc: 'A port, or a logical interface.',
      defines: { name: 'interface' },
      enter: (device, { name }, at): Context =>
        interfaceRange(name.value).map((each) => interfaceOf(device, each, at.span)),
      undo: (device, { name }) => {
        for (const each of name ? interfaceRange(name.value) : []) device.interfaces.delete(each);
      },
    },
    [
      ...interfaceRows,
      ...switchInterfaceRows,
      ...switchportRows,
      ...vrrpRows('ip', 'priority'),
      ...vrrpRows('ipv4', 'priority-level').filter(({ pattern }) => /ipv4|priority-level/.test(pattern)),
      ...virtualAddresses,
      ...vxlan,
      ...lines,
      ...more,
    ].map(overRange),
  );

/** Ethernet ports and port-channels are layer-2 access ports in VLAN 1 unless the configuration says otherwise. */
export function finishEosInterfaces(device: DeviceDraft): void {
  for (const iface of device.interfaces.values()) {
    if (iface.aggregate) interfaceOf(device, iface.aggregate.value, iface.span);
  }
  for (const iface of device.interfaces.values()) {
    if (iface.kind !== 'physical' && iface.kind !== 'aggregate') continue;
    iface.switchport ??= {};
    iface.switchport.mode ??= { value: 'access', span: iface.span };
  }
}

/** Applies a line to each interface of a range. */
function overRange(entry: Entry): Entry {
  const { apply, undo } = entry;
  const each =
    (change: NonNullable<Entry['apply']>): NonNullable<Entry['apply']> =>
    (context: Context, args, at) => {
      for (const iface of context) change(iface, args, at);
    };
  return { ...entry, ...(apply && { apply: each(apply) }), ...(undo && { undo: each(undo) }) };
}
