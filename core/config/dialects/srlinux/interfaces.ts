import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Interface, InterfaceAddress } from '../../device/interface.ts';
import type { Span } from '../../span.ts';
import { yes } from '../shared/drafts.ts';
import { adminState, complain, flag } from './common.ts';
import { type FamilyName, type FamilyNote, type Mutable, notesOf } from './notes.ts';

/** The interface that a subinterface is told to speak from where its tunnels begin. */
export const SYSTEM = 'system0.0';

const kindOfPort = (name: string): Interface['kind'] => {
  if (/^(lo\d|system0)/.test(name)) return 'loopback';
  if (/^lag\d/.test(name)) return 'aggregate';
  if (/^mgmt0/.test(name)) return 'management';
  return /^ethernet-/.test(name) ? 'physical' : 'other';
};

function kindOfSubinterface(port: string): Interface['kind'] {
  if (/^irb\d/.test(port)) return 'vlan';
  const kind = kindOfPort(port);
  return kind === 'loopback' || kind === 'management' ? kind : 'subinterface';
}

export const make = (name: string, kind: Interface['kind'], span: Span): Interface => ({
  name,
  span,
  kind,
  shutdown: false,
  addresses: [],
  accessGroups: [],
  firstHop: [],
});

export function portOf(device: DeviceDraft, name: string, span: Span): Interface {
  const known = device.interfaces.get(name);
  if (known) return known;
  const made = make(name, kindOfPort(name), span);
  device.interfaces.set(name, made);
  return made;
}

/** `ethernet-1/1.0`, made when a line names it. */
export function subinterfaceOf(device: DeviceDraft, name: string, span: Span): Interface {
  const known = device.interfaces.get(name);
  if (known) return known;
  const port = name.slice(0, name.lastIndexOf('.'));
  const made = make(name, kindOfSubinterface(port), span);
  if (made.kind === 'subinterface') made.parent = port;
  device.interfaces.set(name, made);
  return made;
}

interface Port {
  readonly device: DeviceDraft;
  readonly port: Interface;
}

interface Sub extends Port {
  readonly parent: string;
}

interface Family extends Sub {
  readonly family: FamilyName;
  readonly note: FamilyNote;
}

interface Address extends Family {
  readonly address: Mutable<InterfaceAddress>;
}

const familyOf = (context: Sub, family: FamilyName): Family => {
  const { families } = notesOf(context.device);
  let notes = families.get(context.port.name);
  if (!notes) {
    notes = { ipv4: { addresses: [] }, ipv6: { addresses: [] } };
    families.set(context.port.name, notes);
  }
  return { ...context, family, note: notes[family] };
};

function addressOf(context: Family, text: string, span: Span): Address {
  const slash = text.lastIndexOf('/');
  const value = text.slice(0, slash);
  const known = context.note.addresses.find((one) => one.address === value);
  const address: Mutable<InterfaceAddress> = known ?? {
    address: value,
    length: Number(text.slice(slash + 1)),
    family: context.family,
    secondary: context.note.addresses.length > 0,
    linkLocal: /^fe[89ab]/i.test(value),
    span,
  };
  if (!known) context.note.addresses.push(address);
  return { ...context, address };
}

const portRow = rowsOf<Port>();
const portMode = modesOf<Port>();
const subRow = rowsOf<Sub>();
const subMode = modesOf<Sub>();
const familyRow = rowsOf<Family>();
const familyMode = modesOf<Family>();

const description = (of: string): Entry =>
  portRow('description <text:rest>', {
    doc: `A text for people about the ${of}.`,
    effect: 'none',
    apply: ({ port }, { text }) => {
      port.description = text;
    },
  });

const addressRows: readonly Entry[] = [
  rowsOf<Address>()('primary', {
    doc: 'The address that sessions and unnumbered interfaces take.',
    apply: ({ address, note }) => {
      for (const one of note.addresses) one.secondary = one !== address;
    },
  }),
  rowsOf<Address>()('type <type:word>', {
    doc: 'Link-local or global unicast.',
    apply: ({ address }, { type }) => {
      address.linkLocal = type.value.startsWith('link-local');
    },
  }),
  rowsOf<Address>()('anycast-gw <state:true|false>', {
    doc: 'Other leaves have the same address with the same MAC address.',
    effect: 'none',
  }),
];

const familyRows = (family: FamilyName): readonly Entry[] => [
  adminState<Family>('Whether IP of this family is in use; it is not until it is enabled.', ({ note }, disabled) => {
    note.enabled = { value: !disabled.value, span: disabled.span };
  }),
  family === 'ipv4'
    ? modesOf<Family>()(
        'address <address:address4>',
        { doc: 'Address and length.', enter: (context, { address }, at) => addressOf(context, address.value, at.span) },
        addressRows,
      )
    : modesOf<Family>()(
        'address <address:address6>',
        { doc: 'Address and length.', enter: (context, { address }, at) => addressOf(context, address.value, at.span) },
        addressRows,
      ),
  familyMode('unnumbered', { doc: 'The interface borrows an address.', enter: (context) => context }, [
    adminState<Family>('Whether an address is borrowed.', ({ device }, disabled) =>
      complain(device, 'unnumbered / admin-state', disabled.span),
    ),
    familyRow('interface <name:word>', {
      doc: 'The interface whose address is borrowed.',
      refers: { name: 'interface' },
      apply: ({ port }, { name }) => {
        port.unnumbered = name;
      },
    }),
  ]),
  familyMode('dhcp-client', { doc: 'The address comes by DHCP.', enter: dhcpClient }, [
    familyRow('<what:word> [<rest:rest>]', { doc: 'How the DHCP client asks and logs.', effect: 'none' }),
  ]),
  familyMode('router-advertisement', { doc: 'IPv6 router advertisements.', enter: (context) => context }, [
    familyMode('router-role', { doc: 'Router advertisements that are sent.', enter: (context) => context }, [
      familyRow('admin-state <state:enable|disable>', {
        doc: 'Whether router advertisements are sent.',
        apply: ({ port }, { state }, at) => {
          port.routerAdvertisements = { value: state.value === 'enable', span: at.span };
        },
      }),
      familyRow('<what:word> [<rest:rest>]', { doc: 'Contents and timing of the advertisements.', effect: 'none' }),
    ]),
  ]),
  familyRow('allow-directed-broadcast <state:true|false>', { doc: 'Forwards directed broadcasts.' }),
  familyMode(
    '<what:arp|neighbor-discovery>',
    { doc: 'How neighbours on the link are found.', enter: (context) => context },
    [
      familyRow('<what:timeout|learn-unsolicited|proxy-arp|debug|evpn|stale-time|reachable-time> [<rest:rest>]', {
        doc: 'Does not change what the protocols compute, but for host routes of learned neighbours.',
        effect: 'none',
      }),
      familyMode('host-route', { doc: 'Host routes of learned neighbours.', enter: (context) => context }, [
        familyRow('populate <kind:word> [<rest:rest>]', { doc: 'Neighbours that become host routes.' }),
      ]),
      familyRow('duplicate-address-detection <state:true|false>', { doc: 'Detects double addresses.', effect: 'none' }),
      familyRow('neighbor <address:ip> [<rest:rest>]', { doc: 'A neighbour’s MAC address, fixed.' }),
    ],
  ),
  familyRow('<what:dhcp-relay|dhcp-server|vrrp|unicast-reverse-path> [<rest:rest>]', {
    doc: 'Known, and not simulated.',
  }),
];

/** An interface with a DHCP client has an address, which the configuration does not say. */
function dhcpClient(context: Family, _: unknown, at: { readonly span: Span }): Family {
  context.port.dhcp = yes(at.span);
  return context;
}

const vlanRows: readonly Entry[] = [
  subMode('encap', { doc: 'Tag of the frames.', enter: (context) => context }, [
    subMode('untagged', { doc: 'Frames without a tag.', enter: (context) => context }, []),
    subMode('single-tagged', { doc: 'Frames with one tag.', enter: (context) => context }, [
      subRow('vlan-id <id:vlan>', {
        doc: 'The tag.',
        apply: ({ port }, { id }) => {
          port.encapsulationVlan = id;
        },
      }),
      subRow('vlan-id <range:word>', { doc: 'Frames with any tag, or none.' }),
    ]),
    subRow('<what:double-tagged|single-tagged-range> [<rest:rest>]', { doc: 'Frames with several tags.' }),
  ]),
  subRow('vlan-discovery <rest:rest>', { doc: 'Learns the tag of the neighbour.' }),
];

const bind = (direction: 'in' | 'out', family: FamilyName): Entry =>
  subRow(`${family}-filter <names:words>`, {
    doc: 'Packet filters of the subinterface.',
    refers: { names: family === 'ipv4' ? 'access-list' : 'ipv6-access-list' },
    apply: ({ port }, { names }) => {
      for (const value of names.value) port.accessGroups.push({ list: { value, span: names.span }, direction, family });
    },
  });

const subinterfaceRows: readonly Entry[] = [
  adminState<Sub>('Whether the subinterface is in use.', ({ port }, disabled) => {
    port.shutdown = disabled;
  }),
  description('subinterface'),
  subRow('type <type:routed|bridged|local-mirror-dest>', {
    doc: 'Whether it routes, or is a port of a MAC-VRF.',
    apply: ({ device, port }, { type }, at) => {
      // A bridged one is a port of the MAC-VRF that names it.
      if (type.value === 'local-mirror-dest')
        complain(device, `subinterface ${port.name} / type ${type.value}`, at.span);
    },
  }),
  subRow('ip-mtu <bytes:int>', {
    doc: 'Largest IP packet, in bytes.',
    apply: ({ port }, { bytes }) => {
      port.ipMtu = bytes;
    },
  }),
  subRow('l2-mtu <bytes:int>', {
    doc: 'Largest frame, in bytes.',
    apply: ({ port }, { bytes }) => {
      port.mtu = bytes;
    },
  }),
  subMode(
    'ipv4',
    { doc: 'IPv4 on the subinterface.', enter: (context) => familyOf(context, 'ipv4') },
    familyRows('ipv4'),
  ),
  subMode(
    'ipv6',
    { doc: 'IPv6 on the subinterface.', enter: (context) => familyOf(context, 'ipv6') },
    familyRows('ipv6'),
  ),
  subMode('vlan', { doc: 'VLAN of the subinterface.', enter: (context) => context }, vlanRows),
  subMode('acl', { doc: 'Packet filters (before release 24.3).', enter: (context) => context }, [
    subMode('input', { doc: 'Packets that come in.', enter: (context) => context }, [
      bind('in', 'ipv4'),
      bind('in', 'ipv6'),
    ]),
    subMode('output', { doc: 'Packets that go out.', enter: (context) => context }, [
      bind('out', 'ipv4'),
      bind('out', 'ipv6'),
    ]),
  ]),
  subMode('anycast-gw', { doc: 'A gateway address that several leaves share.', enter: (context) => context }, [
    subRow('<what:virtual-router-id|anycast-gw-mac|anycast-gw-mac-origin> <value:word>', {
      doc: 'MAC address of the shared gateway.',
      effect: 'none',
    }),
  ]),
  subMode('bridge-table', { doc: 'MAC learning.', enter: (context) => context }, [
    subRow('discard-unknown-src-mac <state:true|false>', { doc: 'Drops frames of unknown stations.' }),
    subRow('<what:mac-limit|mac-learning|mac-duplication> [<rest:rest>]', { doc: 'Limits of MAC learning.' }),
  ]),
  subRow('<what:qos|sflow|statistics> [<rest:rest>]', { doc: 'Marks, samples or counts packets.', effect: 'none' }),
  subRow('<what:mpls|urpf|local-mirror-destination|ra-guard|eth-cfm> [<rest:rest>]', {
    doc: 'Known, and not simulated.',
  }),
];

const SPEEDS: Readonly<Record<string, number>> = { M: 1, G: 1000, T: 1_000_000 };

const ethernetRows: readonly Entry[] = [
  portRow('aggregate-id <name:word>', {
    doc: 'Aggregate that the port is a member of.',
    refers: { name: 'interface' },
    apply: ({ port }, { name }) => {
      port.aggregate = name;
    },
  }),
  portRow('port-speed <speed:word>', {
    doc: 'Speed of the port.',
    apply: ({ device, port }, { speed }, at) => {
      const found = /^(\d+)([MGT])$/.exec(speed.value);
      if (!found) complain(device, `interface ${port.name} / port-speed ${speed.value}`, at.span);
      else port.speedMbps = { value: Number(found[1]) * (SPEEDS[found[2] as string] as number), span: speed.span };
    },
  }),
  portRow(
    '<what:forward-error-correction|auto-negotiate|duplex-mode|standby-signaling|synce|ptp-timestamping> [<rest:rest>]',
    {
      doc: 'Both ends of the link must agree on it.',
    },
  ),
  portRow(
    '<what:lacp-port-priority|flow-control|storm-control|hold-time|exponential-port-dampening|reload-delay|l2cp-transparency|mac-address> [<rest:rest>]',
    {
      doc: 'Known, and not simulated.',
    },
  ),
];

/** `interface ethernet-1/1 { ... }`, also lag, lo, irb, system0 and mgmt0. */
export const interfaces: Entry = modesOf<DeviceDraft>()(
  'interface <name:word>',
  {
    doc: 'A port, an aggregate, a loopback, or the router’s end of a bridge (irb).',
    defines: { name: 'interface' },
    enter: (device, { name }, at): Port => ({ device, port: portOf(device, name.value, at.span) }),
  },
  [
    adminState<Port>('Whether the interface is in use.', ({ port }, disabled) => {
      port.shutdown = disabled;
    }),
    description('interface'),
    portRow('mtu <bytes:int>', {
      doc: 'Largest frame, in bytes.',
      apply: ({ port }, { bytes }) => {
        port.mtu = bytes;
      },
    }),
    flag<Port>('vlan-tagging', 'Subinterfaces are told apart by their tags.', ({ device, port }, { value }) => {
      if (value) notesOf(device).tagged.add(port.name);
      else notesOf(device).tagged.delete(port.name);
    }),
    portMode('ethernet', { doc: 'The Ethernet port.', enter: (context) => context }, ethernetRows),
    portMode('lag', { doc: 'The aggregate.', enter: (context) => context }, [
      portRow('min-links <count:int>', { doc: 'Members without which the aggregate is down.' }),
      portRow('lag-type <type:static|lacp>', {
        doc: 'Whether both ends agree by LACP.',
        apply: () => undefined,
      }),
      portMode('lacp', { doc: 'Link Aggregation Control Protocol.', enter: (context) => context }, [
        portRow('<what:interval|lacp-mode|admin-key|system-id-mac|system-priority> <value:word>', {
          doc: 'How the two ends agree on the aggregate.',
        }),
      ]),
      portRow('<what:member-speed|lacp-fallback-mode|lacp-fallback-timeout> <value:word>', {
        doc: 'How members are chosen.',
      }),
    ]),
    modesOf<Port>()(
      'subinterface <index:int>',
      {
        doc: 'A subinterface: where addresses and tags are.',
        enter: ({ device, port }, { index }, at): Sub => {
          const name = `${port.name}.${index.value}`;
          device.definitions.push({ kind: 'interface', name, span: index.span });
          return { device, parent: port.name, port: subinterfaceOf(device, name, at.span) };
        },
      },
      subinterfaceRows,
    ),
    portRow('<what:qos|sflow|transceiver|tpid|linecard> [<rest:rest>]', {
      doc: 'Marks or samples packets, or describes the optics.',
      effect: 'none',
    }),
    portRow('<what:loopback-mode|breakout-mode> [<rest:rest>]', { doc: 'Known, and not simulated.' }),
  ],
);

/** Puts addresses where their family is enabled, and takes down what has no switched-on interface below it. */
export function finishInterfaces(device: DeviceDraft): void {
  for (const [name, notes] of notesOf(device).families) {
    const port = device.interfaces.get(name);
    if (!port) continue;
    for (const family of ['ipv4', 'ipv6'] as const) {
      const { enabled, addresses } = notes[family];
      if (enabled?.value) port.addresses.push(...addresses);
      if (family === 'ipv6' && enabled?.value) port.ipv6Enabled = enabled;
    }
    if (notes.ipv4.enabled?.value !== true && port.unnumbered) delete port.unnumbered;
  }
  for (const port of device.interfaces.values()) {
    const dot = port.name.lastIndexOf('.');
    const below = port.kind === 'subinterface' || dot < 0 ? undefined : device.interfaces.get(port.name.slice(0, dot));
    const off = below && (typeof below.shutdown === 'boolean' ? below.shutdown : below.shutdown.value);
    if (below && off) port.shutdown = below.shutdown;
    if (port.kind === 'aggregate' || below || !port.parent) continue;
    const parent = device.interfaces.get(port.parent);
    if (port.encapsulationVlan && !notesOf(device).tagged.has(port.parent))
      complain(
        device,
        `interface ${port.parent} has no vlan-tagging: the tag of ${port.name}`,
        port.encapsulationVlan.span,
      );
    if (parent?.speedMbps && !port.speedMbps) port.speedMbps = parent.speedMbps;
  }
}
