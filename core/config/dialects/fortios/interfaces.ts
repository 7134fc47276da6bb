import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { FirstHopGroup, Interface } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, GLOBAL, no, vrfOf, yes } from '../shared/drafts.ts';
import { groupOn } from '../shared/first-hop.ts';
import { addAddress } from '../shared/interfaces.ts';
import { type Domain, domainOf, entries, tableOf } from './context.ts';

export interface Port {
  readonly device: DeviceDraft;
  readonly port: Interface;
  domain: string;
  vrf?: Located<number>;
  secondary?: boolean;
  mtuOverride?: boolean;
  mtu?: Located<number>;
}

const ports = new WeakMap<DeviceDraft, Map<string, Port>>();

export function fortiInterface(device: DeviceDraft, name: string, span: Span): Interface {
  const known = device.interfaces.get(name);
  if (known) return known;
  const made: Interface = {
    name,
    span,
    kind: 'physical',
    shutdown: false,
    addresses: [],
    accessGroups: [],
    firstHop: [],
  };
  device.interfaces.set(name, made);
  return made;
}

const KINDS: Readonly<Record<string, Interface['kind']>> = {
  physical: 'physical',
  vlan: 'subinterface',
  aggregate: 'aggregate',
  redundant: 'aggregate',
  loopback: 'loopback',
  tunnel: 'tunnel',
  'hard-switch': 'bridge',
  switch: 'bridge',
  'emac-vlan': 'subinterface',
};

const row = rowsOf<Port>();
const mode = modesOf<Port>();

const place = (port: Interface, address: string, secondary: boolean, span: Span): void => {
  if (!address.startsWith('0.0.0.0/') && address !== '::/0')
    addAddress(port, address, { secondary, replaces: !secondary, span });
};

const secondaryRow = rowsOf<Port>();

const interfaceRows: readonly Entry[] = [
  row('vdom <name:word>', {
    doc: 'Virtual domain of the interface.',
    apply: (context, { name }) => {
      context.domain = domainOf(name.value);
    },
  }),
  row('vrf <number:int>', {
    doc: 'VRF of the interface; 0 is the virtual domain’s own table.',
    apply: (context, { number }) => {
      context.vrf = number;
    },
  }),
  row('ip <address:address4>', {
    doc: 'IPv4 address of the interface and mask of its network.',
    apply: ({ port }, { address }, at) => place(port, address.value, false, at.span),
  }),
  row('mode <mode:static|dhcp|pppoe>', {
    doc: 'Where the address comes from.',
    apply: ({ port }, { mode: how }, at) => {
      if (how.value !== 'static') port.dhcp = yes(at.span);
    },
  }),
  row('type <type:word>', {
    doc: 'Kind of the interface.',
    apply: ({ port }, { type }) => {
      port.kind = KINDS[type.value] ?? 'other';
    },
  }),
  row('vlanid <vlan:vlan>', {
    doc: 'IEEE 802.1Q tag of the interface.',
    apply: ({ port }, { vlan }) => {
      port.encapsulationVlan = vlan;
      port.kind = 'subinterface';
    },
  }),
  row('interface <parent:word>', {
    doc: 'Interface that this one stands on.',
    refers: { parent: 'interface' },
    apply: ({ port }, { parent }) => {
      port.parent = parent.value;
    },
  }),
  row('member <names:words>', {
    doc: 'Ports of the aggregate or switch.',
    refers: { names: 'interface' },
    apply: ({ device, port }, { names }) => {
      for (const value of names.value) {
        const member = fortiInterface(device, value, names.span);
        if (port.kind === 'bridge') member.bridge = { value: port.name, span: names.span };
        else member.aggregate = { value: port.name, span: names.span };
      }
    },
  }),
  row('status <state:up|down>', {
    doc: 'Whether the interface is switched on.',
    apply: ({ port }, { state }, at) => {
      port.shutdown = state.value === 'down' ? yes(at.span) : no(at.span);
    },
  }),
  row('<what:alias|description> <text:rest>', {
    doc: 'A text for people.',
    effect: 'none',
    apply: ({ port }, { text }) => {
      port.description = text;
    },
  }),
  row('mtu-override <state:enable|disable>', {
    doc: 'Whether the MTU is the one configured.',
    apply: (context, { state }) => {
      context.mtuOverride = state.value === 'enable';
    },
  }),
  row('mtu <bytes:int>', {
    doc: 'Largest packet, in bytes.',
    apply: (context, { bytes }) => {
      context.mtu = bytes;
    },
  }),
  row('secondary-IP <state:enable|disable>', {
    doc: 'Whether further addresses are in use.',
    apply: (context, { state }) => {
      context.secondary = state.value === 'enable';
    },
  }),
  mode('config secondaryip', { doc: 'Further addresses.', enter: (context) => context }, [
    mode('edit <id:int>', { doc: 'A further address.', enter: (context) => context }, [
      secondaryRow('ip <address:address4>', {
        doc: 'A further address.',
        apply: ({ port }, { address }, at) => place(port, address.value, true, at.span),
      }),
      secondaryRow('<what:word> [<rest:rest>]', { doc: 'Access to the address.', effect: 'none' }),
    ]),
  ]),
  mode('config ipv6', { doc: 'IPv6 on the interface.', enter: (context) => context }, [
    row('ip6-address <address:address6>', {
      doc: 'IPv6 address of the interface and length of its network.',
      apply: ({ port }, { address }, at) => {
        port.ipv6Enabled = yes(at.span);
        place(port, address.value, false, at.span);
      },
    }),
    mode('config ip6-extra-addr', { doc: 'Further addresses.', enter: (context) => context }, [
      mode(
        'edit <address:address6>',
        {
          doc: 'A further address.',
          enter: (context, { address }, at) => {
            place(context.port, address.value, true, at.span);
            return context;
          },
        },
        [],
      ),
    ]),
    row('ip6-mode static', { doc: 'The address is configured; the default.', effect: 'none' }),
    row('<what:ip6-allowaccess|ip6-send-adv|ip6-manage-flag|ip6-other-flag> [<rest:rest>]', {
      doc: 'Access and router advertisements.',
      effect: 'none',
    }),
  ]),
  mode('config vrrp', { doc: 'Virtual Router Redundancy Protocol.', enter: (context) => context }, [
    mode(
      'edit <group:int>',
      {
        doc: 'A group.',
        enter: ({ port }, { group }, at): FirstHopGroup => groupOn(port, 'vrrp', group.value, at.span),
      },
      [
        rowsOf<FirstHopGroup>()('vrip <address:ip>', {
          doc: 'The address that the group shares.',
          apply: (group, { address }) => addOnce(group.addresses, address),
        }),
        rowsOf<FirstHopGroup>()('priority <value:int>', {
          doc: 'The router with the highest priority is master.',
          apply: (group, { value }) => {
            group.priority = value;
          },
        }),
        rowsOf<FirstHopGroup>()('preempt <state:enable|disable>', {
          doc: 'A router with a higher priority takes over.',
          apply: (group, { state }, at) => {
            group.preempt = state.value === 'enable' ? yes(at.span) : no(at.span);
          },
        }),
        rowsOf<FirstHopGroup>()('status <state:enable|disable>', {
          doc: 'Whether the group is in use.',
          apply: (group, { state }, at) => {
            group.shutdown = state.value === 'disable' ? yes(at.span) : no(at.span);
          },
        }),
        rowsOf<FirstHopGroup>()('<what:version|adv-interval|start-time|accept-mode> [<rest:rest>]', {
          doc: 'Details of the group.',
          effect: 'none',
        }),
      ],
    ),
  ]),
  row('remote-ip <address:address4>', { doc: 'Address of the other end of a tunnel.' }),
  row(
    '<what:allowaccess|snmp-index|role|device-identification|lldp-reception|lldp-transmission|estimated-upstream-bandwidth|estimated-downstream-bandwidth|monitor-bandwidth|security-mode|dedicated-to|explicit-web-proxy|trust-ip-1|trust-ip-2|trust-ip-3|fortilink|speed|lacp-mode|lacp-speed|algorithm|min-links|min-links-down|color|defaultgw|distance|dns-server-override|ike-saml-server|auto-auth-extension-device|switch-controller-access-vlan|switch-controller-feature|switch-controller-source-ip|stp|external|devindex|fail-detect|mediatype|macaddr|tcp-mss|inbandwidth|outbandwidth|username|password|bfd-detect-mult|bfd-desired-min-tx|bfd-required-min-rx|bfd|src-check|icmp-send-redirect|ip-managed-by-fortiipam|eap-supplicant> [<rest:rest>]',
    { doc: 'A setting that changes no route.', effect: 'none' },
  ),
  mode('config <table:word>', { doc: 'A table of the interface.', enter: (context) => context, effect: 'none' }, []),
];

/** `config system interface`. */
export const interfaces: Entry = entries<Domain, Port>(
  'system interface',
  'Interfaces.',
  ({ device }, name, span) => {
    const known = ports.get(device) ?? new Map<string, Port>();
    ports.set(device, known);
    const made = known.get(name.value) ?? { device, port: fortiInterface(device, name.value, span), domain: GLOBAL };
    known.set(name.value, made);
    device.definitions.push({ kind: 'interface', name: name.value, span: name.span });
    return made;
  },
  interfaceRows,
);

/** Puts interfaces into their tables and sets what depends on several lines. */
export function finishInterfaces(device: DeviceDraft): void {
  for (const { port, domain, vrf, secondary, mtuOverride, mtu } of ports.get(device)?.values() ?? []) {
    const table = tableOf(domain, vrf?.value);
    if (table !== GLOBAL) {
      const { span } = port;
      port.vrf = { value: table, span };
      addOnce(vrfOf(device, table, span).interfaces, { value: port.name, span });
    }
    if (!secondary)
      port.addresses = port.addresses.filter((address) => address.family === 'ipv6' || !address.secondary);
    if (mtuOverride && mtu) port.ipMtu = mtu;
    // A port of a switch carries no addresses of its own; the switch itself is the interface that routes.
    if (port.kind === 'bridge') port.bridge = { value: port.name, span: port.span };
  }
}
