import { maskLength } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Interface } from '../../device/interface.ts';
import { parseVlanList } from '../../slot-types.ts';
import type { Located, Span } from '../../span.ts';
import type { ConfigTree } from '../../tree.ts';
import { addOnce, interfaceOf, listLine, vrfOf } from '../shared/drafts.ts';
import { groupOn } from '../shared/first-hop.ts';
import { vlanOf } from '../shared/globals.ts';
import { addAddress, moveToVrf } from '../shared/interfaces.ts';

/*
 * /etc/network/interfaces of Cumulus Linux (ifupdown2), which stands before frr.conf where the files of a switch are
 * put together into one. Its stanzas make the interfaces; frr.conf adds routing to them.
 */

const onDevice = rowsOf<DeviceDraft>();
const row = rowsOf<Interface>();

/** `swp1 swp3-5` and `glob swp6-7` as interface names. */
function portNames(words: readonly string[]): readonly string[] {
  return words
    .filter((word) => word !== 'glob' && word !== 'regex' && word !== 'none')
    .flatMap((word) => {
      const range = /^(\D+)(\d+)-(\d+)$/.exec(word);
      if (!range) return [word];
      const [first, last] = [Number(range[2]), Number(range[3])];
      return Array.from(
        { length: Math.max(0, Math.min(last - first + 1, 512)) },
        (_, index) => `${range[1]}${first + index}`,
      );
    });
}

const vlanIds = (words: readonly string[]): readonly number[] =>
  [...new Set(words.flatMap((word) => parseVlanList(word) ?? []))].sort((a, b) => a - b);

const switchport = (iface: Interface) => {
  iface.switchport ??= {};
  return iface.switchport;
};

const lines: readonly Entry[] = [
  row('address <address:address4>', {
    doc: 'IPv4 address of the interface and length of its subnet.',
    apply: (iface, { address }) =>
      addAddress(iface, address.value, { secondary: false, replaces: false, span: address.span }),
  }),
  row('address <address:address6>', {
    doc: 'IPv6 address of the interface and length of its subnet.',
    apply: (iface, { address }) =>
      addAddress(iface, address.value, { secondary: false, replaces: false, span: address.span }),
  }),
  row('address <address:ip>', {
    doc: 'Address of the interface alone, without a subnet.',
    apply: (iface, { address }) =>
      addAddress(iface, address.value, { secondary: false, replaces: false, span: address.span }),
  }),
  row('address-virtual <mac:word> <addresses:words>', {
    doc: 'Gateway address that both switches of a pair share (VRR).',
    apply: (iface, { addresses }, at) => {
      for (const address of addresses.value) {
        const host = address.split('/')[0] ?? '';
        addOnce(groupOn(iface, 'varp', 0, at.span).addresses, { value: host, span: addresses.span });
      }
    },
  }),
  row('vrf <vrf:word>', {
    doc: 'VRF of the interface.',
    refers: { vrf: 'vrf' },
    apply: (iface, { vrf }, at) => moveToVrf(iface, vrf, at.device),
  }),
  row('vrf-table <table:word>', {
    doc: 'Makes the interface a VRF.',
    apply: (iface, _, at) => {
      iface.kind = 'other';
      vrfOf(at.device, iface.name, iface.span);
    },
  }),
  row('mtu <bytes:int>', {
    doc: 'Largest frame payload in bytes.',
    apply: (iface, { bytes }) => {
      iface.mtu = bytes;
    },
  }),
  row('<command:alias|description> <text:rest>', {
    doc: 'Text for people.',
    effect: 'none',
    apply: (iface, { text }) => {
      iface.description = text;
    },
  }),
  row('link-speed <mbps:int>', {
    doc: 'Speed in Mbit/s.',
    apply: (iface, { mbps }) => {
      iface.speedMbps = mbps;
    },
  }),
  row('link-down <down:yes|no>', {
    doc: 'Keeps the interface down.',
    apply: (iface, { down }) => {
      iface.shutdown = { value: down.value === 'yes', span: down.span };
    },
  }),
  row('bond-slaves <ports:words>', {
    doc: 'Members of the bond.',
    apply: (iface, { ports }, at) => {
      iface.kind = 'aggregate';
      for (const name of portNames(ports.value))
        interfaceOf(at.device, name, ports.span).aggregate = { value: iface.name, span: ports.span };
    },
  }),
  row('bridge-ports <ports:words>', {
    doc: 'Ports of the bridge.',
    apply: (iface, { ports }, at) => {
      iface.kind = 'bridge';
      for (const name of portNames(ports.value))
        interfaceOf(at.device, name, ports.span).bridge = { value: iface.name, span: ports.span };
    },
  }),
  row('bridge-access <vlan:vlan>', {
    doc: 'VLAN of an access port.',
    refers: { vlan: 'vlan' },
    apply: (iface, { vlan }) => {
      switchport(iface).mode = { value: 'access', span: vlan.span };
      switchport(iface).accessVlan = vlan;
    },
  }),
  row('bridge-vids <vlans:words>', {
    doc: 'VLANs that the bridge or the port carries.',
    apply: (iface, { vlans }, at) => {
      switchport(iface).allowedVlans = { value: vlanIds(vlans.value), span: vlans.span };
      for (const id of vlanIds(vlans.value)) vlanOf(at.device, id, at.span);
    },
  }),
  row('bridge-pvid <vlan:vlan>', {
    doc: 'VLAN of untagged frames.',
    apply: (iface, { vlan }) => {
      switchport(iface).nativeVlan = vlan;
    },
  }),
  row('bridge-vlan-aware <aware:yes|no>', { doc: 'One bridge for all VLANs.', apply: () => undefined }),
  row('vlan-id <vlan:vlan>', {
    doc: 'VLAN of this VLAN interface.',
    refers: { vlan: 'vlan' },
    apply: (iface, { vlan }) => {
      iface.kind = 'vlan';
      iface.vlan = vlan.value;
    },
  }),
  row('vlan-raw-device <device:word>', {
    doc: 'Bridge or port that this VLAN interface belongs to.',
    refers: { device: 'interface' },
    apply: (iface, { device }) => {
      iface.parent = device.value;
    },
  }),
  row('vxlan-id <vni:int>', { doc: 'VXLAN network of this tunnel.' }),
  row('<what:vxlan-local-tunnelip|vxlan-remoteip|vxlan-mcastgrp|vxlan-port|vxlan-learning> <options:words>', {
    doc: 'Settings of VXLAN.',
  }),
  row('bridge-learning <options:words>', { doc: 'How the bridge learns addresses.' }),
  row('netmask <mask:word>', {
    doc: 'Mask or length of the subnet of the address above.',
    apply: (iface, { mask }, at) => {
      const length = /^\d{1,3}$/.test(mask.value) ? Number(mask.value) : maskLength(mask.value);
      const last = iface.addresses.pop();
      if (last && length !== undefined) iface.addresses.push({ ...last, length });
      else listLine(at);
    },
  }),
  row('gateway <gateway:ip>', { doc: 'Default route of the kernel through this gateway.' }),
  row('<what:up|down|pre-up|post-up|pre-down|post-down> <command:rest>', {
    doc: 'Command that is run with the interface; it may change routes.',
  }),
  row(
    '<what:clagd-peer-ip|clagd-backup-ip|clagd-sys-mac|clagd-priority|clagd-args|clag-id|clagd-vxlan-anycast-ip> <options:words>',
    { doc: 'Multi-chassis link aggregation.' },
  ),
  row(
    '<what:bond-mode|bond-lacp-rate|bond-min-links|bond-lacp-bypass-allow|bond-miimon|bond-xmit-hash-policy|bond-updelay|bond-downdelay> <value:word>',
    { doc: 'Settings of the bond.' },
  ),
  row(
    '<what:mstpctl-bpduguard|mstpctl-portadminedge|mstpctl-portbpdufilter|mstpctl-portnetwork|mstpctl-treeprio|bridge-stp> <value:word>',
    { doc: 'Spanning tree; not modelled.' },
  ),
  row('<what:link-autoneg|link-fec|link-duplex> <value:word>', { doc: 'Negotiation with the far end.' }),
  row('<what:ip-forward|ip6-forward|arp-accept> <value:word>', { doc: 'Forwarding and ARP of the interface.' }),
  row('<what:hwaddress|ipv6-addrgen|broadcast|network> <options:words>', {
    doc: 'Further settings of the interface.',
  }),
];

/** Lines of the interfaces file, for the table of the outermost mode. */
export const interfacesFile: readonly Entry[] = [
  onDevice('<when:auto|allow-hotplug> <interfaces:words>', {
    doc: 'Brings the interfaces up at start.',
    effect: 'none',
  }),
  onDevice('source <pattern:words>', { doc: 'Further files of interfaces, which are not in this text.' }),
  modesOf<DeviceDraft>()(
    'iface <name:word> [<family:inet|inet6>] [<method:static|loopback|dhcp|manual|auto|tunnel>]',
    {
      doc: 'An interface of the system.',
      defines: { name: 'interface' },
      enter: (device, { name, method }, at) => {
        const iface = interfaceOf(device, name.value, at.span);
        if (method?.value === 'dhcp') iface.dhcp = { value: true, span: method.span };
        return iface;
      },
    },
    lines,
  ),
  onDevice('frr version', { doc: 'Begins frr.conf.', effect: 'none' }),
];

const isHeading = (text: string | undefined): boolean =>
  text?.startsWith('# This file describes the network interfaces') ?? false;

/**
 * Fills in what follows from the whole of a switch's files: the host's name on the first line, and how the ports of
 * a VLAN-aware bridge carry its VLANs.
 */
export function finishCumulus(device: DeviceDraft, tree: ConfigTree): void {
  const first = tree.statements[0];
  const name = first?.words[0];
  if (first && name && first.words.length === 1 && isHeading(tree.lines[first.span.line + 1])) {
    device.hostname ??= { value: name.text, span: first.span };
    device.notModelled = device.notModelled.filter((line) => line.span !== first.span);
  }
  for (const iface of device.interfaces.values()) if (iface.bridge) carryVlans(iface, iface.bridge, device);
}

/** A port without an access VLAN carries the VLANs that it names, or those of its bridge. */
function carryVlans(iface: Interface, bridge: Located<string>, device: DeviceDraft): void {
  const port = switchport(iface);
  if (port.accessVlan) return;
  const of = device.interfaces.get(bridge.value)?.switchport;
  const span: Span = bridge.span;
  port.mode ??= { value: 'trunk', span };
  const allowed = port.allowedVlans ?? of?.allowedVlans;
  if (allowed) port.allowedVlans = allowed;
  const native = port.nativeVlan ?? of?.nativeVlan;
  if (native) port.nativeVlan = native;
}
