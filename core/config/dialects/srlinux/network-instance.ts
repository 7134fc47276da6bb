import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { AggregateRoute, DeviceDraft } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, GLOBAL, getOrMake, vrfOf, yes } from '../shared/drafts.ts';
import { bgp } from './bgp.ts';
import { adminState, complain, flag } from './common.ts';
import { bgpEvpn, bgpVpn } from './evpn.ts';
import { subinterfaceOf } from './interfaces.ts';
import { isis } from './isis.ts';
import { type GroupNote, type HopNote, type InstanceNote, type Mutable, notesOf, type RouteNote } from './notes.ts';
import { ospf } from './ospf.ts';

/** A network instance: the default one, an IP-VRF or a MAC-VRF. */
export interface Instance {
  readonly device: DeviceDraft;
  readonly vrf: string;
  readonly note: InstanceNote;
}

const mode = modesOf<Instance>();
const row = rowsOf<Instance>();

function instanceOf(device: DeviceDraft, name: string, span: Span): Instance {
  const note = getOrMake(notesOf(device).instances, name, () => ({
    name,
    span,
    type: { value: name === GLOBAL ? 'default' : 'ip-vrf', span },
    members: [],
    vxlan: [],
  }));
  return { device, vrf: name, note };
}

// ---- static routes and next-hop groups ------------------------------------------------------------------------------

const groupKey = (vrf: string, name: string): string => `${vrf} ${name}`;

const groupOf = ({ device, vrf }: Instance, name: string): GroupNote =>
  getOrMake(notesOf(device).groups, groupKey(vrf, name), () => ({ hops: new Map() }));

const routeRow = rowsOf<RouteNote>();
const groupMode = modesOf<GroupNote>();
const hopRow = rowsOf<HopNote>();

const staticRoutes: Entry = mode('static-routes', { doc: 'Static routes.', enter: (instance) => instance }, [
  mode(
    'route <prefix:prefix>',
    {
      doc: 'A static route; its next-hop group says where it leads.',
      enter: ({ device, vrf }, { prefix }, at): RouteNote => {
        const { routes } = notesOf(device);
        const known = routes.find((one) => one.vrf === vrf && one.draft.prefix === prefix.value);
        if (known) return known;
        const family = prefix.value.includes(':') ? 'ipv6' : 'ipv4';
        // srl_nokia-static-routes: metric 1.
        const made: RouteNote = { vrf, draft: { prefix: prefix.value, family, metric: 1, span: at.span } };
        routes.push(made);
        return made;
      },
    },
    [
      adminState<RouteNote>('Whether the route is in use.', (route, { value }) => {
        route.disabled = value;
      }),
      routeRow('next-hop-group <name:word>', {
        doc: 'Next-hop group of the route.',
        apply: (route, { name }) => {
          route.group = name;
        },
      }),
      routeRow('preference <value:int>', {
        doc: 'Preference of the route.',
        apply: ({ draft }, { value }) => {
          draft.distance = value.value;
        },
      }),
      routeRow('metric <value:int>', {
        doc: 'Metric of the route.',
        apply: ({ draft }, { value }) => {
          draft.metric = value.value;
        },
      }),
      routeRow('description <text:rest>', { doc: 'A text for people.', effect: 'none' }),
      routeRow('<what:bfd|installed|internal-tags|next-hop-tunnel> [<rest:rest>]', {
        doc: 'Known, and not simulated.',
      }),
    ],
  ),
]);

const nextHopGroups: Entry = mode(
  'next-hop-groups',
  { doc: 'Where static routes lead.', enter: (instance) => instance },
  [
    mode(
      'group <name:word>',
      { doc: 'A next-hop group: gateways, or a drop.', enter: (instance, { name }) => groupOf(instance, name.value) },
      [
        adminState<GroupNote>('Whether the group is in use.', (group, { value }) => {
          group.disabled = value;
        }),
        groupMode(
          'blackhole',
          {
            doc: 'Packets are dropped.',
            enter: (group, _, at) => {
              group.blackhole = at.span;
              return group;
            },
          },
          [
            rowsOf<GroupNote>()('generate-icmp <state:true|false>', {
              doc: 'Whether the sender is told.',
              effect: 'none',
            }),
          ],
        ),
        groupMode(
          'nexthop <index:int>',
          {
            doc: 'A gateway.',
            enter: (group, { index }, at): HopNote =>
              getOrMake(group.hops, String(index.value), () => ({ span: at.span })),
          },
          [
            hopRow('ip-address <address:ip>', {
              doc: 'Address of the gateway.',
              apply: (hop, { address }) => {
                hop.ip = address;
              },
            }),
            adminState<HopNote>('Whether the gateway is in use.', (hop, { value }) => {
              hop.disabled = value;
            }),
            flag<HopNote>(
              'resolve',
              'Whether any route may lead to the gateway, or an attached network alone.',
              (hop, { value }) => {
                hop.attachedOnly = !value;
              },
            ),
            hopRow('<what:failure-detection|pushed-mpls-label-stack> [<rest:rest>]', {
              doc: 'Known, and not simulated.',
            }),
          ],
        ),
        rowsOf<GroupNote>()('description <text:rest>', { doc: 'A text for people.', effect: 'none' }),
      ],
    ),
  ],
);

// ---- aggregates -----------------------------------------------------------------------------------------------------

type AggregateDraft = Mutable<AggregateRoute> & { communities?: string[] };

const aggregateRoutes: Entry = mode(
  'aggregate-routes',
  { doc: 'Routes that exist while a longer one does.', enter: (instance) => instance },
  [
    mode(
      'route <prefix:prefix>',
      {
        doc: 'A route that exists while a longer one does.',
        enter: ({ device, vrf }, { prefix }, at): AggregateDraft => {
          const known = device.aggregateRoutes.find((one) => one.vrf === vrf && one.prefix === prefix.value);
          if (known) return known as AggregateDraft;
          const made: AggregateDraft = { vrf, prefix: prefix.value, kind: 'aggregate', discard: true, span: at.span };
          device.aggregateRoutes.push(made);
          return made;
        },
      },
      [
        rowsOf<AggregateDraft>()('admin-state <state:enable|disable>', {
          doc: 'Whether the aggregate is in use.',
          apply: (draft, { state }, at) => {
            const { offAggregates } = notesOf(at.device);
            if (state.value === 'disable') offAggregates.add(draft);
            else offAggregates.delete(draft);
          },
        }),
        flag<AggregateDraft>('summary-only', 'The longer routes are not advertised.', (draft, { value }) => {
          draft.summaryOnly = value;
        }),
        modesOf<AggregateDraft>()('communities', { doc: 'Communities of the aggregate.', enter: (draft) => draft }, [
          rowsOf<AggregateDraft>()('add <members:words>', {
            doc: 'Communities that are added.',
            apply: (draft, { members }) => {
              draft.communities = [...(draft.communities ?? []), ...members.value];
            },
          }),
        ]),
        rowsOf<AggregateDraft>()('generate-icmp <state:true|false>', {
          doc: 'Whether the sender of a dropped packet is told.',
          effect: 'none',
        }),
        rowsOf<AggregateDraft>()('aggregator [<rest:rest>]', { doc: 'Known, and not simulated.' }),
      ],
    ),
  ],
);

// ---- the instance ---------------------------------------------------------------------------------------------------

const rows: readonly Entry[] = [
  adminState<Instance>('Whether the network instance is in use.', ({ note }, disabled) => {
    note.disabled = disabled;
  }),
  row('type <type:default|ip-vrf|mac-vrf|host|vpws>', {
    doc: 'Routing (default, ip-vrf) or bridging (mac-vrf).',
    apply: ({ device, note }, { type }, at) => {
      note.type = { value: type.value, span: type.span };
      if (type.value === 'host' || type.value === 'vpws')
        complain(device, `network-instance ${note.name} / type ${type.value}`, at.span);
    },
  }),
  row('description <text:rest>', {
    doc: 'A text for people.',
    effect: 'none',
    apply: ({ device, vrf }, { text }, at) => {
      if (vrf !== GLOBAL) vrfOf(device, vrf, at.span).description = text;
    },
  }),
  row('router-id <id:ip4>', {
    doc: 'Identifier of the router in this instance.',
    apply: ({ device, vrf, note }, { id }) => {
      if (vrf === GLOBAL) device.routerId = id;
      else note.routerId = id;
    },
  }),
  mode(
    'interface <name:word>',
    {
      doc: 'A subinterface of the instance.',
      refers: { name: 'interface' },
      enter: (instance, { name }) => {
        addOnce(instance.note.members, name);
        return instance;
      },
    },
    [
      row('interface-ref [<rest:rest>]', { doc: 'The interface by its parts.' }),
      row('policy-forwarding [<rest:rest>]', { doc: 'Known, and not simulated.' }),
    ],
  ),
  mode(
    'vxlan-interface <name:word>',
    {
      doc: 'The VXLAN network of the instance.',
      refers: { name: 'interface' },
      enter: (instance, { name }) => {
        addOnce(instance.note.vxlan, name);
        return instance;
      },
    },
    [],
  ),
  staticRoutes,
  nextHopGroups,
  aggregateRoutes,
  mode('protocols', { doc: 'Routing protocols of the instance.', enter: (instance) => instance }, [
    bgp,
    bgpEvpn,
    bgpVpn,
    ospf,
    isis,
    mode(
      'linux',
      { doc: 'Exchange of routes with the kernel of the management instance.', enter: (instance) => instance },
      [
        row('<what:import-routes|export-routes|export-neighbors> <state:true|false>', {
          doc: 'Routes of the management instance in the kernel.',
          effect: 'none',
        }),
      ],
    ),
    row('directly-connected [<rest:rest>]', { doc: 'Known, and not simulated.' }),
    row('<what:igmp|pim|mld|igmp-snooping|mld-snooping|gribi|ldp|segment-routing|mpls> [<rest:rest>]', {
      doc: 'Known, and not simulated.',
    }),
  ]),
  row('<what:ip-load-balancing|mtu|icmp|tcp-udp|traffic-engineering|mpls-forwarding> [<rest:rest>]', {
    doc: 'Known, and not simulated.',
  }),
  mode('ip-forwarding', { doc: 'What is forwarded.', enter: (instance) => instance }, [
    row('receive-ipv4-check <state:true|false>', { doc: 'Packets only where IPv4 is enabled.' }),
    row('receive-ipv6-check <state:true|false>', { doc: 'Packets only where IPv6 is enabled.' }),
  ]),
  mode('bridge-table', { doc: 'MAC learning of a MAC-VRF.', enter: (instance) => instance }, [
    row(
      '<what:mac-learning|mac-duplication|mac-limit|protect-anycast-gw-mac|discard-unknown-dest-mac|static-mac|proxy-arp|proxy-nd> [<rest:rest>]',
      {
        doc: 'Known, and not simulated.',
      },
    ),
  ]),
  row(
    '<what:inter-instance-policies|route-table|mpls|segment-routing|policy-forwarding|multicast|connection-point> [<rest:rest>]',
    {
      doc: 'Known, and not simulated.',
    },
  ),
];

/** `network-instance default { ... }`. */
export const networkInstances: Entry = modesOf<DeviceDraft>()(
  'network-instance <name:word>',
  {
    doc: 'A network instance: the router itself, an IP-VRF, or a MAC-VRF.',
    defines: { name: 'vrf' },
    enter: (device, { name }, at) => instanceOf(device, name.value, at.span),
  },
  rows,
);

/** Members join their instance, static routes find their groups. */
export function finishInstances(device: DeviceDraft): void {
  const notes = notesOf(device);
  const joined = new Set<string>();
  for (const note of notes.instances.values()) {
    if (note.type.value !== 'mac-vrf' && note.name !== GLOBAL) vrfOf(device, note.name, note.span);
    for (const name of note.members) {
      joined.add(name.value);
      join(device, note, name);
    }
    if (note.type.value === 'mac-vrf' && note.vxlan.length > 0) markStretched(device, note);
  }
  // A subinterface of no network instance does not forward.
  for (const port of device.interfaces.values())
    if (/\.\d+$/.test(port.name) && port.kind !== 'other' && !joined.has(port.name)) port.shutdown = yes(port.span);
  for (const route of notes.routes) addStatic(device, route);
  device.aggregateRoutes = device.aggregateRoutes.filter((one) => !notes.offAggregates.has(one));
}

function join(device: DeviceDraft, note: InstanceNote, name: Located<string>): void {
  const port = subinterfaceOf(device, name.value, name.span);
  if (note.type.value === 'mac-vrf') {
    port.bridge = { value: note.name, span: name.span };
    if (note.disabled?.value && port.kind !== 'vlan') port.shutdown = note.disabled;
    return;
  }
  if (note.name !== GLOBAL) {
    port.vrf = { value: note.name, span: name.span };
    addOnce(vrfOf(device, note.name, note.span).interfaces, name);
  }
  if (note.disabled?.value) port.shutdown = note.disabled;
}

/** The router's end of a bridge that VXLAN stretches over other leaves needs no port of its own to be up. */
function markStretched(device: DeviceDraft, { members, vxlan }: InstanceNote): void {
  for (const { value } of members) {
    const port = device.interfaces.get(value);
    if (port?.kind === 'vlan') port.autostate = { value: false, span: (vxlan[0] as Located<string>).span };
  }
}

function addStatic(device: DeviceDraft, { vrf, draft, disabled, group: name }: RouteNote): void {
  if (disabled) return;
  const group = name && notesOf(device).groups.get(groupKey(vrf, name.value));
  if (!name || !group) {
    complain(
      device,
      `static route ${draft.prefix} of ${vrf}: its next-hop group is not defined`,
      name?.span ?? draft.span,
    );
    return;
  }
  if (group.disabled) return;
  if (group.blackhole) device.staticRoutes.push({ vrf, ...draft, nextHop: { drop: 'discard' } });
  for (const { ip, disabled: off, attachedOnly, span } of group.hops.values()) {
    if (off || !ip) continue;
    device.staticRoutes.push({
      vrf,
      ...draft,
      nextHop: { ip: ip.value },
      recursive: !attachedOnly,
      span: ip.span ?? span,
    });
  }
}
