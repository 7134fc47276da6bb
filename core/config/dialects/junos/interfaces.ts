import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Interface } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { no, yes } from '../shared/drafts.ts';
import { addTrack } from '../shared/first-hop.ts';
import { setService } from '../shared/hardening.ts';
import { notesOf } from './notes.ts';

/** An interface and the device that it belongs to. */
interface Port {
  readonly device: DeviceDraft;
  readonly port: Interface;
}

const PHYSICAL_KINDS: readonly (readonly [RegExp, Interface['kind']])[] = [
  [/^lo\d/, 'loopback'],
  [/^ae\d/, 'aggregate'],
  [/^(irb|vlan)$/, 'vlan'],
  [/^(fxp|em|me|vme|re0:mgmt)/, 'management'],
  [/^(gr|st|ip|lt|vt)-?\d/, 'tunnel'],
];

const kindOfPhysical = (name: string): Interface['kind'] =>
  PHYSICAL_KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'physical';

/** `ge-0/0/0` is a port; `ge-0/0/0.0` is its logical unit, which carries the addresses. */
export function junosInterface(device: DeviceDraft, name: string, span: Span): Interface {
  const known = device.interfaces.get(name);
  if (known) return known;
  const [physical = name, unit] = name.split('.');
  const own = kindOfPhysical(physical);
  const made: Interface = {
    name,
    span,
    kind: unit === undefined || own === 'loopback' || own === 'vlan' || own === 'management' ? own : 'subinterface',
    shutdown: false,
    addresses: [],
    accessGroups: [],
    firstHop: [],
  };
  if (unit !== undefined && made.kind === 'subinterface') made.parent = physical;
  device.interfaces.set(name, made);
  return made;
}

function addAddress(port: Interface, family: 'ipv4' | 'ipv6', written: Located<string>): void {
  const [address = '', length = ''] = written.value.split('/');
  if (port.addresses.some((known) => known.address === address && known.length === Number(length))) return;
  port.addresses.push({
    address,
    length: Number(length),
    family,
    secondary: false,
    linkLocal: family === 'ipv6' && /^fe[89ab]/i.test(address),
    span: written.span,
  });
}

const row = rowsOf<Port>();
const mode = modesOf<Port>();

const disable = row('disable', {
  doc: 'Shuts the interface down.',
  apply: ({ port }, _, at) => {
    port.shutdown = yes(at.span);
  },
});
const enable = row('enable', {
  doc: 'The interface is up; this is the default.',
  apply: ({ port }) => {
    port.shutdown = false;
  },
});
const description = row('description <text:rest>', {
  doc: 'A text for people.',
  effect: 'none',
  apply: ({ port }, { text }) => {
    port.description = text;
  },
});

const filterRow = (family: 'ipv4' | 'ipv6') => ({
  doc: 'Firewall filter on packets that come in or go out here.',
  refers: { name: 'access-list' } as const,
  apply: (
    { port }: Port,
    { direction, name }: { readonly direction: Located<'input' | 'output'>; readonly name: Located<string> },
  ) => {
    port.accessGroups.push({ list: name, direction: direction.value === 'input' ? 'in' : 'out', family });
  },
});

const familyRows = (family: 'ipv4' | 'ipv6'): Entry[] => [
  mode(
    family === 'ipv4' ? 'address <address:address4>' : 'address <address:address6>',
    {
      doc: 'An address of the interface, with the length of its network.',
      enter: (context, { address }) => {
        addAddress(context.port, family, address);
        return { ...context, address };
      },
    },
    [
      rowsOf<Port & { address: Located<string> }>()(
        '<which:virtual-gateway-address|virtual-gateway-v4-address> <shared:ip>',
        {
          doc: 'An address that all gateways of the VLAN share.',
          apply: ({ port }, { shared }, at) => {
            port.firstHop.push({ protocol: 'varp', group: 0, span: at.span, addresses: [shared] });
          },
        },
      ),
      rowsOf<Port & { address: Located<string> }>()('<which:primary|preferred>', {
        doc: 'The address that the router itself uses first.',
        effect: 'none',
      }),
      modesOf<Port & { address: Located<string> }>()(
        '<protocol:vrrp-group|vrrp-inet6-group> <group:int>',
        {
          doc: 'Virtual Router Redundancy Protocol on this address.',
          enter: ({ port }, { group }, at) => {
            const known = port.firstHop.find((each) => each.group === group.value);
            if (known) return known;
            const made: Interface['firstHop'][number] = {
              protocol: 'vrrp',
              group: group.value,
              span: at.span,
              addresses: [],
            };
            port.firstHop.push(made);
            return made;
          },
        },
        [
          rowsOf<Interface['firstHop'][number]>()('<which:virtual-address|virtual-inet6-address> <address:ip>', {
            doc: 'The address that the group shares.',
            apply: (group, { address }) => {
              group.addresses.push(address);
            },
          }),
          rowsOf<Interface['firstHop'][number]>()('priority <value:int>', {
            doc: 'The router with the highest priority is master.',
            apply: (group, { value }) => {
              group.priority = value;
            },
          }),
          modesOf<Interface['firstHop'][number]>()(
            'track',
            { doc: 'What lowers the priority while it is down.', enter: (group) => group },
            [
              rowsOf<Interface['firstHop'][number]>()('interface <name:word> priority-cost <cost:int>', {
                doc: 'Lowers the priority while the interface is down.',
                refers: { name: 'interface' },
                apply: (group, { name, cost }, at) =>
                  addTrack(group, { kind: 'interface', target: name.value, effect: cost.value, span: at.span }),
              }),
              rowsOf<Interface['firstHop'][number]>()(
                'route <prefix:prefix> routing-instance <instance:word> priority-cost <cost:int>',
                {
                  doc: 'Lowers the priority while the route is not in the table.',
                  apply: (group, { prefix, cost }, at) =>
                    addTrack(group, { kind: 'route', target: prefix.value, effect: cost.value, span: at.span }),
                },
              ),
            ],
          ),
          rowsOf<Interface['firstHop'][number]>()('<what:advertise-interval|fast-interval> <value:int>', {
            doc: 'How often the master reports.',
            effect: 'none',
          }),
          rowsOf<Interface['firstHop'][number]>()('no-preempt', {
            doc: 'A router with a higher priority does not take over.',
            apply: (group, _, at) => {
              group.preempt = no(at.span);
            },
          }),
          rowsOf<Interface['firstHop'][number]>()('accept-data', {
            doc: 'Answers on the shared address.',
            effect: 'none',
          }),
          rowsOf<Interface['firstHop'][number]>()('preempt', {
            doc: 'A router with a higher priority takes over.',
            apply: (group, _, at) => {
              group.preempt = yes(at.span);
            },
          }),
        ],
      ),
    ],
  ),
  row('dhcp [<options:rest>]', {
    doc: 'Takes the address from a DHCP server.',
    apply: ({ port }, _, at) => {
      port.dhcp = yes(at.span);
    },
  }),
  row('unnumbered-address <interface:word>', {
    doc: 'Borrows the address of another interface.',
    refers: { interface: 'interface' },
    apply: ({ port }, { interface: from }) => {
      port.unnumbered = from;
    },
  }),
  row('mtu <bytes:int>', {
    doc: 'Largest packet of this family, in bytes.',
    apply: ({ port }, { bytes }) => {
      port.ipMtu = bytes;
    },
  }),
  row('filter <direction:input|output> <name:word>', filterRow(family)),
  mode('filter', { doc: 'Firewall filters of the interface.', enter: (context) => context }, [
    row('<direction:input|output> <name:word>', filterRow(family)),
  ]),
  row('rpf-check', {
    doc: 'Drops packets whose source is not reached by this interface.',
    apply: ({ port }, _, at) => {
      port.unicastReversePath = { value: 'strict', span: at.span };
    },
  }),
  row('rpf-check mode loose', {
    doc: 'Drops packets whose source has no route.',
    apply: ({ port }, _, at) => {
      port.unicastReversePath = { value: 'loose', span: at.span };
    },
  }),
  row('no-redirects', {
    doc: 'Sends no ICMP redirects.',
    effect: 'none',
    apply: ({ port }, _, at) => setService(port, 'redirects', no(at.span)),
  }),
  row('targeted-broadcast [<rest:rest>]', {
    doc: 'Forwards broadcasts to the subnet.',
    effect: 'none',
    apply: ({ port }, _, at) => setService(port, 'directed-broadcast', yes(at.span)),
  }),
  row('<what:no-neighbor-learn|primary|sampling> [<rest:rest>]', {
    doc: 'Does not change routes.',
    effect: 'none',
  }),
];

const unitRows: readonly Entry[] = [
  description,
  disable,
  enable,
  mode(
    'family inet',
    {
      doc: 'IPv4 on the interface.',
      enter: (context) => context,
    },
    familyRows('ipv4'),
  ),
  mode(
    'family inet6',
    {
      doc: 'IPv6 on the interface.',
      enter: (context, _, at) => {
        context.port.ipv6Enabled = yes(at.span);
        return context;
      },
    },
    familyRows('ipv6'),
  ),
  mode('family ethernet-switching', { doc: 'Switches frames at layer 2.', enter: (context) => context }, [
    row('interface-mode <mode:access|trunk>', {
      doc: 'Whether the port carries one VLAN or several.',
      apply: ({ port }, { mode: how }) => {
        port.switchport = { ...port.switchport, mode: how };
      },
    }),
    row('vlan members <names:words>', {
      doc: 'VLANs of the port, by name or number.',
      refers: { names: 'vlan' },
      apply: ({ port }, { names }) => {
        const ids = names.value.flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
        port.switchport = {
          ...port.switchport,
          accessVlan: ids[0] === undefined ? undefined : { value: ids[0], span: names.span },
        };
      },
    }),
    row('storm-control <profile:word>', { doc: 'Limits broadcast traffic.', effect: 'none' }),
  ]),
  row('family <family:iso|mpls>', { doc: 'Another protocol on the interface.', effect: 'none' }),
  row('family iso address <net:word>', {
    doc: 'Network entity title of the router, for IS-IS.',
    apply: ({ device }, { net }) => {
      notesOf(device).isoAddress = net;
    },
  }),
  row('proxy-arp [<kind:restricted|unrestricted>]', {
    doc: 'Answers ARP requests for addresses that are reached through this router.',
    effect: 'none',
    apply: ({ port }, _, at) => {
      port.proxyArp = yes(at.span);
    },
  }),
  row('vlan-id <vlan:vlan>', {
    doc: 'IEEE 802.1Q tag of the unit.',
    apply: ({ port }, { vlan }) => {
      port.encapsulationVlan = vlan;
    },
  }),
  row('bandwidth <value:word>', {
    doc: 'Bandwidth for metrics.',
    apply: ({ port }, { value }) => {
      const bps = parseBandwidth(value.value);
      if (bps !== undefined) port.bandwidthKbps = { value: Math.round(bps / 1000), span: value.span };
    },
  }),
  row('tunnel <end:source|destination> <address:ip>', {
    doc: 'End of the tunnel.',
    apply: ({ port }, { end, address }) => {
      port.tunnel = { ...port.tunnel, [end.value]: address };
    },
  }),
];

/** `10g`, `100m`, `1000000` as bits per second. */
export function parseBandwidth(text: string): number | undefined {
  const parts = /^(\d+)([kmg]?)$/i.exec(text);
  const factor = { '': 1, k: 1e3, m: 1e6, g: 1e9 }[parts?.[2]?.toLowerCase() ?? ''];
  return parts && factor !== undefined ? Number(parts[1]) * factor : undefined;
}

const unit = (context: Port, number: number, span: Span): Port => ({
  device: context.device,
  port: junosInterface(context.device, `${context.port.name}.${number}`, span),
});

const portRows: readonly Entry[] = [
  description,
  disable,
  enable,
  row('mtu <bytes:int>', {
    doc: 'Largest frame, in bytes.',
    apply: ({ port }, { bytes }) => {
      port.mtu = bytes;
    },
  }),
  row('no-gratuitous-arp-request', {
    doc: 'Sends no ARP messages that nobody asked for.',
    effect: 'none',
    apply: ({ port }, _, at) => setService(port, 'gratuitous-arp', no(at.span)),
  }),
  row('speed <value:word>', {
    doc: 'Speed of the link.',
    apply: ({ port }, { value }) => {
      const bps = parseBandwidth(value.value);
      if (bps !== undefined) port.speedMbps = { value: bps / 1e6, span: value.span };
    },
  }),
  row('<kind:gigether-options|ether-options> 802.3ad <bundle:word>', {
    doc: 'Makes the port a member of an aggregate.',
    refers: { bundle: 'interface' },
    apply: ({ port }, { bundle }) => {
      port.aggregate = bundle;
    },
  }),
  row(
    '<what:vlan-tagging|flexible-vlan-tagging|aggregated-ether-options|gigether-options|ether-options|encapsulation|hold-time|native-vlan-id|traps> [<rest:rest>]',
    {
      doc: 'Settings of the link layer.',
      effect: 'none',
    },
  ),
  mode(
    'unit <number:int>',
    { doc: 'A logical interface.', enter: (context, { number }, at) => unit(context, number.value, at.span) },
    unitRows,
  ),
];

/** `interfaces { ... }`. */
export const interfaces: Entry = modesOf<DeviceDraft>()(
  'interfaces',
  { doc: 'Interfaces of the router.', enter: (device) => device },
  [
    modesOf<DeviceDraft>()(
      '<name:word>',
      {
        doc: 'A physical interface.',
        defines: { name: 'interface' },
        enter: (device, { name }, at) => ({ device, port: junosInterface(device, name.value, at.span) }),
      },
      portRows,
    ),
  ],
);
