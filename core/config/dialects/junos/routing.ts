import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { AggregateRoute, DeviceDraft, StaticRoute } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, GLOBAL, no, vrfOf, yes } from '../shared/drafts.ts';
import { setService } from '../shared/hardening.ts';
import { allowed, bgpGroups, globalGroup } from './bgp.ts';
import { junosInterface } from './interfaces.ts';
import { isis } from './isis.ts';
import { ospf } from './ospf.ts';
import { ribGroups, useRibGroup } from './rib-groups.ts';
import { rip } from './rip.ts';

/** The router itself (`default`) or one of its routing instances. */
export interface Instance {
  readonly device: DeviceDraft;
  readonly vrf: string;
}

const row = rowsOf<Instance>();
const mode = modesOf<Instance>();

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Draft = Mutable<StaticRoute>;

/** The lines of one prefix: each next hop is a route of its own, the other lines hold for all of them. */
interface StaticContext {
  readonly device: DeviceDraft;
  readonly routes: Draft[];
  readonly prefix: string;
  readonly vrf: string;
  readonly span: Span;
  readonly common: Partial<Draft>;
}

// One context per device, table and prefix, so that flat commands of one route meet.
const contexts = new WeakMap<DeviceDraft, Map<string, StaticContext>>();

function staticOf({ device, vrf }: Instance, prefix: string, span: Span): StaticContext {
  const known = contexts.get(device) ?? new Map<string, StaticContext>();
  contexts.set(device, known);
  const key = `${vrf} ${prefix}`;
  const made = known.get(key) ?? { device, routes: [], prefix, vrf, span, common: {} };
  known.set(key, made);
  return made;
}

/** Junos resolves a static next hop by connected routes only, unless `resolve` is set. */
function addHop(context: StaticContext, nextHop: StaticRoute['nextHop'], span: Span, own: Partial<Draft> = {}): Draft {
  const draft: Draft = {
    vrf: context.vrf,
    prefix: context.prefix,
    family: context.prefix.includes(':') ? 'ipv6' : 'ipv4',
    nextHop,
    recursive: false,
    span,
    ...context.common,
    ...own,
  };
  context.routes.push(draft);
  context.device.staticRoutes.push(draft);
  return draft;
}

function setCommon(context: StaticContext, values: Partial<Draft>): void {
  Object.assign(context.common, values);
  for (const draft of context.routes) Object.assign(draft, values);
}

const hop = (text: string): StaticRoute['nextHop'] =>
  /^[\d.]+$|:/.test(text) && !/^[a-z]+-\d/.test(text) ? { ip: text } : { interface: text };

const staticRow = rowsOf<StaticContext>();
const routeRows: readonly Entry[] = [
  staticRow('next-hop <hops:words>', {
    doc: 'Gateways or interfaces of the route.',
    apply: (context, { hops }, at) => {
      for (const text of hops.value) addHop(context, hop(text), at.span);
    },
  }),
  modesOf<StaticContext>()(
    'qualified-next-hop <hop:word>',
    {
      doc: 'A gateway with a preference or metric of its own.',
      enter: (context, { hop: gateway }, at) => {
        const known = context.routes.find(
          ({ nextHop }) => nextHop.ip === gateway.value || nextHop.interface === gateway.value,
        );
        return known ?? addHop(context, hop(gateway.value), at.span);
      },
    },
    [
      rowsOf<Draft>()('preference <value:int>', {
        doc: 'Preference (administrative distance) of this gateway.',
        apply: (draft, { value }) => {
          (draft as { distance?: number }).distance = value.value;
        },
      }),
      rowsOf<Draft>()('metric <value:int>', {
        doc: 'Metric of this gateway.',
        apply: (draft, { value }) => {
          (draft as { metric?: number }).metric = value.value;
        },
      }),
    ],
  ),
  staticRow('next-table <table:word>', {
    doc: 'Looks the destination up in another table.',
    apply: (context, { table }, at) => {
      addHop(context, { vrf: tableVrf(table.value) }, at.span);
    },
  }),
  staticRow('<how:discard|reject|receive>', {
    doc: 'Drops the packets.',
    apply: (context, { how }, at) => {
      addHop(context, { drop: how.value === 'reject' ? 'reject' : 'discard' }, at.span);
    },
  }),
  staticRow('preference <value:int>', {
    doc: 'Preference (administrative distance) of the route.',
    apply: (context, { value }) => setCommon(context, { distance: value.value }),
  }),
  staticRow('metric <value:int>', {
    doc: 'Metric of the route.',
    apply: (context, { value }) => setCommon(context, { metric: value.value }),
  }),
  staticRow('tag <value:int>', {
    doc: 'Tag of the route.',
    apply: (context, { value }) => setCommon(context, { tag: value.value }),
  }),
  staticRow('community <values:words>', {
    doc: 'Communities of the route.',
    apply: (context, { values }) => setCommon(context, { communities: values.value }),
  }),
  staticRow('resolve', {
    doc: 'The gateway may be reached by another route than a connected one.',
    apply: (context) => setCommon(context, { recursive: true }),
  }),
  staticRow('no-resolve', {
    doc: 'The gateway must be attached.',
    apply: (context) => setCommon(context, { recursive: false }),
  }),
  staticRow('no-readvertise', {
    doc: 'No protocol may announce the route.',
    apply: (context) => setCommon(context, { noReadvertise: true }),
  }),
  staticRow('<what:retain|no-retain|install|no-install|passive|active|readvertise>', {
    doc: 'How the route is kept.',
    effect: 'none',
  }),
];

/** `inet.0` is the router's own table, `RED.inet.0` that of an instance. */
const tableVrf = (table: string): string => /^(.*)\.inet6?\.\d+$/.exec(table)?.[1] ?? GLOBAL;

interface StaticDefaults {
  distance?: number;
  metric?: number;
  tag?: number;
}
const defaultsOf = new WeakMap<DeviceDraft, Map<string, StaticDefaults>>();

function setDefault({ device, vrf }: Instance, family: string, values: StaticDefaults): void {
  const known = defaultsOf.get(device) ?? new Map<string, StaticDefaults>();
  defaultsOf.set(device, known);
  known.set(`${vrf} ${family}`, { ...known.get(`${vrf} ${family}`), ...values });
}

/** `static defaults` hold for each route of the table that does not say otherwise. */
export function applyStaticDefaults(device: DeviceDraft): void {
  const known = defaultsOf.get(device);
  if (!known) return;
  device.staticRoutes = device.staticRoutes.map((route) => ({
    ...known.get(`${route.vrf} ${route.family}`),
    ...route,
  }));
}

const staticMode = (family: 'ipv4' | 'ipv6'): Entry =>
  mode('static', { doc: 'Static routes.', enter: (instance) => instance }, [
    row('rib-group <name:word>', {
      doc: 'Static routes are in the tables of the group as well.',
      apply: ({ device, vrf }, { name }, at) =>
        useRibGroup(device, { group: name.value, vrf, family, protocol: 'static', span: at.span }),
    }),
    mode(
      'route <prefix:prefix>',
      { doc: 'A static route.', enter: (instance, { prefix }, at) => staticOf(instance, prefix.value, at.span) },
      routeRows,
    ),
    mode('defaults', { doc: 'What holds for every static route.', enter: (instance) => instance }, [
      row('preference <value:int>', {
        doc: 'Preference of static routes.',
        apply: (instance, { value }) => setDefault(instance, family, { distance: value.value }),
      }),
      row('metric <value:int>', {
        doc: 'Metric of static routes.',
        apply: (instance, { value }) => setDefault(instance, family, { metric: value.value }),
      }),
      row('tag <value:int>', {
        doc: 'Tag of static routes.',
        apply: (instance, { value }) => setDefault(instance, family, { tag: value.value }),
      }),
    ]),
  ]);

type AggregateDraft = Mutable<AggregateRoute>;

function aggregateOf(
  { device, vrf }: Instance,
  kind: AggregateRoute['kind'],
  prefix: string,
  span: Span,
): AggregateDraft {
  const known = device.aggregateRoutes.find(
    (route) => route.vrf === vrf && route.prefix === prefix && route.kind === kind,
  );
  if (known) return known as AggregateDraft;
  const made: AggregateDraft = { vrf, prefix, kind, discard: false, span };
  device.aggregateRoutes.push(made as AggregateRoute);
  return made;
}

const aggregateRow = rowsOf<AggregateDraft>();
const aggregateMode = (kind: 'aggregate' | 'generate'): readonly Entry[] => [
  mode(kind, { doc: 'Routes that exist while a longer one does.', enter: (instance) => instance }, [
    mode(
      'route <prefix:prefix>',
      {
        doc: 'A route that exists while a longer one does.',
        enter: (instance, { prefix }, at) => aggregateOf(instance, kind, prefix.value, at.span),
      },
      [
        aggregateRow('policy <name:word>', {
          doc: 'Which routes contribute.',
          refers: { name: 'route-map' },
          apply: (draft, { name }) => {
            (draft as { policy?: Located<string> }).policy = name;
          },
        }),
        aggregateRow('preference <value:int>', {
          doc: 'Preference of the route.',
          apply: (draft, { value }) => {
            (draft as { distance?: number }).distance = value.value;
          },
        }),
        aggregateRow('<how:discard|reject>', {
          doc: 'Drops packets that no longer route takes.',
          apply: (draft, { how }) => {
            (draft as { discard: boolean }).discard = how.value === 'discard';
          },
        }),
        aggregateRow('community <values:words>', {
          doc: 'Communities of the route.',
          apply: (draft, { values }) => {
            (draft as { communities?: readonly string[] }).communities = values.value;
          },
        }),
        aggregateRow('<what:brief|full|passive|active|as-path> [<rest:rest>]', {
          doc: 'How the path is put together.',
          effect: 'none',
        }),
      ],
    ),
  ]),
];

const routingOptionRows: readonly Entry[] = [
  row('router-id <id:ip4>', {
    doc: 'Identifier of the router.',
    apply: ({ device, vrf }, { id }) => {
      if (vrf === GLOBAL) device.routerId = id;
      else globalGroup(device, vrf, id.span).process.routerId = id;
    },
  }),
  row('autonomous-system <asn:asn> *[loops <loops:int>] *[<more:independent-domain|asdot-notation>] [<rest:rest>]', {
    doc: 'AS number of the router.',
    apply: ({ device, vrf }, { asn, loops }) => {
      const { process, settings } = globalGroup(device, vrf, asn.span);
      process.asn = asn;
      settings.everyFamily ??= { span: asn.span };
      if (loops) settings.everyFamily.allowAsIn ??= allowed(loops);
    },
  }),
  row('confederation <identifier:asn> [members <members:words>]', {
    doc: 'AS number that the confederation shows outside, and the ASes that it is made of.',
    apply: ({ device, vrf }, { identifier, members }) => {
      const { options } = globalGroup(device, vrf, identifier.span).process;
      const peers = (members?.value ?? []).map(Number).filter(Number.isInteger);
      options.confederation = {
        identifier,
        peers: [...new Set([...(options.confederation?.peers ?? []), ...peers])],
      };
    },
  }),
  staticMode('ipv4'),
  ...aggregateMode('aggregate'),
  ...aggregateMode('generate'),
  mode('rib <table:word>', { doc: 'Routes of one table.', enter: (instance) => instance }, [
    staticMode('ipv6'),
    ...aggregateMode('aggregate'),
    ...aggregateMode('generate'),
  ]),
  row('forwarding-table <what:rest>', { doc: 'What is installed in the forwarding table.', effect: 'none' }),
  ribGroups,
  row('interface-routes rib-group [<family:inet|inet6>] <name:word>', {
    doc: 'Connected routes are in the tables of the group as well.',
    apply: ({ device, vrf }, { family, name }, at) =>
      useRibGroup(device, {
        group: name.value,
        vrf,
        family: family?.value === 'inet6' ? 'ipv6' : 'ipv4',
        protocol: 'connected',
        span: at.span,
      }),
  }),
  row('instance-import <names:words>', {
    doc: 'Policies on routes of other instances that this one takes.',
    refers: { names: 'route-map' },
    apply: ({ device, vrf }, { names }, at) => {
      const policies = names.value.map((value) => ({ value, span: names.span }));
      for (const family of ['ipv4', 'ipv6'] as const)
        device.tableLeaks = [
          ...(device.tableLeaks ?? []),
          { from: undefined, to: vrf, family, protocol: undefined, policies, span: at.span },
        ];
    },
  }),
  row('resolution rib <table:word> import <names:words>', {
    doc: 'Policy on the routes that may resolve the next hops of BGP routes.',
    refers: { names: 'route-map' },
    apply: ({ device, vrf }, { table, names }) => {
      const key = vrf === GLOBAL ? tableVrf(table.value) : vrf;
      device.resolutionPolicies ??= new Map();
      const known = device.resolutionPolicies.get(key) ?? [];
      device.resolutionPolicies.set(key, [...known, ...names.value.map((value) => ({ value, span: names.span }))]);
    },
  }),
  row('auto-export [<rest:rest>]', {
    doc: 'Routes go to other instances of the router by their targets.',
    apply: ({ device, vrf }, _, at) => {
      if (vrf !== GLOBAL) vrfOf(device, vrf, at.span).autoExport = yes(at.span);
    },
  }),
  row('<what:multipath|resolution|instance-export|maximum-paths|martians> [<rest:rest>]', {
    doc: 'Known, and not simulated.',
  }),
  row('<what:graceful-restart|nonstop-routing|warm-standby|validation|options> [<rest:rest>]', {
    doc: 'Does not change routes of a converged network.',
    effect: 'none',
  }),
];

const prefixRoutesOf = ({ device, vrf }: Instance, span: Span) => {
  const instance = vrfOf(device, vrf, span);
  instance.prefixRoutes ??= { span };
  return instance.prefixRoutes;
};

/** `protocols evpn` of an instance, and of the router itself. */
const evpnProtocol: Entry = mode('evpn', { doc: 'Ethernet VPN.', enter: (instance) => instance }, [
  mode('ip-prefix-routes', { doc: 'Routes of the instance as type 5 routes.', enter: (instance) => instance }, [
    row('advertise <how:direct-nexthop|gateway-address>', {
      doc: 'Routes of the instance are announced with the router as next hop.',
      apply: (instance, _, at) => {
        prefixRoutesOf(instance, at.span);
      },
    }),
    row('vni <vni:int>', {
      doc: 'VXLAN network of the instance.',
      apply: (instance, { vni }, at) => {
        prefixRoutesOf(instance, at.span).vni = vni;
      },
    }),
    row('<direction:import|export> <name:word>', {
      doc: 'Policy on type 5 routes.',
      refers: { name: 'route-map' },
      apply: (instance, { direction, name }, at) => {
        const routes = prefixRoutesOf(instance, at.span);
        if (direction.value === 'import') routes.importMap = name;
        else routes.exportMap = name;
      },
    }),
    row('encapsulation [<rest:rest>]', { doc: 'How packets are carried.', effect: 'none' }),
  ]),
  row('irb-symmetric-routing vni <vni:int>', {
    doc: 'Hosts of the VLANs become host routes of the instance.',
    apply: ({ device, vrf }, { vni }, at) => {
      vrfOf(device, vrf, at.span).hostRoutes = vni;
    },
  }),
  row('default-gateway <how:no-gateway-community|advertise|do-not-advertise>', {
    doc: 'How the addresses of the router in its VLANs are announced.',
    apply: ({ device }, { how }, at) => {
      device.gatewaysAsHosts = { value: how.value === 'no-gateway-community', span: at.span };
    },
  }),
  row('<what:encapsulation|extended-vni-list|multicast-mode|vni-options|duplicate-mac-detection> [<rest:rest>]', {
    doc: 'A setting of the layer-2 service.',
    effect: 'none',
  }),
]);

const protocolRows: readonly Entry[] = [
  bgpGroups,
  evpnProtocol,
  ospf('ospf', 2),
  ospf('ospf3', 3),
  isis,
  rip,
  row('lldp <rest:rest>', {
    doc: 'Link layer discovery protocol.',
    effect: 'none',
    apply: ({ device }, { rest }, at) => {
      const port = /^interface (\S+)/.exec(rest.value)?.[1];
      if (port === 'all') device.management.services.set('lldp', yes(at.span));
      else if (port !== undefined)
        for (const service of ['lldp-transmit', 'lldp-receive'] as const)
          setService(junosInterface(device, port, at.span), service, {
            value: !/disable$/.test(rest.value),
            span: at.span,
          });
    },
  }),
  row('mpls no-propagate-ttl', {
    doc: 'The time to live of packets is not carried into their labels.',
    effect: 'none',
    apply: ({ device }, _, at) => {
      device.management.services.set('mpls-propagate-ttl', no(at.span));
    },
  }),
  row(
    '<what:lldp-med|igmp-snooping|rstp|mstp|vstp|stp|l2-learning|layer2-control|sflow|router-advertisement|igmp|loop-detect|bfd> [<rest:rest>]',
    {
      doc: 'Does not change routes.',
      effect: 'none',
    },
  ),
];

const routingOptions = mode(
  'routing-options',
  { doc: 'Static routes, router id and AS number.', enter: (instance) => instance },
  routingOptionRows,
);
const protocols = mode('protocols', { doc: 'Routing protocols.', enter: (instance) => instance }, protocolRows);

const fromDevice = modesOf<DeviceDraft>();
const global = (device: DeviceDraft): Instance => ({ device, vrf: GLOBAL });

const target = (text: string): string => text.replace(/^target:/, '');

const instanceRows: readonly Entry[] = [
  routingOptions,
  protocols,
  row('instance-type <type:word>', { doc: 'What the instance is.', effect: 'none' }),
  row('description <text:rest>', { doc: 'A text for people.', effect: 'none' }),
  row('interface <name:word>', {
    doc: 'An interface of the instance.',
    refers: { name: 'interface' },
    apply: ({ device, vrf }, { name }, at) => {
      addOnce(vrfOf(device, vrf, at.span).interfaces, name);
      junosInterface(device, name.value, name.span).vrf = { value: vrf, span: name.span };
    },
  }),
  row('route-distinguisher <rd:word>', {
    doc: 'Makes the instance’s routes distinct in the VPN.',
    apply: ({ device, vrf }, { rd }, at) => {
      vrfOf(device, vrf, at.span).routeDistinguisher = rd;
    },
  }),
  row('vrf-target [<direction:import|export>] <community:word>', {
    doc: 'Route target that the instance imports and exports.',
    apply: ({ device, vrf }, { direction, community }, at) => {
      const instance = vrfOf(device, vrf, at.span);
      const value = { value: target(community.value), span: community.span };
      if (direction?.value !== 'export') addOnce(instance.importTargets, value);
      if (direction?.value !== 'import') addOnce(instance.exportTargets, value);
    },
  }),
  row('vrf-import <name:word>', {
    doc: 'Policy on routes that come from the VPN.',
    refers: { name: 'route-map' },
    apply: ({ device, vrf }, { name }, at) => {
      vrfOf(device, vrf, at.span).importMap = name;
    },
  }),
  row('vrf-export <name:word>', {
    doc: 'Policy on routes that go to the VPN.',
    refers: { name: 'route-map' },
    apply: ({ device, vrf }, { name }, at) => {
      vrfOf(device, vrf, at.span).exportMap = name;
    },
  }),
  row('vrf-table-label', { doc: 'Looks packets from the VPN up in the instance’s table.', effect: 'none' }),
];

/** The interface of a router's tunnels, as which VXLAN has an address here. */
const TUNNELS = 'vtep';

const switchOptions: Entry = fromDevice(
  'switch-options',
  { doc: 'Settings of the switch.', enter: (device) => device },
  [
    rowsOf<DeviceDraft>()('vtep-source-interface <name:word> [<rest:rest>]', {
      doc: 'Interface whose address the VXLAN tunnels have.',
      refers: { name: 'interface' },
      apply: (device, { name }, at) => {
        const tunnels = junosInterface(device, TUNNELS, at.span);
        tunnels.kind = 'tunnel';
        tunnels.tunnel = { mode: { value: 'vxlan', span: at.span }, source: name };
      },
    }),
    rowsOf<DeviceDraft>()('<what:route-distinguisher|vrf-target|vrf-import|vrf-export|service-id> [<rest:rest>]', {
      doc: 'A setting of the layer-2 VPN of the switch.',
      effect: 'none',
    }),
  ],
);

/** Everything that makes routes: `routing-options`, `protocols`, `routing-instances`. */
export const routing: readonly Entry[] = [
  fromDevice('routing-options', { doc: 'Static routes, router id and AS number.', enter: global }, routingOptionRows),
  fromDevice('protocols', { doc: 'Routing protocols.', enter: global }, protocolRows),
  switchOptions,
  fromDevice('routing-instances', { doc: 'Routing instances (VRFs).', enter: (device) => device }, [
    fromDevice(
      '<name:word>',
      {
        doc: 'A routing instance.',
        defines: { name: 'vrf' },
        enter: (device, { name }, at) => {
          vrfOf(device, name.value, at.span);
          return { device, vrf: name.value };
        },
      },
      instanceRows,
    ),
  ]),
];
