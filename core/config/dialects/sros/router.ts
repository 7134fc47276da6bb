import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { AggregateRoute, DeviceDraft, StaticRoute } from '../../device/device.ts';
import type { Interface } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { GLOBAL, no, vrfOf, yes } from '../shared/drafts.ts';
import { bgp } from './bgp.ts';
import { isis, ospf } from './igp.ts';

/** The base router (`default`) or a VPRN service. */
export interface Instance {
  readonly device: DeviceDraft;
  readonly vrf: string;
}

interface Port extends Instance {
  readonly port: Interface;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const emptyInterface = (name: string, kind: Interface['kind'], span: Span, shutdown: boolean): Interface => ({
  name,
  span,
  kind,
  shutdown,
  addresses: [],
  accessGroups: [],
  firstHop: [],
});

/** A port. Ports are shut down until `admin-state enable`. */
export function portOf(device: DeviceDraft, name: string, span: Span): Interface {
  const known = device.interfaces.get(name);
  if (known) return known;
  const made = emptyInterface(name, /^lag-/.test(name) ? 'aggregate' : 'physical', span, true);
  device.interfaces.set(name, made);
  return made;
}

/**
 * An IP interface by its name. Names are unique per router instance only, so those of a VPRN that another instance has
 * as well carry the instance's name.
 */
function interfaceOf({ device, vrf }: Instance, name: Located<string>): Interface {
  const known = device.interfaces.get(name.value);
  if (known && (known.vrf?.value ?? GLOBAL) === vrf) return known;
  const key = known ? `${name.value}@${vrf}` : name.value;
  const other = device.interfaces.get(key);
  if (other) return other;
  const made = emptyInterface(name.value, name.value === 'system' ? 'loopback' : 'subinterface', name.span, false);
  if (vrf !== GLOBAL) made.vrf = { value: vrf, span: name.span };
  device.interfaces.set(key, made);
  return made;
}

/** `1/1/c1/1`, `1/1/c1/1:100`, `lag-10:5`: the port, and the tag where there is one. */
function attach(context: Port, name: Located<string>): void {
  const [port = '', tag] = name.value.split(':');
  portOf(context.device, port, name.span);
  context.port.parent = port;
  const vlan = Number(tag?.split('.')[0]);
  if (Number.isInteger(vlan) && vlan > 0) context.port.encapsulationVlan = { value: vlan, span: name.span };
}

const adminState = <C>(of: (context: C) => { shutdown: Located<boolean> | boolean }): Entry =>
  rowsOf<C>()('admin-state <state:enable|disable>', {
    doc: 'Whether it is in use.',
    apply: (context, { state }, at) => {
      of(context).shutdown = state.value === 'disable' ? yes(at.span) : no(at.span);
    },
  });

const portRow = rowsOf<Port>();
const portMode = modesOf<Port>();

interface AddressContext extends Port {
  address?: Located<string>;
  length?: number;
}

function place(context: AddressContext, family: 'ipv4' | 'ipv6', span: Span): void {
  const { address, length, port } = context;
  if (!address || length === undefined) return;
  port.addresses.push({
    address: address.value,
    length,
    family,
    secondary: port.addresses.some((known) => known.family === family),
    linkLocal: /^fe[89ab]/i.test(address.value),
    span,
  });
}

const addressRows = (family: 'ipv4' | 'ipv6'): readonly Entry[] => [
  rowsOf<AddressContext>()('address <address:ip>', {
    doc: 'Address of the interface.',
    apply: (context, { address }, at) => {
      context.address = address;
      place(context, family, at.span);
    },
  }),
  rowsOf<AddressContext>()('prefix-length <length:int>', {
    doc: 'Length of the interface’s network.',
    apply: (context, { length }, at) => {
      context.length = length.value;
      place(context, family, context.address?.span ?? at.span);
    },
  }),
];

const harmlessPortRows: readonly Entry[] = [
  portRow(
    '<what:description|qos|ingress|egress|hold-time|cpu-protection|dist-cpu-protection|ping-template|load-balancing|network-domains|lldp> [<rest:rest>]',
    {
      doc: 'Does not change routes.',
      effect: 'none',
    },
  ),
];

const interfaceRows: readonly Entry[] = [
  adminState<Port>(({ port }) => port),
  portRow('port <name:word>', {
    doc: 'Port that the interface is on, with its tag.',
    apply: (context, { name }) => attach(context, name),
  }),
  portMode(
    'sap <name:word>',
    {
      doc: 'Service access point: port and tag.',
      enter: (context, { name }) => {
        attach(context, name);
        return context;
      },
    },
    [
      ...harmlessPortRows,
      adminState<Port>(() => ({ shutdown: false })),
      portRow('ingress filter ip <name:word>', {
        doc: 'Filter on packets that come in.',
        refers: { name: 'access-list' },
        apply: ({ port }, { name }) => {
          port.accessGroups.push({ list: name, direction: 'in', family: 'ipv4' });
        },
      }),
    ],
  ),
  portRow('loopback [<state:word>]', {
    doc: 'The interface is on no port.',
    apply: ({ port }) => {
      port.kind = 'loopback';
    },
  }),
  portRow('vpls <name:word>', {
    doc: 'The interface routes for a VPLS.',
    apply: ({ port }) => {
      // It is up with its service; which access points are up is not modelled.
      port.kind = 'bridge';
    },
  }),
  portRow('ip-mtu <bytes:int>', {
    doc: 'Largest IP packet.',
    apply: ({ port }, { bytes }) => {
      port.ipMtu = bytes;
    },
  }),
  portMode('ipv4', { doc: 'IPv4 on the interface.', enter: (context) => context }, [
    portMode(
      'primary',
      { doc: 'The first address.', enter: (context): AddressContext => ({ ...context }) },
      addressRows('ipv4'),
    ),
    portMode(
      'secondary <address:ip4>',
      { doc: 'A further address.', enter: (context, { address }): AddressContext => ({ ...context, address }) },
      addressRows('ipv4'),
    ),
    portRow('<what:neighbor-discovery|icmp|dhcp|tcp-mss|allow-directed-broadcasts|local-dhcp-server> [<rest:rest>]', {
      doc: 'Does not change routes.',
      effect: 'none',
    }),
    portMode('bfd', { doc: 'Finds a dead neighbour quickly.', enter: (context) => context }, [
      portRow('<what:word> [<rest:rest>]', { doc: 'Timers of BFD.', effect: 'none' }),
    ]),
  ]),
  portMode('ipv6', { doc: 'IPv6 on the interface.', enter: (context) => context }, [
    portMode(
      'address <address:ip6>',
      { doc: 'An address.', enter: (context, { address }): AddressContext => ({ ...context, address }) },
      addressRows('ipv6'),
    ),
    portRow('<what:neighbor-discovery|icmp6|link-local-address|dad-disable> [<rest:rest>]', {
      doc: 'Does not change routes.',
      effect: 'none',
    }),
  ]),
  ...harmlessPortRows,
];

// ---- static and aggregate routes ------------------------------------------------------------------------------------

type Draft = Mutable<StaticRoute>;
interface HopContext {
  readonly device: DeviceDraft;
  readonly draft: Draft;
}

interface RouteContext extends Instance {
  readonly prefix: string;
  /** Tag of every next hop that has no own. */
  tag?: number;
}

/** A next hop counts from `admin-state enable` on. The metric of a static route is 1. */
const hopOf = (
  { device, vrf, prefix, tag }: RouteContext,
  nextHop: StaticRoute['nextHop'],
  recursive: boolean,
  span: Span,
): HopContext => ({
  device,
  draft: {
    vrf,
    prefix,
    family: prefix.includes(':') ? 'ipv6' : 'ipv4',
    nextHop,
    recursive,
    metric: 1,
    ...(tag !== undefined && { tag }),
    span,
  },
});

const hopRow = rowsOf<HopContext>();
const hopRows: readonly Entry[] = [
  hopRow('admin-state <state:enable|disable>', {
    doc: 'Whether the next hop is in use.',
    apply: ({ device, draft }, { state }) => {
      if (state.value === 'enable' && !device.staticRoutes.includes(draft)) device.staticRoutes.push(draft);
    },
  }),
  hopRow('preference <value:int>', {
    doc: 'Preference of the route.',
    apply: ({ draft }, { value }) => {
      (draft as { distance?: number }).distance = value.value;
    },
  }),
  hopRow('metric <value:int>', {
    doc: 'Metric of the route.',
    apply: ({ draft }, { value }) => {
      (draft as { metric?: number }).metric = value.value;
    },
  }),
  hopRow('tag <value:int>', {
    doc: 'Tag of the route.',
    apply: ({ draft }, { value }) => {
      (draft as { tag?: number }).tag = value.value;
    },
  }),
  hopRow('tunnel-next-hop [<rest:rest>]', { doc: 'Resolves the next hop by tunnels.' }),
  hopRow('<what:description|bfd-liveness|community|generate-icmp|validate-next-hop> [<rest:rest>]', {
    doc: 'Does not change the route.',
    effect: 'none',
  }),
];

const routeMode = modesOf<RouteContext>();
const routeModes: readonly Entry[] = [
  rowsOf<RouteContext>()('tag <value:int>', {
    doc: 'Tag of the route.',
    apply: (context, { value }) => {
      context.tag = value.value;
    },
  }),
  routeMode(
    'next-hop <address:word>',
    {
      doc: 'A gateway on an attached network.',
      enter: (context, { address }, at) => hopOf(context, { ip: address.value }, false, at.span),
    },
    hopRows,
  ),
  routeMode(
    'indirect <address:ip>',
    {
      doc: 'A gateway that is reached by another route.',
      enter: (context, { address }, at) => hopOf(context, { ip: address.value }, true, at.span),
    },
    hopRows,
  ),
  routeMode(
    'interface <name:word>',
    {
      doc: 'An interface.',
      enter: (context, { name }, at) => hopOf(context, { interface: name.value }, false, at.span),
    },
    hopRows,
  ),
  routeMode(
    'blackhole',
    { doc: 'Drops the packets.', enter: (context, _, at) => hopOf(context, { drop: 'discard' }, false, at.span) },
    hopRows,
  ),
];

const mode = modesOf<Instance>();
const row = rowsOf<Instance>();

const aggregateOf = ({ device, vrf }: Instance, prefix: string, span: Span): Mutable<AggregateRoute> => {
  const made: Mutable<AggregateRoute> = { vrf, prefix, kind: 'aggregate', discard: true, span };
  device.aggregateRoutes.push(made);
  return made;
};

const routing: readonly Entry[] = [
  mode(
    'interface <name:word>',
    {
      doc: 'An IP interface.',
      defines: { name: 'interface' },
      enter: (instance, { name }) => ({ ...instance, port: interfaceOf(instance, name) }),
    },
    interfaceRows,
  ),
  row('autonomous-system <asn:asn>', {
    doc: 'AS number of the router.',
    apply: ({ device, vrf }, { asn }) => {
      autonomousSystems.set(device, (autonomousSystems.get(device) ?? new Map()).set(vrf, asn));
    },
  }),
  row('router-id <id:ip4>', {
    doc: 'Identifier of the router.',
    apply: ({ device, vrf }, { id }) => {
      if (vrf === GLOBAL) device.routerId = id;
    },
  }),
  mode('confederation', { doc: 'The router’s AS is a part of a larger one.', enter: (instance) => instance }, [
    row('confed-as-num <asn:asn>', {
      doc: 'AS number that the confederation shows outside.',
      apply: ({ device, vrf }, { asn }) => {
        confederations.set(device, (confederations.get(device) ?? new Map()).set(vrf, { identifier: asn, peers: [] }));
      },
    }),
    row('members <asn:asn>', {
      doc: 'An AS of the confederation.',
      apply: ({ device, vrf }, { asn }) => {
        confederations.get(device)?.get(vrf)?.peers.push(asn.value);
      },
    }),
  ]),
  row('ecmp <count:int>', {
    doc: 'Most equal paths that share traffic.',
    apply: ({ device, vrf }, { count }) => {
      device.ecmp ??= new Map();
      device.ecmp.set(vrf, count);
    },
  }),
  mode('static-routes', { doc: 'Static routes.', enter: (instance) => instance }, [
    mode(
      'route <prefix:prefix> route-type <type:unicast|multicast>',
      {
        doc: 'A static route.',
        enter: (instance, { prefix }): RouteContext => ({ ...instance, prefix: prefix.value }),
      },
      routeModes,
    ),
  ]),
  mode('aggregates', { doc: 'Routes that exist while a longer one does.', enter: (instance) => instance }, [
    mode(
      'aggregate <prefix:prefix>',
      {
        doc: 'A route that exists while a longer one does.',
        enter: (instance, { prefix }, at) => aggregateOf(instance, prefix.value, at.span),
      },
      [
        rowsOf<Mutable<AggregateRoute>>()('summary-only <state:true|false>', {
          doc: 'The longer routes are not announced.',
          apply: (draft, { state }) => {
            (draft as { summaryOnly?: boolean }).summaryOnly = state.value === 'true';
          },
        }),
        rowsOf<Mutable<AggregateRoute>>()(
          '<what:description|as-set|aggregator|community|blackhole|indirect|policy|discard-component-communities|local-preference|tunnel-group> [<rest:rest>]',
          {
            doc: 'Known, and not simulated.',
          },
        ),
      ],
    ),
  ]),
  bgp,
  ospf('ospf', 2),
  ospf('ospf3', 3),
  isis,
  row('<what:bfd|twamp-light|igmp|pim|description> [<rest:rest>]', {
    doc: 'Does not change routes of the unicast table.',
    effect: 'none',
  }),
];

/** Confederations by instance, for BGP as well. */
export const confederations = new WeakMap<
  DeviceDraft,
  Map<string, { readonly identifier: Located<number>; readonly peers: number[] }>
>();

/** AS numbers by instance; BGP takes its own from here, wherever it stands in the file. */
export const autonomousSystems = new WeakMap<DeviceDraft, Map<string, Located<number>>>();

const device = modesOf<DeviceDraft>();

/** `router "Base" { ... }` and the services that route: VPRN and IES. */
export const routers: readonly Entry[] = [
  device(
    'router <name:word>',
    { doc: 'A router instance.', enter: (draft): Instance => ({ device: draft, vrf: GLOBAL }) },
    routing,
  ),
  device('service', { doc: 'Services.', enter: (draft) => draft }, [
    device(
      'vprn <name:word>',
      {
        doc: 'A virtual private routed network: a VRF.',
        defines: { name: 'vrf' },
        enter: (draft, { name }, at): Instance => {
          vrfOf(draft, name.value, at.span);
          return { device: draft, vrf: name.value };
        },
      },
      [
        ...routing,
        mode(
          'bgp-ipvpn',
          { doc: 'Exchange of the service’s routes with other routers.', enter: (instance) => instance },
          [
            mode('mpls', { doc: 'Over MPLS.', enter: (instance) => instance }, [
              row('route-distinguisher <rd:word>', {
                doc: 'Makes the service’s routes distinct in the VPN.',
                apply: ({ device: draft, vrf }, { rd }, at) => {
                  vrfOf(draft, vrf, at.span).routeDistinguisher = rd;
                },
              }),
              mode('vrf-target', { doc: 'Route targets of the service.', enter: (instance) => instance }, [
                row('<which:community|import-community|export-community> <target:word>', {
                  doc: 'Route target that is imported, exported, or both.',
                  apply: ({ device: draft, vrf }, { which, target }, at) => {
                    const value = { value: target.value.replace(/^target:/, ''), span: target.span };
                    const service = vrfOf(draft, vrf, at.span);
                    if (which.value !== 'export-community') service.importTargets.push(value);
                    if (which.value !== 'import-community') service.exportTargets.push(value);
                  },
                }),
              ]),
              mode('vrf-import', { doc: 'Policy on routes that come from the VPN.', enter: (instance) => instance }, [
                row('policy <name:word> [<more:rest>]', {
                  doc: 'Policy on routes that come from the VPN.',
                  refers: { name: 'route-map' },
                  apply: ({ device: draft, vrf }, { name }, at) => {
                    vrfOf(draft, vrf, at.span).importMap = name;
                  },
                }),
              ]),
              mode('vrf-export', { doc: 'Policy on routes that go to the VPN.', enter: (instance) => instance }, [
                row('policy <name:word> [<more:rest>]', {
                  doc: 'Policy on routes that go to the VPN.',
                  refers: { name: 'route-map' },
                  apply: ({ device: draft, vrf }, { name }, at) => {
                    vrfOf(draft, vrf, at.span).exportMap = name;
                  },
                }),
              ]),
              row('<what:admin-state|auto-bind-tunnel> [<rest:rest>]', {
                doc: 'How the VPN’s next hops are reached.',
                effect: 'none',
              }),
            ]),
          ],
        ),
        row('admin-state <state:enable|disable>', {
          doc: 'Whether the service is in use.',
          apply: (instance, { state }, at) => {
            if (state.value === 'disable')
              at.device.notModelled.push({
                span: at.span,
                text: `vprn ${instance.vrf} admin-state disable`,
                mayAffectRouting: true,
              });
          },
        }),
        row('<what:service-id|customer|description|vxlan|snmp> [<rest:rest>]', {
          doc: 'Does not change routes.',
          effect: 'none',
        }),
      ],
    ),
    device(
      'ies <name:word>',
      {
        doc: 'Internet enhanced service: interfaces of the base router.',
        enter: (draft): Instance => ({ device: draft, vrf: GLOBAL }),
      },
      [
        ...routing,
        row('<what:service-id|customer|description|admin-state> [<rest:rest>]', {
          doc: 'Does not change routes.',
          effect: 'none',
        }),
      ],
    ),
    rowsOf<DeviceDraft>()('<what:customer|system> [<rest:rest>]', {
      doc: 'A layer-2 service; it changes no route of the router.',
      effect: 'none',
    }),
  ]),
  device(
    'port <name:word>',
    {
      doc: 'A port.',
      defines: { name: 'interface' },
      enter: (draft, { name }, at) => portOf(draft, name.value, at.span),
    },
    [
      adminState<Interface>((port) => port),
      rowsOf<Interface>()('description <text:rest>', {
        doc: 'A text for people.',
        effect: 'none',
        apply: (port, { text }) => {
          port.description = text;
        },
      }),
      modesOf<Interface>()('ethernet', { doc: 'Ethernet settings.', enter: (port) => port }, [
        rowsOf<Interface>()('mtu <bytes:int>', {
          doc: 'Largest frame, in bytes.',
          apply: (port, { bytes }) => {
            port.mtu = bytes;
          },
        }),
        rowsOf<Interface>()('<what:word> [<rest:rest>]', { doc: 'A setting of the link layer.', effect: 'none' }),
      ]),
      rowsOf<Interface>()('<what:connector|network|access|ddm-events|transceiver|otu> [<rest:rest>]', {
        doc: 'A setting of the port.',
        effect: 'none',
      }),
    ],
  ),
  device(
    'lag <name:word>',
    {
      doc: 'An aggregate.',
      enter: (draft, { name }, at) => ({
        draft,
        lag: portOf(draft, name.value.startsWith('lag-') ? name.value : `lag-${name.value}`, at.span),
      }),
    },
    [
      adminState<{ draft: DeviceDraft; lag: Interface }>(({ lag }) => lag),
      rowsOf<{ draft: DeviceDraft; lag: Interface }>()('port <name:word>', {
        doc: 'A port of the aggregate.',
        apply: ({ draft, lag }, { name }) => {
          portOf(draft, name.value, name.span).aggregate = { value: lag.name, span: name.span };
        },
      }),
      rowsOf<{ draft: DeviceDraft; lag: Interface }>()('<what:word> [<rest:rest>]', {
        doc: 'A setting of the aggregate.',
        effect: 'none',
      }),
    ],
  ),
];
