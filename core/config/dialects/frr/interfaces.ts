import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Interface } from '../../device/interface.ts';
import { addOnce, interfaceOf, no, removeName, yes } from '../shared/drafts.ts';
import { groupOn, vrrpRows } from '../shared/first-hop.ts';
import { addAddress, interfaceRows, moveToVrf, removeAddress } from '../shared/interfaces.ts';

const row = rowsOf<Interface>();

const lines: readonly Entry[] = [
  row('bandwidth <mbps:int>', {
    doc: 'Bandwidth in Mbit/s as the routing protocols see it.',
    apply: (iface, { mbps }) => {
      iface.bandwidthKbps = { value: mbps.value * 1000, span: mbps.span };
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
  row('ip address <own:ip4> peer <peer:address4>', {
    doc: 'Address of a point-to-point interface, and that of its far end.',
    apply: (iface, { own, peer }) => {
      const length = peer.value.split('/')[1];
      addAddress(iface, `${own.value}/${length}`, { secondary: false, replaces: false, span: own.span });
    },
    undo: (iface, { own }) => removeAddress(iface, 'ipv4', own?.value),
  }),
  row('ip address <address:address4> label <label:word>', {
    doc: 'IPv4 address of the interface, with a label.',
    apply: (iface, { address }) =>
      addAddress(iface, address.value, { secondary: false, replaces: false, span: address.span }),
    undo: (iface, { address }) => removeAddress(iface, 'ipv4', address?.value),
  }),
  row('vrf <vrf:word>', {
    doc: 'VRF of the interface.',
    refers: { vrf: 'vrf' },
    apply: (iface, { vrf }, at) => moveToVrf(iface, vrf, at.device),
    undo: (iface, _, at) => moveToVrf(iface, undefined, at.device),
  }),
  row('link-detect', { doc: 'Follows the state of the link; it is the default.', apply: () => undefined }),
  row('multicast', { doc: 'Multicast flag of the interface.', effect: 'none' }),
  row('ipv6 nd suppress-ra', {
    doc: 'Sends no IPv6 router advertisements; a BGP neighbour without an address switches them on again.',
    apply: (iface, _, at) => {
      iface.routerAdvertisements = no(at.span);
    },
    undo: (iface, _, at) => {
      iface.routerAdvertisements = yes(at.span);
    },
  }),
  row('ipv6 nd <what:words>', { doc: 'IPv6 neighbour discovery and router advertisements.' }),
  row('ip <protocol:pim|igmp|mroute> [<what:words>]', { doc: 'Multicast; not modelled.' }),
  row('evpn mh <what:words>', { doc: 'EVPN multihoming.' }),
  row('mpls <what:words>', { doc: 'MPLS on the interface.' }),
  row('vrrp <group:int> ipv6 <address:ip6>', {
    doc: 'Virtual IPv6 address of the group.',
    apply: (iface, { group, address }, at) => addOnce(groupOn(iface, 'vrrp', group.value, at.span).addresses, address),
    undo: (iface, { group, address }, at) => {
      if (group) removeName(groupOn(iface, 'vrrp', group.value, at.span).addresses, address?.value);
    },
  }),
  row('vrrp <group:int> version <version:2|3>', { doc: 'VRRP version; members must agree.' }),
  row('vrrp <group:int> advertisement-interval <milliseconds:int>', { doc: 'How often the active member reports.' }),
];

/** `interface` of FRR. `more`: what the routing protocols add. */
export const frrInterfaces = (more: readonly Entry[]): Entry =>
  modesOf<DeviceDraft>()(
    'interface <name:word> [vrf <vrf:word>]',
    {
      doc: 'An interface of the system.',
      defines: { name: 'interface' },
      refers: { vrf: 'vrf' },
      enter: (device, { name, vrf }, at) => {
        const iface = interfaceOf(device, name.value, at.span);
        if (vrf) moveToVrf(iface, vrf, device);
        return iface;
      },
      undo: (device, { name }) => {
        if (name) device.interfaces.delete(name.value);
      },
    },
    [...interfaceRows, ...vrrpRows('ip', 'priority'), ...lines, ...more],
  );

/**
 * `eth0.10` is the VLAN 10 of eth0 by the naming of Linux, where nothing else says so. An interface with the name of its
 * VRF is the VRF's own device, which FRR takes for a loopback (lib/if.c if_is_loopback).
 */
export function finishFrrInterfaces(device: DeviceDraft): void {
  for (const iface of device.interfaces.values()) {
    if (iface.vrf?.value === iface.name) iface.kind = 'loopback';
    const tag = iface.kind === 'subinterface' ? Number(/\.(\d+)$/.exec(iface.name)?.[1]) : undefined;
    if (tag !== undefined && tag >= 1 && tag <= 4094) iface.encapsulationVlan ??= { value: tag, span: iface.span };
  }
}
