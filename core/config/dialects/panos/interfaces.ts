import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Interface } from '../../device/interface.ts';
import type { Span } from '../../span.ts';
import { no, yes } from '../shared/drafts.ts';
import { addAddress } from '../shared/interfaces.ts';

/** An interface and the device that it belongs to. */
export interface Port {
  readonly device: DeviceDraft;
  readonly port: Interface;
}

const KINDS: readonly (readonly [RegExp, Interface['kind']])[] = [
  [/^loopback(\.\d+)?$/, 'loopback'],
  [/^tunnel(\.\d+)?$/, 'tunnel'],
  [/^vlan(\.\d+)?$/, 'vlan'],
  [/^\S+\.\d+$/, 'subinterface'],
  [/^ae\d+$/, 'aggregate'],
];

/** `ethernet1/1`, its unit `ethernet1/1.10`, `ae1`, `loopback.1`, `vlan.10`, `tunnel.1`. */
export function panosInterface(device: DeviceDraft, name: string, span: Span): Interface {
  const known = device.interfaces.get(name);
  if (known) return known;
  const kind = KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'physical';
  const made: Interface = { name, span, kind, shutdown: false, addresses: [], accessGroups: [], firstHop: [] };
  if (kind === 'subinterface') made.parent = name.slice(0, name.lastIndexOf('.'));
  device.interfaces.set(name, made);
  return made;
}

const row = rowsOf<Port>();
const mode = modesOf<Port>();

const addIpv4 = ({ port }: Port, address: string, span: Span): void =>
  addAddress(port, address, {
    secondary: port.addresses.some(({ family }) => family === 'ipv4'),
    replaces: false,
    span,
  });

const addressRows: readonly Entry[] = [
  row('<address:address4>', {
    doc: 'IPv4 address of the interface with the length of its network.',
    apply: (context, { address }, at) => addIpv4(context, address.value, at.span),
  }),
  row('<address:ip4>', {
    doc: 'IPv4 address of the interface, as a host.',
    apply: (context, { address }, at) => addIpv4(context, `${address.value}/32`, at.span),
  }),
];

const enableRow = row('enable-on-interface <state:yes|no>', {
  doc: 'Whether the IPv6 address is in use; it is by default.',
  apply: ({ port }, { state }) => {
    if (state.value === 'no') port.addresses = port.addresses.filter(({ family }) => family !== 'ipv6');
  },
});

/** Lines of layer 3, of a port or of a unit. */
const layer3Rows: readonly Entry[] = [
  mode('ip', { doc: 'IPv4 addresses of the interface.', enter: (context) => context }, addressRows),
  mode('ipv6', { doc: 'IPv6 on the interface.', enter: (context) => context }, [
    row('enabled <state:yes|no>', {
      doc: 'Whether IPv6 is on.',
      apply: ({ port }, { state }, at) => {
        port.ipv6Enabled = state.value === 'yes' ? yes(at.span) : no(at.span);
      },
    }),
    mode(
      'address <address:address6>',
      {
        doc: 'IPv6 address of the interface.',
        enter: (context, { address }, at) => {
          addAddress(context.port, address.value, { secondary: false, replaces: false, span: at.span });
          return context;
        },
      },
      [enableRow],
    ),
    row('<what:neighbor-discovery|interface-id|dns-server|advertise> [<rest:rest>]', {
      doc: 'Router advertisements and neighbour discovery.',
      effect: 'none',
    }),
  ]),
  row('dhcp-client [<options:rest>]', {
    doc: 'Takes the address from a DHCP server.',
    apply: ({ port }, _, at) => {
      port.dhcp = yes(at.span);
    },
  }),
  row('mtu <bytes:int>', {
    doc: 'Largest packet, in bytes.',
    apply: ({ port }, { bytes }) => {
      port.ipMtu = bytes;
    },
  }),
  row('tag <vlan:vlan>', {
    doc: 'IEEE 802.1Q tag of the unit.',
    apply: ({ port }, { vlan }) => {
      port.encapsulationVlan = vlan;
    },
  }),
  row(
    '<what:interface-management-profile|comment|lldp|ndp-proxy|adjust-tcp-mss|netflow-profile|untagged-sub-interface|ddns-config|df-ignore|link-tag|traffic-interface|bonjour> [<rest:rest>]',
    { doc: 'Does not change routes.', effect: 'none' },
  ),
];

const commentRow = row('comment <text:rest>', {
  doc: 'A text for people.',
  effect: 'none',
  apply: ({ port }, { text }) => {
    port.description = text;
  },
});

const units: Entry = mode('units', { doc: 'Sub-interfaces.', enter: (context) => context }, [
  mode(
    '<name:word>',
    {
      doc: 'A sub-interface.',
      defines: { name: 'interface' },
      enter: ({ device }, { name }, at) => ({ device, port: panosInterface(device, name.value, at.span) }),
    },
    [commentRow, ...layer3Rows],
  ),
]);

const portRows: readonly Entry[] = [
  commentRow,
  mode('layer3', { doc: 'The port routes.', enter: (context) => context }, [...layer3Rows, units]),
  row('link-state <state:up|down|auto>', {
    doc: 'Whether the port is switched on.',
    apply: ({ port }, { state }, at) => {
      port.shutdown = state.value === 'down' ? yes(at.span) : no(at.span);
    },
  }),
  row('aggregate-group <group:word>', {
    doc: 'Makes the port a member of an aggregate.',
    refers: { group: 'interface' },
    apply: ({ port }, { group }) => {
      port.aggregate = group;
    },
  }),
  row('<what:link-speed|link-duplex|lacp|lldp|poe> [<rest:rest>]', { doc: 'Settings of the link.', effect: 'none' }),
];

const named = (pattern: 'ethernet' | 'aggregate-ethernet', doc: string): Entry =>
  modesOf<DeviceDraft>()(pattern, { doc, enter: (device) => device }, [
    modesOf<DeviceDraft>()(
      '<name:word>',
      {
        doc: 'A port.',
        defines: { name: 'interface' },
        enter: (device, { name }, at) => ({ device, port: panosInterface(device, name.value, at.span) }),
      },
      portRows,
    ),
  ]);

/** Loopbacks, tunnels and VLAN interfaces: `loopback units loopback.1 ip ...`, `loopback ip ...`. */
const virtual = (pattern: 'loopback' | 'tunnel' | 'vlan', doc: string): Entry =>
  modesOf<DeviceDraft>()(
    pattern,
    { doc, enter: (device, _, at) => ({ device, port: virtualPort(device, pattern, at.span) }) },
    [commentRow, ...layer3Rows, units],
  );

/** The interface without a number is there only where a line gives it an address: see `dropEmpty`. */
const virtualPort = (device: DeviceDraft, name: string, span: Span): Interface => panosInterface(device, name, span);

/** The nameless loopback, tunnel and VLAN interface are no interfaces while nothing is said of them. */
export function dropEmpty(device: DeviceDraft): void {
  for (const name of ['loopback', 'tunnel', 'vlan'])
    if (device.interfaces.get(name)?.addresses.length === 0) device.interfaces.delete(name);
}

/** `network interface ...`. */
export const interfaces: Entry = modesOf<DeviceDraft>()(
  'interface',
  { doc: 'Interfaces of the firewall.', enter: (device) => device },
  [
    named('ethernet', 'Ethernet ports.'),
    named('aggregate-ethernet', 'Aggregates of ports.'),
    virtual('loopback', 'Loopbacks.'),
    virtual('tunnel', 'Tunnels.'),
    virtual('vlan', 'Interfaces of VLANs.'),
  ],
);
