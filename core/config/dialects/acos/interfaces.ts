import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Interface } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { no, yes } from '../shared/drafts.ts';
import { vlanOf } from '../shared/globals.ts';
import { addAddress, interfaceRows } from '../shared/interfaces.ts';

type Kind = 'ethernet' | 'trunk' | 've' | 'loopback' | 'management' | 'tunnel';
const KINDS: Readonly<Record<Kind, Interface['kind']>> = {
  ethernet: 'physical',
  trunk: 'aggregate',
  ve: 'vlan',
  loopback: 'loopback',
  management: 'management',
  tunnel: 'tunnel',
};

/** `ethernet1`, `ve10`, `trunk1`, `loopback0`, `management`. Data ports and aggregates are off until `enable`. */
export function acosInterface(device: DeviceDraft, kind: Kind, number: string, span: Span): Interface {
  const name = `${kind}${number}`;
  const known = device.interfaces.get(name);
  if (known) return known;
  const made: Interface = {
    name,
    span,
    kind: KINDS[kind],
    shutdown: kind === 'ethernet',
    addresses: [],
    accessGroups: [],
    firstHop: [],
  };
  if (kind === 've') made.vlan = Number(number);
  device.interfaces.set(name, made);
  return made;
}

const row = rowsOf<Interface>();

const rows: readonly Entry[] = [
  row('enable', {
    doc: 'Switches the interface on.',
    apply: (port, _, at) => {
      port.shutdown = no(at.span);
    },
    undo: (port, _, at) => {
      port.shutdown = yes(at.span);
    },
  }),
  row('disable', {
    doc: 'Switches the interface off.',
    apply: (port, _, at) => {
      port.shutdown = yes(at.span);
    },
  }),
  row('name <text:rest>', {
    doc: 'A text for people.',
    effect: 'none',
    apply: (port, { text }) => {
      port.description = text;
    },
  }),
  row('ip address <address:ip4> <length:word>', {
    doc: 'IPv4 address of the interface, with the length of its network apart (`/24`).',
    apply: (port, { address, length }, at) => {
      const bits = /^\/(\d{1,2})$/.exec(length.value)?.[1];
      if (bits !== undefined)
        addAddress(port, `${address.value}/${bits}`, {
          secondary: port.addresses.some(({ family }) => family === 'ipv4'),
          replaces: false,
          span: at.span,
        });
    },
  }),
  row('trunk-group <group:int> [<mode:static|lacp|lacp-udld>]', {
    doc: 'Makes the port a member of an aggregate.',
    apply: (port, { group }, at) => {
      acosInterface(at.device, 'trunk', String(group.value), at.span);
      port.aggregate = { value: `trunk${group.value}`, span: at.span };
    },
  }),
  row(
    '<what:load-interval|port-scan-detection|ping-sweep-detection|duplexity|speed|flow-control|lldp|icmp-rate-limit|icmpv6-rate-limit|ports-threshold|cpu-process|monitor|snmp-server|l3-vlan-fwd-disable|packet-capture-template|spanning-tree|traffic-distribution-mode|use-if-ip|remove-vlan-tag|fec> [<rest:rest>]',
    { doc: 'A setting that changes no route.', effect: 'none' },
  ),
  row(
    'ip <what:control-apps-use-mgmt-port|default-gateway|allow-promiscuous-vip|cache-spoofing-port|client|server|slb-partition-redirect|nat|inside|outside|stateful-firewall|ttl-ignore> [<rest:rest>]',
    {
      doc: 'How services use the interface; the management port has a gateway of its own.',
      effect: 'none',
    },
  ),
  ...interfaceRows,
];

const port = (kind: Kind, more: readonly Entry[]): Entry => {
  const enter = (device: DeviceDraft, number: string, span: Span): Interface => {
    const made = acosInterface(device, kind, number, span);
    device.definitions.push({ kind: 'interface', name: made.name, span });
    return made;
  };
  return kind === 'management'
    ? modesOf<DeviceDraft>()(
        'interface management',
        { doc: 'The management port.', enter: (device, _, at) => enter(device, '', at.span) },
        [...rows, ...more],
      )
    : modesOf<DeviceDraft>()(
        `interface ${kind} <number:word>`,
        {
          doc: 'An interface.',
          enter: (device, args, at) =>
            enter(device, (args as unknown as { number: Located<string> }).number.value, at.span),
        },
        [...rows, ...more],
      );
};

interface VlanContext {
  readonly device: DeviceDraft;
  readonly vlan: number;
}
const vlanRow = rowsOf<VlanContext>();

/** `ethernet 1 to 3 ethernet 7`, `trunk 1`: the ports that a VLAN line names. */
function portsOf(device: DeviceDraft, words: Located<readonly string[]>): readonly Interface[] {
  const found: Interface[] = [];
  let kind: Kind = 'ethernet';
  let from: number | undefined;
  let range = false;
  for (const word of words.value) {
    if (word === 'ethernet' || word === 'trunk') kind = word;
    else if (word === 'to') range = true;
    else if (/^\d{1,4}$/.test(word)) {
      const number = Number(word);
      for (let at = range && from !== undefined ? from + 1 : number; at <= number; at += 1)
        found.push(acosInterface(device, kind, String(at), words.span));
      [from, range] = [number, false];
    }
  }
  return found;
}

const vlans: Entry = modesOf<DeviceDraft>()(
  'vlan <vlan:vlan>',
  {
    doc: 'A VLAN and its ports.',
    defines: { vlan: 'vlan' },
    enter: (device, { vlan }, at): VlanContext => {
      vlanOf(device, vlan.value, at.span);
      return { device, vlan: vlan.value };
    },
  },
  [
    vlanRow('untagged <ports:words>', {
      doc: 'Ports on which the VLAN has no tag.',
      apply: ({ device, vlan }, { ports }) => {
        for (const one of portsOf(device, ports))
          one.switchport = {
            ...one.switchport,
            mode: { value: one.switchport?.allowedVlans ? 'trunk' : 'access', span: ports.span },
            accessVlan: { value: vlan, span: ports.span },
            nativeVlan: { value: vlan, span: ports.span },
          };
      },
    }),
    vlanRow('tagged <ports:words>', {
      doc: 'Ports on which the VLAN has its tag.',
      apply: ({ device, vlan }, { ports }) => {
        for (const one of portsOf(device, ports)) {
          const known = one.switchport?.allowedVlans?.value ?? [];
          one.switchport = {
            ...one.switchport,
            mode: { value: 'trunk', span: ports.span },
            allowedVlans: { value: [...new Set([...known, vlan])].sort((a, b) => a - b), span: ports.span },
          };
        }
      },
    }),
    vlanRow('router-interface ve <number:int>', {
      doc: 'The interface that routes for the VLAN.',
      apply: ({ device, vlan }, { number }, at) => {
        acosInterface(device, 've', String(number.value), at.span).vlan = vlan;
      },
    }),
    vlanRow('name <name:rest>', {
      doc: 'Name of the VLAN.',
      effect: 'none',
      apply: ({ device, vlan }, { name }, at) => {
        vlanOf(device, vlan, at.span).name = name;
      },
    }),
    vlanRow('<what:user-tag|shared-vlan|traffic-distribution-mode> [<rest:rest>]', {
      doc: 'A setting that changes no route.',
      effect: 'none',
    }),
  ],
);

/** Interfaces and VLANs. `more`: what the routing protocols add. */
export const interfaces = (more: readonly Entry[]): readonly Entry[] => [
  ...(['ethernet', 'trunk', 've', 'loopback', 'management', 'tunnel'] as const).map((kind) => port(kind, more)),
  vlans,
];

/** The VLAN that a port has no tag for is one of those that it carries. */
export function finishInterfaces(device: DeviceDraft): void {
  for (const { switchport } of device.interfaces.values()) {
    const own = switchport?.accessVlan;
    if (!switchport?.allowedVlans || !own) continue;
    const list = new Set([...switchport.allowedVlans.value, own.value]);
    switchport.allowedVlans = { ...switchport.allowedVlans, value: [...list].sort((a, b) => a - b) };
    switchport.mode = { value: 'trunk', span: own.span };
  }
}
