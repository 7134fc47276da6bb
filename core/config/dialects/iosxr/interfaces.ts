import { type Entry, modesOf, nothing, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Interface } from '../../device/interface.ts';
import { canonicalInterface } from '../../interface-names.ts';
import { interfaceName, interfaceOf, no, yes } from '../shared/drafts.ts';
import { interfaceSwitches, setService } from '../shared/hardening.ts';
import {
  addAddress,
  interfaceRows,
  moveToVrf,
  removeAddress,
  setAccessGroup,
  switchInterfaceRows,
} from '../shared/interfaces.ts';

const row = rowsOf<Interface>();

/** Lines that IOS-XR has as the other systems do. */
const common =
  /^(description|shutdown|mtu|ipv6 address <address:(address6|ip6)>|ipv6 enable|bandwidth|encapsulation dot1q|load-interval|tunnel)/;

const accessGroup = (words: 'ipv4' | 'ipv6'): Entry =>
  row(
    `${words} access-group <list:word> <direction:ingress|egress> [<options:words>]` as 'ipv4 access-group <list:word> <direction:ingress|egress>',
    {
      doc: 'Filters packets that enter or leave the interface.',
      refers: { list: words === 'ipv4' ? 'access-list' : 'ipv6-access-list' },
      apply: (iface, { list, direction }) =>
        setAccessGroup(iface, words, direction.value === 'ingress' ? 'in' : 'out', list),
      undo: (iface, { direction }) => {
        const gone = direction?.value === 'egress' ? 'out' : 'in';
        iface.accessGroups = iface.accessGroups.filter((group) => group.family !== words || group.direction !== gone);
      },
    },
  );

const lines: readonly Entry[] = [
  row('vrf <vrf:word>', {
    doc: 'Puts the interface into a VRF; its addresses have to be set again afterwards.',
    refers: { vrf: 'vrf' },
    apply: (iface, { vrf }, at) => moveToVrf(iface, vrf, at.device),
    undo: (iface, _, at) => moveToVrf(iface, undefined, at.device),
  }),
  row('ipv4 address <address:address4> [<secondary:secondary>] *[route-tag <tag:int>] *[algorithm <algorithm:int>]', {
    doc: 'IPv4 address of the interface and length of its subnet.',
    apply: (iface, { address, secondary }) =>
      addAddress(iface, address.value, { secondary: secondary !== undefined, replaces: true, span: address.span }),
    undo: (iface, { address }) => removeAddress(iface, 'ipv4', address?.value),
  }),
  row('ipv4 address dhcp', {
    doc: 'Takes the IPv4 address from a DHCP server; it is not known from the configuration.',
    apply: (iface, _, at) => {
      iface.dhcp = yes(at.span);
    },
    undo: (iface) => {
      delete iface.dhcp;
    },
  }),
  row('ipv4 unnumbered <source:interface>', {
    doc: 'Uses the IPv4 address of another interface.',
    refers: { source: 'interface' },
    apply: (iface, { source }, at) => {
      iface.unnumbered = interfaceName(at.device, source);
    },
    undo: (iface) => {
      delete iface.unnumbered;
    },
  }),
  row('ipv4 point-to-point', {
    doc: 'Treats the port as a link between two routers, as an unnumbered one has to be.',
    apply: nothing,
    undo: nothing,
  }),
  row('ipv4 mtu <bytes:int>', {
    doc: 'Largest IPv4 packet in bytes. OSPF neighbours must agree on it.',
    apply: (iface, { bytes }) => {
      iface.ipMtu = bytes;
    },
    undo: (iface) => {
      delete iface.ipMtu;
    },
  }),
  row('ipv4 verify unicast source reachable-via <how:rx|any> [<options:words>]', {
    doc: 'Drops packets whose source has no route back (strict: through this interface).',
    apply: (iface, { how }, at) => {
      iface.unicastReversePath = { value: how.value === 'rx' ? 'strict' : 'loose', span: at.span };
    },
    undo: (iface) => {
      delete iface.unicastReversePath;
    },
  }),
  row('ipv6 verify unicast source reachable-via <how:rx|any> [<options:words>]', {
    doc: 'Drops IPv6 packets whose source has no route back.',
  }),
  accessGroup('ipv4'),
  accessGroup('ipv6'),
  row('bundle id <id:int> [mode <mode:active|passive|on>]', {
    doc: 'Makes the interface a member of a bundle.',
    apply: (iface, { id }, at) => {
      iface.aggregate = { value: canonicalInterface(at.device.dialect, `Bundle-Ether${id.value}`), span: id.span };
    },
    undo: (iface) => {
      delete iface.aggregate;
    },
  }),
  row('bundle <what:minimum-active|maximum-active|load-balancing|wait-while|shutdown> [<options:words>]', {
    doc: 'How many members a bundle needs, and how it uses them.',
  }),
  row('bundle port-priority <priority:int>', { doc: 'Which members are used first.', effect: 'none' }),
  row('proxy-arp', {
    doc: 'Answers ARP requests for addresses that are reached through this device.',
    apply: (iface, _, at) => {
      iface.proxyArp = yes(at.span);
    },
    undo: (iface, _, at) => {
      iface.proxyArp = no(at.span);
    },
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
  row('negotiation auto', { doc: 'Negotiates speed and duplex with the far end.', apply: nothing }),
  row('duplex <mode:full|half>', { doc: 'Duplex mode; both ends must agree.' }),
  row('l2transport', { doc: 'Carries frames, not packets.' }),
  row('service-policy <direction:input|output> <policy:word> [<options:words>]', {
    doc: 'Quality of service; a policy may police or drop traffic.',
    refers: { policy: 'policy-map' },
  }),
  row('ipv4 <what:helper-address|tcp|bgp|forwarding-enable> [<options:words>]', {
    doc: 'Further IPv4 settings of the interface.',
  }),
  row('ipv6 <what:nd|mtu|tcp|forwarding-enable> [<options:words>]', { doc: 'Further IPv6 settings of the interface.' }),
  row(
    '<what:bfd|mpls|lacp|monitor-session|rewrite|ethernet|frequency|local-proxy-arp|mac-address|host-routing|segment-routing|isis|router|keepalive|pseudowire-class> [<options:words>]',
    {
      doc: 'Further settings of the interface.',
    },
  ),
  ...interfaceSwitches({
    'ipv4 redirects': ['redirects', 'Sends ICMP redirects.'],
    'ipv4 mask-reply': ['mask-reply', 'Answers ICMP mask requests.'],
    'ipv4 directed-broadcast': ['directed-broadcast', 'Forwards broadcasts to the subnet.'],
    cdp: ['cdp', 'Cisco discovery protocol.'],
  }),
  row('ipv4 unreachables disable', {
    doc: 'Sends no ICMP unreachables.',
    effect: 'none',
    apply: (iface, _, at) => setService(iface, 'unreachables', no(at.span)),
    undo: (iface, _, at) => setService(iface, 'unreachables', yes(at.span)),
  }),
  row('damp [<options:words>]', { doc: 'Holds a port that flaps.', effect: 'none' }),
  ...(
    [
      ['ipv6 unreachables disable', 'Sends no ICMPv6 unreachables.'],
      ['carrier-delay <options:words>', 'How soon a change of the link is acted on.'],
      ['dampening [<options:words>]', 'Holds a port that flaps.'],
      ['logging events <options:words>', 'Log messages of the interface.'],
      ['flow <options:words>', 'Flow export.'],
      ['lldp [<options:words>]', 'Link layer discovery protocol.'],
      ['cdp <options:words>', 'Cisco discovery protocol.'],
      ['arp <options:words>', 'ARP entries and timers.'],
      ['transceiver <options:words>', 'Transceivers.'],
      ['snmp <options:words>', 'SNMP notifications of the interface.'],
      ['transport-mode <options:words>', 'Framing of the port.'],
    ] as const
  ).map(([pattern, doc]) => row(pattern as 'x', { doc, effect: 'none' })),
];

const body: readonly Entry[] = [
  ...[...interfaceRows, ...switchInterfaceRows].filter(({ pattern }) => common.test(pattern)),
  ...lines,
];

/** `interface` of IOS-XR; interfaces are up unless they are shut down, and routed unless they carry frames. */
export const interfaces: readonly Entry[] = [
  modesOf<DeviceDraft>()(
    'interface <name:interface>',
    {
      doc: 'A port, or a logical interface.',
      defines: { name: 'interface' },
      enter: (device, { name }, at) => interfaceOf(device, name.value, at.span),
      undo: (device, { name }) => {
        if (name) device.interfaces.delete(name.value);
      },
    },
    body,
  ),
  modesOf<DeviceDraft>()(
    'interface preconfigure <name:interface>',
    {
      doc: 'A port whose module is not there yet.',
      defines: { name: 'interface' },
      enter: (device, { name }, at) => {
        const iface = interfaceOf(device, name.value, at.span);
        iface.shutdown = yes(at.span);
        return iface;
      },
    },
    body,
  ),
  modesOf<DeviceDraft>()(
    'interface <name:interface> l2transport',
    {
      doc: 'A sub-interface that carries frames, not packets.',
      defines: { name: 'interface' },
      enter: (device, { name }, at) => interfaceOf(device, name.value, at.span),
    },
    body,
  ),
];

/** A bundle exists once a member names it. */
export function finishInterfaces(device: DeviceDraft): void {
  for (const iface of [...device.interfaces.values()])
    if (iface.aggregate) interfaceOf(device, iface.aggregate.value, iface.span);
}
