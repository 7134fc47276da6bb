import { maskLength } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Interface } from '../../device/interface.ts';
import type { Span } from '../../span.ts';
import { no, yes } from '../shared/drafts.ts';
import { addAddress } from '../shared/interfaces.ts';

const KINDS: readonly (readonly [RegExp, Interface['kind']])[] = [
  [/^(lo|loop\d+)$/, 'loopback'],
  [/^(vpnt|gre|vti)\d+/, 'tunnel'],
  [/^\S+\.\d+$/, 'subinterface'],
  [/^bond\d+$/, 'aggregate'],
  [/^br\d+$/, 'bridge'],
];

/** `eth1`, `eth1.10` (a VLAN), `bond1`, `loop00`, `br1`, `vpnt1`. */
export function gaiaInterface(device: DeviceDraft, name: string, span: Span): Interface {
  const known = device.interfaces.get(name);
  if (known) return known;
  const kind = KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'physical';
  const made: Interface = { name, span, kind, shutdown: false, addresses: [], accessGroups: [], firstHop: [] };
  if (kind === 'subinterface') {
    const dot = name.lastIndexOf('.');
    made.parent = name.slice(0, dot);
    made.encapsulationVlan = { value: Number(name.slice(dot + 1)), span };
  }
  device.interfaces.set(name, made);
  return made;
}

const row = rowsOf<Interface>();
/** The addresses of the host itself are in no routing table. */
const isOwnHost = (address: string): boolean => address.startsWith('127.') || address === '::1';

function place(port: Interface, address: string, length: number | undefined, span: Span): void {
  if (length === undefined || isOwnHost(address)) return;
  addAddress(port, `${address}/${length}`, { secondary: false, replaces: true, span });
}

const interfaceRows: readonly Entry[] = [
  row('state <state:on|off>', {
    doc: 'Whether the interface is switched on.',
    apply: (port, { state }, at) => {
      port.shutdown = state.value === 'off' ? yes(at.span) : no(at.span);
    },
  }),
  row('ipv4-address <address:ip4> mask-length <length:int>', {
    doc: 'IPv4 address of the interface with the length of its network.',
    apply: (port, { address, length }, at) => place(port, address.value, length.value, at.span),
  }),
  row('ipv4-address <address:ip4> subnet-mask <mask:ip4>', {
    doc: 'IPv4 address of the interface with the mask of its network.',
    apply: (port, { address, mask }, at) => place(port, address.value, maskLength(mask.value), at.span),
  }),
  row('ipv6-address <address:ip6> mask-length <length:int>', {
    doc: 'IPv6 address of the interface with the length of its network.',
    apply: (port, { address, length }, at) => place(port, address.value, length.value, at.span),
  }),
  row('comments <text:rest>', {
    doc: 'A text for people.',
    effect: 'none',
    apply: (port, { text }) => {
      port.description = text;
    },
  }),
  row('mtu <bytes:int>', {
    doc: 'Largest packet, in bytes.',
    apply: (port, { bytes }) => {
      port.ipMtu = bytes;
    },
  }),
  row('ipv6-autoconfig off', { doc: 'Takes no IPv6 address from the network; the default.', effect: 'none' }),
  row('<what:link-speed|auto-negotiation|rx-ringsize|tx-ringsize|monitor-mode|mac-addr> [<rest:rest>]', {
    doc: 'Settings of the link.',
    effect: 'none',
  }),
];

/** Interfaces, their VLANs and the members of bonds. */
export const interfaces: readonly Entry[] = [
  modesOf<DeviceDraft>()(
    'interface <name:word>',
    {
      doc: 'An interface.',
      defines: { name: 'interface' },
      enter: (device, { name }, at) => gaiaInterface(device, name.value, at.span),
    },
    interfaceRows,
  ),
  rowsOf<DeviceDraft>()('add interface <parent:word> vlan <vlan:vlan>', {
    doc: 'Makes a VLAN on the interface; its settings have lines of their own.',
    apply: (device, { parent, vlan }, at) => {
      gaiaInterface(device, `${parent.value}.${vlan.value}`, at.span);
    },
  }),
  rowsOf<DeviceDraft>()('add interface lo loopback [<address:word>]', {
    doc: 'Makes a loopback; its settings have lines of their own.',
    effect: 'none',
  }),
  rowsOf<DeviceDraft>()('add interface <name:word> alias <address:address4>', {
    doc: 'A further address of the interface.',
    apply: (device, { name, address }, at) =>
      addAddress(gaiaInterface(device, name.value, at.span), address.value, {
        secondary: true,
        replaces: false,
        span: at.span,
      }),
  }),
  rowsOf<DeviceDraft>()('add bonding group <group:int>', {
    doc: 'Makes a bond of interfaces.',
    apply: (device, { group }, at) => {
      gaiaInterface(device, `bond${group.value}`, at.span);
    },
  }),
  rowsOf<DeviceDraft>()('add bonding group <group:int> interface <member:word>', {
    doc: 'Makes the interface a member of the bond.',
    apply: (device, { group, member }, at) => {
      gaiaInterface(device, `bond${group.value}`, at.span);
      gaiaInterface(device, member.value, at.span).aggregate = { value: `bond${group.value}`, span: at.span };
    },
  }),
  rowsOf<DeviceDraft>()('bonding group <group:int> [<rest:rest>]', {
    doc: 'How the bond works.',
    effect: 'none',
  }),
  rowsOf<DeviceDraft>()('add bridging group <group:int> interface <member:word>', {
    doc: 'Makes the interface a port of the bridge.',
    apply: (device, { group, member }, at) => {
      const name = `br${group.value}`;
      gaiaInterface(device, name, at.span).bridge = { value: name, span: at.span };
      gaiaInterface(device, member.value, at.span).bridge = { value: name, span: at.span };
    },
  }),
  rowsOf<DeviceDraft>()('add bridging group <group:int>', {
    doc: 'Makes a bridge.',
    apply: (device, { group }, at) => {
      const name = `br${group.value}`;
      gaiaInterface(device, name, at.span).bridge = { value: name, span: at.span };
    },
  }),
];
