import { type Entry, modesOf, nothing, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Interface } from '../../device/interface.ts';
import { GLOBAL, interfaceOf, no, yes } from '../shared/drafts.ts';
import { interfaceSwitches } from '../shared/hardening.ts';
import { addAddress, interfaceRows, moveToVrf, removeAddress, switchInterfaceRows } from '../shared/interfaces.ts';
import { switchportRows } from '../shared/switching.ts';
import { dropIdleGroups, firstHopRows } from './first-hop.ts';

const row = rowsOf<Interface>();
const MANAGEMENT = { value: 'management' } as const;

/** Lines of the other systems that NX-OS writes otherwise. */
const foreign = /^(vrf forwarding|ip helper-address|ip address dhcp|ipv6 (enable|address <source)|logging event)/;

const lines: readonly Entry[] = [
  row('vrf member <vrf:word>', {
    doc: 'Puts the interface into a VRF; its addresses have to be set again afterwards.',
    refers: { vrf: 'vrf' },
    apply: (iface, { vrf }, at) => moveToVrf(iface, vrf.value === GLOBAL ? undefined : vrf, at.device),
    undo: (iface, _, at) => moveToVrf(iface, undefined, at.device),
  }),
  row('ip address <address:address4> *[<secondary:secondary>] *[tag <tag:int>] *[route-preference <distance:int>]', {
    doc: 'IPv4 address of the interface and length of its subnet; the tag goes along with the route.',
    apply: (iface, { address, secondary }) =>
      addAddress(iface, address.value, { secondary: secondary !== undefined, replaces: true, span: address.span }),
    undo: (iface, { address }) => removeAddress(iface, 'ipv4', address?.value),
  }),
  row('ip address dhcp [<options:words>]', {
    doc: 'Takes the IPv4 address from a DHCP server; it is not known from the configuration.',
    apply: (iface, _, at) => {
      iface.dhcp = yes(at.span);
    },
    undo: (iface) => {
      delete iface.dhcp;
    },
  }),
  row('ipv6 address <address:address6> *[tag <tag:int>] *[route-preference <distance:int>]', {
    doc: 'IPv6 address of the interface and length of its subnet; the tag goes along with the route.',
    apply: (iface, { address }) =>
      addAddress(iface, address.value, { secondary: false, replaces: false, span: address.span }),
    undo: (iface, { address }) => removeAddress(iface, 'ipv6', address?.value),
  }),
  row('ipv6 address <address:address6> eui64 [<options:words>]', {
    doc: 'IPv6 address whose host part comes from the hardware address; it is not known from the configuration.',
  }),
  row('ipv6 address use-link-local-only', {
    doc: 'Switches IPv6 on with a link-local address alone.',
    apply: (iface, _, at) => {
      iface.ipv6Enabled = yes(at.span);
    },
    undo: (iface, _, at) => {
      iface.ipv6Enabled = no(at.span);
    },
  }),
  row('ipv6 link-local <address:ip6> [<options:words>]', {
    doc: 'Link-local IPv6 address in place of the one made from the hardware address.',
    apply: (iface, { address }) =>
      addAddress(iface, `${address.value}/64`, { secondary: false, replaces: false, span: address.span }),
    undo: (iface, { address }) => removeAddress(iface, 'ipv6', address?.value),
  }),
  row('ip forward', { doc: 'Forwards IPv4 packets on an interface without an address.', apply: nothing }),
  row('ipv6 forward', { doc: 'Forwards IPv6 packets on an interface without an address.', apply: nothing }),
  row('medium <kind:p2p|broadcast>', {
    doc: 'Point-to-point or shared medium; an unnumbered port is a point-to-point one.',
    apply: nothing,
    undo: nothing,
  }),
  row('speed <mbps:int>', {
    doc: 'Speed in Mbit/s.',
    apply: (iface, { mbps }) => {
      iface.speedMbps = mbps;
    },
    undo: (iface) => {
      delete iface.speedMbps;
    },
  }),
  row('<what:speed|duplex> auto', { doc: 'Negotiates with the far end.', apply: nothing }),
  row('negotiate auto', { doc: 'Negotiates speed and duplex with the far end.', apply: nothing }),
  row('duplex <mode:full|half>', { doc: 'Duplex mode; both ends must agree.' }),
  row('autostate', {
    doc: 'The VLAN interface is up only while a port of the VLAN is.',
    apply: (iface, _, at) => {
      iface.autostate = yes(at.span);
    },
    undo: (iface, _, at) => {
      iface.autostate = no(at.span);
    },
  }),
  row('delay <picoseconds:int> picoseconds', {
    doc: 'Delay in picoseconds as EIGRP sees it.',
    apply: (iface, { picoseconds }, at) => {
      iface.delayTensOfMicroseconds = { value: picoseconds.value / 10_000_000, span: at.span };
    },
    undo: (iface) => {
      delete iface.delayTensOfMicroseconds;
    },
  }),
  row('bandwidth inherit [<kbps:int>]', { doc: 'Sub-interfaces take the bandwidth of this interface.' }),
  row('switchport host', {
    doc: 'Access port for a host: spanning tree edge, no port-channel.',
    apply: (iface, _, at) => {
      iface.switchport = { ...iface.switchport, mode: { value: 'access', span: at.span } };
    },
  }),
  row('switchport mode <kind:fex-fabric|fabricpath|private-vlan|vntag|trunk-pvlan> [<options:words>]', {
    doc: 'Further kinds of layer-2 ports.',
  }),
  row('switchport <what:monitor|private-vlan|block|port-security|isolated|autostate> [<options:words>]', {
    doc: 'Further settings of a layer-2 port.',
  }),
  row('switchport vlan mapping <options:words>', { doc: 'Translates VLAN tags.' }),
  row('channel-group <group:int> force [mode <mode:active|passive|on>]', {
    doc: 'Makes the interface a member of a port-channel, whose settings it takes.',
    apply: (iface, { group }) => {
      iface.aggregate = { value: `port-channel${group.value}`, span: group.span };
    },
    undo: (iface) => {
      delete iface.aggregate;
    },
  }),
  row('fabric forwarding mode anycast-gateway', { doc: 'The same gateway address on every leaf of the fabric.' }),
  row('vpc <id:int|peer-link|orphan-port> [<options:words>]', {
    doc: 'The port-channel is shared with the vPC peer, or joins the two.',
  }),
  row('ip dhcp <what:relay|snooping|option82> [<options:words>]', {
    doc: 'Forwards DHCP requests to a server; hosts may depend on it.',
  }),
  row('ipv6 dhcp relay <options:words>', {
    doc: 'Forwards DHCP requests to a server; hosts may depend on it.',
  }),
  row('ipv6 nd <options:words>', { doc: 'IPv6 neighbour discovery and router advertisements.' }),
  row('ip <what:pim|igmp|mroute|multicast> [<options:words>]', { doc: 'Multicast; not modelled.' }),
  row('ipv6 <what:pim|mld|mroute|multicast> [<options:words>]', { doc: 'Multicast; not modelled.' }),
  row('ip port access-group <list:word> <direction:in|out>', { doc: 'Filters packets that enter a layer-2 port.' }),
  row('ipv6 port traffic-filter <list:word> <direction:in|out>', { doc: 'Filters packets that enter a layer-2 port.' }),
  row('mac port access-group <list:word>', { doc: 'Filters frames that enter a layer-2 port.' }),
  row('mac access-group <list:word>', { doc: 'Filters frames by their hardware addresses.' }),
  ...interfaceSwitches({
    'ip directed-broadcast': ['directed-broadcast', 'Forwards broadcasts to the subnet.'],
    'ip arp gratuitous request': ['gratuitous-arp', 'Sends ARP messages that nobody asked for.'],
    'cdp enable': ['cdp', 'Cisco discovery protocol.'],
    'lldp transmit': ['lldp-transmit', 'Sends messages of the link layer discovery protocol.'],
    'lldp receive': ['lldp-receive', 'Reads messages of the link layer discovery protocol.'],
  }),
  row('ip <what:tcp|nat|verify|wccp|sla> <options:words>', { doc: 'Further IPv4 settings of the interface.' }),
  row('bfd <options:words>', { doc: 'Timers of bidirectional forwarding detection.' }),
  row('service-policy [type <type:word>] <direction:input|output> <policy:word> [<options:words>]', {
    doc: 'Quality of service; a policy may police or drop traffic.',
    refers: { policy: 'policy-map' },
  }),
  row('spanning-tree <options:words>', { doc: 'Spanning tree; not modelled.' }),
  row('storm-control <options:words>', { doc: 'Limits broadcast traffic.' }),
  row('<what:mpls|segment-routing|private-vlan|inherit|priority-flow-control|fex|itd|vtp> [<options:words>]', {
    doc: 'Further settings of the interface.',
  }),
  // VXLAN tunnel end.
  row('host-reachability protocol <protocol:bgp|openflow|controller>', {
    doc: 'How hosts behind other ends are found.',
  }),
  row('source-interface <source:interface> [<options:words>]', {
    doc: 'Interface whose address the VXLAN tunnels have.',
    refers: { source: 'interface' },
  }),
  row('source-interface hold-down-time <seconds:int>', { doc: 'Waits before tunnels come up.', effect: 'none' }),
  row('<what:global|advertise|multisite> <options:words>', { doc: 'Settings of all VXLAN segments.' }),
  modesOf<Interface>()(
    'member vni <vni:word> [<options:words>]',
    { doc: 'A VXLAN segment, or the one of a VRF (associate-vrf).', enter: (iface) => iface },
    [
      row(
        '<what:ingress-replication|suppress-arp|mcast-group|peer-ip|peer-vtep|multisite|spine-anycast-gateway> [<options:words>]',
        {
          doc: 'How broadcasts of the segment are spread.',
        },
      ),
    ],
  ),
  ...(
    [
      ['ip port-unreachable', 'Sends ICMP port unreachables.'],
      ['ip arp <options:words>', 'ARP entries and timers.'],
      ['ip flow <options:words>', 'Flow export.'],
      ['ipv6 flow <options:words>', 'Flow export.'],
      ['ipv6 unreachables', 'Sends ICMPv6 unreachables.'],
      ['load-interval counter <options:words>', 'Interval over which load is averaged for display.'],
      ['logging event port <options:words>', 'Log messages of the interface.'],
      ['lldp tlv-set <options:words>', 'Link layer discovery protocol.'],
      ['carrier-delay <options:words>', 'How soon a change of the link is acted on.'],
      ['link debounce <options:words>', 'How soon a change of the link is acted on.'],
      ['management', 'The VLAN interface may be used for management.'],
      ['beacon', 'Light on the port.'],
      ['hardware <options:words>', 'Settings of the hardware.'],
      ['media-type <type:word>', 'Connector that is used.'],
      ['medium <options:words>', 'Medium of the port.'],
      ['counters <options:words>', 'Counters of the port.'],
      ['no-shutdown-delay <options:words>', 'Waits before the port comes up.'],
      ['hold-queue <size:int> <direction:in|out>', 'Packets that wait.'],
    ] as const
  ).map(([pattern, doc]) => row(pattern as 'x', { doc, effect: 'none' })),
  row('fec <mode:words>', { doc: 'Error correction of the link; both ends must agree.' }),
  row('<what:lacp|udld|flowcontrol|switching-mode> <options:words>', {
    doc: 'Settings of the link; both ends must agree.',
  }),
];

/** `interface` of NX-OS. `more`: what the routing protocols add. */
export const nxosInterfaces = (more: readonly Entry[]): Entry =>
  modesOf<DeviceDraft>()(
    'interface <name:interface>',
    {
      doc: 'A port, or a logical interface.',
      defines: { name: 'interface' },
      enter: (device, { name }, at) => {
        const iface = interfaceOf(device, name.value, at.span);
        // The management port is in the VRF of that name and cannot leave it.
        if (iface.kind === 'management' && !iface.vrf) moveToVrf(iface, { ...MANAGEMENT, span: name.span }, device);
        return iface;
      },
      undo: (device, { name }) => {
        if (name) device.interfaces.delete(name.value);
      },
    },
    [
      ...interfaceRows.filter(
        ({ pattern }) => !foreign.test(pattern) && !/^ip(v6)? address <address:address[46]>/.test(pattern),
      ),
      ...switchInterfaceRows.filter(({ pattern }) => !foreign.test(pattern)),
      ...switchportRows,
      ...firstHopRows,
      ...lines,
      ...more,
    ],
  );

const defaultsOf = (device: DeviceDraft): NonNullable<DeviceDraft['portDefaults']> => {
  device.portDefaults ??= {};
  return device.portDefaults;
};

const onDevice = rowsOf<DeviceDraft>();

/** Lines that change what the ports of the device are when their stanza says nothing. */
export const systemDefaults: readonly Entry[] = [
  onDevice('system default switchport', {
    doc: 'Ports are layer-2 ports unless they say otherwise.',
    apply: (device, _, at) => {
      defaultsOf(device).switched = yes(at.span);
    },
    undo: (device, _, at) => {
      defaultsOf(device).switched = no(at.span);
    },
  }),
  onDevice('system default switchport shutdown', {
    doc: 'Layer-2 ports are shut down unless they say otherwise.',
    apply: (device, _, at) => {
      defaultsOf(device).shutdown = yes(at.span);
    },
    undo: (device, _, at) => {
      defaultsOf(device).shutdown = no(at.span);
    },
  }),
  onDevice('system default switchport fabricpath', { doc: 'Ports are FabricPath ports unless they say otherwise.' }),
];

const isPort = (iface: Interface): boolean => iface.kind === 'physical' || iface.kind === 'aggregate';

const isRouted = (iface: Interface): boolean => iface.switchport?.mode?.value === 'routed';

/** Whether an interface is down when nothing is said (Interfaces guide: routed ports, VLAN interfaces, tunnels). */
function isDownByDefault(iface: Interface, switched: boolean, shutdown: boolean): boolean {
  switch (iface.kind) {
    case 'physical':
      return isRouted(iface) || !switched ? iface.aggregate === undefined : shutdown;
    case 'vlan':
    case 'subinterface':
    case 'tunnel':
      return true;
    case 'other':
      return /^nve/.test(iface.name);
    default:
      return false;
  }
}

/**
 * Fills in what follows from the whole. Ports are layer-2 ports in VLAN 1 unless they say `no switchport`. A system
 * that never says so but has addresses on ports is one whose ports are routed (Nexus 7000).
 */
export function finishInterfaces(device: DeviceDraft): void {
  for (const iface of [...device.interfaces.values()])
    if (iface.aggregate) interfaceOf(device, iface.aggregate.value, iface.span);
  const all = [...device.interfaces.values()];
  const addressed = all.filter((iface) => isPort(iface) && iface.addresses.length > 0);
  const switched = device.portDefaults?.switched?.value ?? (addressed.length === 0 || addressed.some(isRouted));
  for (const iface of all) {
    dropIdleGroups(iface);
    if (isPort(iface) && switched && (iface.switchport || iface.addresses.length === 0)) {
      iface.switchport ??= {};
      iface.switchport.mode ??= { value: 'access', span: iface.span };
    }
    if (typeof iface.shutdown === 'boolean')
      iface.shutdown = isDownByDefault(iface, switched, device.portDefaults?.shutdown?.value ?? false);
  }
}
