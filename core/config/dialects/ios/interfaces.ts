import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { FirstHopGroup, Interface } from '../../device/interface.ts';
import { addOnce, getOrMake, interfaceOf, listLine, no, yes } from '../shared/drafts.ts';
import { groupOn, hsrpRows, trackWords, vrrpRows } from '../shared/first-hop.ts';
import { interfaceSwitches, setService } from '../shared/hardening.ts';
import { interfaceRows, moveToVrf, switchInterfaceRows } from '../shared/interfaces.ts';
import { switchportRows } from '../shared/switching.ts';

const row = rowsOf<Interface>();
const inGroup = rowsOf<FirstHopGroup>();

/** VRRP version 3 in its own mode. */
const vrrpMode: Entry = modesOf<Interface>()(
  'vrrp <group:int> address-family <family:ipv4|ipv6>',
  {
    doc: 'VRRP version 3 group.',
    enter: (iface, { group }, at): FirstHopGroup => groupOn(iface, 'vrrp', group.value, at.span),
  },
  [
    inGroup('address <address:ip> [<role:primary|secondary>]', {
      doc: 'Virtual address of the group.',
      apply: (group, { address }) => addOnce(group.addresses, address),
      undo: (group, { address }) => {
        group.addresses = group.addresses.filter((known) => address !== undefined && known.value !== address.value);
      },
    }),
    inGroup('priority <value:int>', {
      doc: 'The member with the highest priority is active.',
      apply: (group, { value }) => {
        group.priority = value;
      },
      undo: (group) => {
        delete group.priority;
      },
    }),
    inGroup('preempt [delay <options:words>]', {
      doc: 'Takes over as soon as its priority is the highest.',
      apply: (group, _, at) => {
        group.preempt = yes(at.span);
      },
      undo: (group, _, at) => {
        group.preempt = no(at.span);
      },
    }),
    inGroup('vrrpv2', { doc: 'Answers version 2 too.' }),
    inGroup('description <text:rest>', { doc: 'Text for people.', effect: 'none' }),
    inGroup('track <options:words>', {
      doc: 'Lowers the priority while a tracked object is down.',
      apply: (group, { options }, at) => {
        if (!trackWords(group, options.value, at)) listLine(at);
      },
      undo: (group) => {
        delete group.tracks;
      },
    }),
    inGroup('shutdown', {
      doc: 'Switches the group off.',
      apply: (group, _, at) => {
        group.shutdown = yes(at.span);
      },
      undo: (group, _, at) => {
        group.shutdown = no(at.span);
      },
    }),
    inGroup('timers <options:words>', { doc: 'Further settings of the group.' }),
    inGroup('exit-vrrp', { doc: 'Leaves the group.', effect: 'none', closes: true }),
  ],
);

const lines: readonly Entry[] = [
  row('ip vrf forwarding <vrf:word>', {
    doc: 'Puts the interface into a VRF; its addresses have to be set again afterwards.',
    refers: { vrf: 'vrf' },
    apply: (iface, { vrf }, at) => moveToVrf(iface, vrf, at.device),
    undo: (iface, _, at) => moveToVrf(iface, undefined, at.device),
  }),
  row('ip address negotiated', {
    doc: 'Takes the address from the far end of a PPP link; it is not known from the configuration.',
    apply: (iface, _, at) => {
      iface.dhcp = yes(at.span);
    },
  }),
  row('ip verify unicast reverse-path', {
    doc: 'Drops packets whose source has no route back through this interface.',
    apply: (iface, _, at) => {
      iface.unicastReversePath = { value: 'strict', span: at.span };
    },
    undo: (iface) => {
      delete iface.unicastReversePath;
    },
  }),
  row('ip ospf <process:int> cost <cost:int>', { doc: 'Cost of the interface in one process.' }),
  row('ipv6 eigrp <asn:int>', { doc: 'Runs EIGRP of IPv6 on the interface.' }),
  row('ip verify unicast source reachable-via <how:rx|any> [<allowDefault:allow-default>] <list:int>', {
    doc: 'Drops packets whose source has no route back, with exceptions.',
  }),
  row('bandwidth <direction:receive|inherit> [<kbps:int>]', { doc: 'Bandwidth of one direction.' }),
  row('standby [<group:int>] ipv6 autoconfig', { doc: 'Virtual link-local address of the group.' }),
  row('glbp <group:int> <options:words>', { doc: 'Gateway load balancing; not modelled.' }),
  row('mpls <what:words>', { doc: 'MPLS on the interface.' }),
  row('tunnel <what:protection|path-mtu-discovery|ttl|checksum|bandwidth> [<options:words>]', {
    doc: 'Further settings of the tunnel; protection by IPsec may keep it down.',
  }),
  row('ip nhrp <options:words>', { doc: 'Next hop resolution of a multipoint tunnel.' }),
  row('service instance <id:int> ethernet [<name:word>]', { doc: 'A layer-2 service on the port.' }),
  row('crypto map <name:word>', { doc: 'Encrypts traffic that leaves the interface.' }),
  row('zone-member security <zone:word>', { doc: 'Security zone; traffic between zones needs a policy.' }),
  row('switchport <what:port-security|host|block|protected|private-vlan> [<options:words>]', {
    doc: 'Further layer-2 settings.',
  }),
  row('<what:lacp|port-channel> <options:words>', { doc: 'Settings of link aggregation.' }),
  row(
    '<what:encapsulation|ppp|clock|dialer|pppoe|pppoe-client|xconnect|bfd|macsec|mka|cts|authentication|dot1x|mab|device-tracking|hold-queue|power|clns|bridge-group> [<options:words>]',
    { doc: 'Further settings of the interface.' },
  ),
  row('speed <mbps:int>', {
    doc: 'Speed in Mbit/s.',
    apply: (iface, { mbps }) => {
      iface.speedMbps = mbps;
    },
    undo: (iface) => {
      delete iface.speedMbps;
    },
  }),
  // What holds without the line; the opposite may bring the link down and is listed.
  row('<what:speed|duplex> auto', { doc: 'Negotiates with the far end.', apply: () => undefined }),
  row('negotiation auto', { doc: 'Negotiates speed and duplex with the far end.', apply: () => undefined }),
  row('speed nonegotiate', { doc: 'Does not negotiate the speed.' }),
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
  row('media-type <type:word>', { doc: 'Connector that is used.', effect: 'none' }),
  row('mop <what:words>', { doc: 'DEC maintenance protocol.', effect: 'none' }),
  ...interfaceSwitches({
    'cdp enable': ['cdp', 'Cisco discovery protocol.'],
    'lldp transmit': ['lldp-transmit', 'Sends messages of the link layer discovery protocol.'],
    'lldp receive': ['lldp-receive', 'Reads messages of the link layer discovery protocol.'],
    'ip mask-reply': ['mask-reply', 'Answers ICMP mask requests.'],
    'ip directed-broadcast': ['directed-broadcast', 'Forwards broadcasts to the subnet.'],
  }),
  row('ip directed-broadcast <list:word>', {
    doc: 'Forwards broadcasts to the subnet that an access-list permits.',
    effect: 'none',
    refers: { list: 'access-list' },
    apply: (iface, _, { span }) => setService(iface, 'directed-broadcast', { value: true, span }),
  }),
  row('lldp <what:tlv-select|med-tlv-select> [<options:words>]', {
    doc: 'Link layer discovery protocol.',
    effect: 'none',
  }),
  row('ip route-cache [<kind:words>]', { doc: 'Caches forwarding decisions.', effect: 'none' }),
  row('ip tcp adjust-mss <bytes:int>', { doc: 'Lowers the segment size of TCP connections through the interface.' }),
  row('ip virtual-reassembly [<options:words>]', { doc: 'Reassembles fragments for inspection.', effect: 'none' }),
  row('ip nat <side:inside|outside>', { doc: 'Side of address translation.' }),
  row('ip flow <what:words>', { doc: 'Flow export.', effect: 'none' }),
  row('ip nbar protocol-discovery', { doc: 'Traffic statistics by application.', effect: 'none' }),
  row('carrier-delay <options:words>', { doc: 'How soon a change of the link is acted on.', effect: 'none' }),
  row('keepalive [<seconds:int>]', { doc: 'Keepalives of the link.' }),
  row('arp timeout <seconds:int>', { doc: 'Age of ARP entries.', effect: 'none' }),
  row('service-policy [type <type:word>] <direction:input|output> <policy:word>', {
    doc: 'Quality of service; a policy may police or drop traffic.',
    refers: { policy: 'policy-map' },
  }),
  row('ipv6 nd ra suppress [<all:all>]', {
    doc: 'Sends no IPv6 router advertisements.',
    apply: (iface, _, at) => {
      iface.routerAdvertisements = no(at.span);
    },
    undo: (iface, _, at) => {
      iface.routerAdvertisements = yes(at.span);
    },
  }),
  row('ipv6 nd <what:words>', { doc: 'IPv6 neighbour discovery and router advertisements.' }),
  row('<protocol:pim|igmp|mld> <what:words>', { doc: 'Multicast; not modelled.' }),
  row('ip <protocol:pim|igmp|multicast|mroute-cache> [<what:words>]', { doc: 'Multicast; not modelled.' }),
  row('bfd interval <tx:int> min_rx <rx:int> multiplier <count:int>', {
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
];

/** `interface` of IOS and IOS-XE. `more`: what the routing protocols add. */
export const iosInterfaces = (more: readonly Entry[]): Entry =>
  modesOf<DeviceDraft>()(
    'interface <name:interface> [<kind:point-to-point|multipoint>]',
    {
      doc: 'A port, or a logical interface.',
      defines: { name: 'interface' },
      enter: (device, { name }, at) => interfaceOf(device, name.value, at.span),
      undo: (device, { name }) => {
        if (name) device.interfaces.delete(name.value);
      },
    },
    [
      ...interfaceRows,
      ...switchInterfaceRows,
      ...switchportRows,
      ...vrrpRows('ip', 'priority'),
      vrrpMode,
      ...hsrpRows,
      ...lines,
      ...more,
    ],
  );

const isL2 = (iface: Interface): boolean => iface.switchport !== undefined && iface.switchport.mode?.value !== 'routed';

/**
 * Fills in what follows from the whole. A system that writes `no switchport` on its routed ports is a switch, whose
 * other ports are layer-2 ports.
 */
export function finishIosInterfaces(device: DeviceDraft): void {
  const all = [...device.interfaces.values()];
  const isSwitch = all.some((iface) => iface.switchport?.mode?.value === 'routed');
  for (const iface of all) {
    if (iface.kind !== 'physical' && iface.kind !== 'aggregate') continue;
    if (isSwitch && !iface.switchport && iface.addresses.length === 0 && !iface.vrf && !iface.aggregate)
      iface.switchport = {};
    // A port-channel exists once a member names it.
    if (iface.aggregate) {
      const bundle = getOrMake(device.interfaces, iface.aggregate.value, () =>
        interfaceOf(device, iface.aggregate?.value ?? '', iface.span),
      );
      if (isL2(iface)) bundle.switchport ??= {};
    }
  }
}
