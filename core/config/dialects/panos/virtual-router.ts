import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, GLOBAL, vrfOf } from '../shared/drafts.ts';
import { addStaticRoute } from '../shared/static.ts';
import { bgp } from './bgp.ts';
import { panosInterface } from './interfaces.ts';
import { type RedistProfile, routedInterfaces, routersOf, type VirtualRouter } from './notes.ts';
import { ospf } from './ospf.ts';

/** The virtual router `default` is the global table; every other one is a VRF of its name. */
function routerOf(device: DeviceDraft, name: string, span: Span): VirtualRouter {
  const routers = routersOf(device);
  const known = routers.get(name);
  if (known) return known;
  const vrf = name === 'default' ? GLOBAL : name;
  if (vrf !== GLOBAL) vrfOf(device, vrf, span);
  const made: VirtualRouter = {
    device,
    name,
    vrf,
    bgp: {
      enabled: false,
      rejectDefault: false,
      groups: new Map(),
      imports: new Map(),
      exports: new Map(),
      redistribution: new Map(),
      aggregates: new Map(),
    },
    ospf: { enabled: false, exports: new Map() },
    profiles: new Map(),
    ecmp: false,
  };
  routers.set(name, made);
  return made;
}

// ---- static routes ---------------------------------------------------------------------------------------------------

interface StaticContext {
  readonly router: VirtualRouter;
  readonly name: Located<string>;
  readonly span: Span;
  destination?: Located<string>;
  gateway?: Located<string>;
  interface?: Located<string>;
  nextRouter?: string;
  drop?: 'discard';
  distance?: Located<number>;
  metric?: Located<number>;
  /** Watched by pings or by BFD. */
  monitored?: boolean;
  /** In no table (`route-table no-install`), or with a next hop that is not modelled. */
  absent?: boolean;
}

const statics = new WeakMap<VirtualRouter, StaticContext[]>();

const staticRow = rowsOf<StaticContext>();
const staticMode = modesOf<StaticContext>();

const nextHopRows: readonly Entry[] = [
  staticRow('<kind:ip-address|ipv6-address> <gateway:ip>', {
    doc: 'Gateway of the route.',
    apply: (route, { gateway }) => {
      route.gateway = gateway;
    },
  }),
  staticRow('next-vr <router:word>', {
    doc: 'The route leads into another virtual router.',
    refers: { router: 'vrf' },
    apply: (route, { router }) => {
      route.nextRouter = router.value === 'default' ? GLOBAL : router.value;
    },
  }),
  staticRow('discard', {
    doc: 'The route drops packets.',
    apply: (route) => {
      route.drop = 'discard';
    },
  }),
  staticRow('<kind:fqdn|receive|next-lr> [<rest:rest>]', {
    doc: 'A next hop that is not modelled.',
    listed: true,
    apply: (route) => {
      route.absent = true;
    },
  }),
];

const staticRows: readonly Entry[] = [
  staticRow('destination <destination:prefix>', {
    doc: 'Network that the route leads to.',
    apply: (route, { destination }) => {
      route.destination = destination;
    },
  }),
  staticMode('nexthop', { doc: 'Where the packets go.', enter: (route) => route }, nextHopRows),
  staticRow('interface <interface:word>', {
    doc: 'Interface that the packets leave by.',
    refers: { interface: 'interface' },
    apply: (route, { interface: name }) => {
      route.interface = name;
    },
  }),
  staticRow('admin-dist <distance:int>', {
    doc: 'Administrative distance; 10 unless configured.',
    apply: (route, { distance }) => {
      route.distance = distance;
    },
  }),
  staticRow('metric <metric:int>', {
    doc: 'Metric among routes of the same distance.',
    apply: (route, { metric }) => {
      route.metric = metric;
    },
  }),
  staticMode('route-table', { doc: 'Tables that the route is in.', enter: (route) => route }, [
    staticRow('<table:unicast|both>', { doc: 'The unicast table; the default.', effect: 'none' }),
    staticRow('<table:multicast|no-install>', {
      doc: 'Not in the unicast table.',
      apply: (route) => {
        route.absent = true;
      },
    }),
  ]),
  staticRow('path-monitor enable no', { doc: 'The route is not watched.', effect: 'none' }),
  staticRow('path-monitor [<rest:rest>]', {
    doc: 'Withdraws the route where pings are not answered.',
    listed: true,
    apply: (route) => {
      route.monitored = true;
    },
  }),
  staticRow('bfd profile None', { doc: 'No BFD; the default.', effect: 'none' }),
  staticRow('bfd [<rest:rest>]', {
    doc: 'Withdraws the route where BFD finds the gateway down.',
    apply: (route) => {
      route.monitored = true;
    },
  }),
  staticRow('option [<rest:rest>]', { doc: 'Options of the route.', effect: 'none' }),
];

const staticRoutes: Entry = modesOf<VirtualRouter>()(
  'routing-table',
  { doc: 'Routes that are configured.', enter: (router) => router },
  [
    ...(['ip', 'ipv6'] as const).map((family) =>
      modesOf<VirtualRouter>()(family, { doc: 'Routes of one family.', enter: (router) => router }, [
        modesOf<VirtualRouter>()('static-route', { doc: 'Static routes.', enter: (router) => router }, [
          modesOf<VirtualRouter>()(
            '<name:word>',
            {
              doc: 'A static route.',
              enter: (router, { name }, at): StaticContext => {
                const made: StaticContext = { router, name, span: at.span };
                statics.set(router, [...(statics.get(router) ?? []), made]);
                return made;
              },
            },
            staticRows,
          ),
        ]),
      ]),
    ),
  ],
);

/** Makes the static routes of a virtual router, once all their lines are known. */
export function finishStatics(router: VirtualRouter): void {
  for (const route of statics.get(router) ?? []) {
    if (!route.destination || route.absent) continue;
    addStaticRoute(
      router.device,
      {
        ...(router.vrf !== GLOBAL && { vrf: { value: router.vrf, span: route.span } }),
        prefix: route.destination,
        gateway: route.gateway,
        interface: route.nextRouter === undefined ? route.interface : undefined,
        drop: route.drop,
        nextHopVrf: route.nextRouter,
        distance: route.distance,
        metric: route.metric,
        name: route.name,
        ...(route.monitored && { bfd: { value: true, span: route.span } }),
      },
      route.span,
    );
  }
}

// ---- redistribution profiles --------------------------------------------------------------------------------------------

const profileRow = rowsOf<RedistProfile>();
const profileMode = modesOf<RedistProfile>();
const addAll = (list: Located<string>[], names: Located<readonly string[]>): void => {
  for (const value of names.value) addOnce(list, { value, span: names.span });
};

const filterRows: readonly Entry[] = [
  profileRow('type <types:words>', {
    doc: 'Kinds of routes.',
    apply: (profile, { types }) => {
      for (const type of types.value) profile.types.add(type);
    },
  }),
  profileRow('destination <prefixes:words>', {
    doc: 'Networks of the routes.',
    apply: (profile, { prefixes }) => addAll(profile.destinations, prefixes),
  }),
  profileRow('interface <names:words>', {
    doc: 'Interfaces that the routes leave by.',
    apply: (profile, { names }) => addAll(profile.interfaces, names),
  }),
  profileRow('nexthop <addresses:words>', {
    doc: 'Gateways of the routes.',
    apply: (profile, { addresses }) => addAll(profile.nextHops, addresses),
  }),
];

const redistProfile: Entry = modesOf<VirtualRouter>()(
  '<which:redist-profile|redist-profile-ipv6> <name:word>',
  {
    doc: 'Says which routes one protocol hands to another.',
    enter: (router, { name }, at): RedistProfile => {
      const known = router.profiles.get(name.value);
      if (known) return known;
      const made: RedistProfile = {
        name: name.value,
        span: at.span,
        priority: 0,
        redistributes: false,
        types: new Set(),
        destinations: [],
        interfaces: [],
        nextHops: [],
      };
      router.profiles.set(name.value, made);
      return made;
    },
  },
  [
    profileRow('priority <value:int>', {
      doc: 'Profiles are asked in this order, the lowest first.',
      apply: (profile, { value }) => {
        profile.priority = value.value;
      },
    }),
    profileMode('action', { doc: 'What happens to the routes.', enter: (profile) => profile }, [
      profileRow('redist', {
        doc: 'They are handed on.',
        apply: (profile) => {
          profile.redistributes = true;
        },
      }),
      profileRow('no-redist', { doc: 'They are not handed on.', apply: () => undefined }),
    ]),
    profileMode('filter', { doc: 'Which routes are meant.', enter: (profile) => profile }, filterRows),
  ],
);

// ---- the virtual router ---------------------------------------------------------------------------------------------------

const row = rowsOf<VirtualRouter>();
const mode = modesOf<VirtualRouter>();

const distances: Entry = mode('admin-dists', { doc: 'Administrative distances.', enter: (router) => router }, [
  row('<source:word> <value:int>', {
    doc: 'Distance of one kind of route, where it is not the default one.',
    apply: (router, { source, value }, at) => {
      if (DEFAULT_DISTANCES[source.value] !== value.value)
        router.device.notModelled.push({
          span: at.span,
          text: `virtual-router ${router.name} admin-dists ${source.value} ${value.value}`,
          mayAffectRouting: true,
        });
    },
  }),
]);

const DEFAULT_DISTANCES: Readonly<Record<string, number>> = {
  static: 10,
  'static-ipv6': 10,
  'ospf-int': 30,
  'ospf-ext': 110,
  'ospfv3-int': 30,
  'ospfv3-ext': 110,
  ibgp: 200,
  ebgp: 20,
  rip: 120,
};

/** `network virtual-router NAME ...`. */
export const virtualRouter: Entry = modesOf<DeviceDraft>()(
  'virtual-router',
  { doc: 'Virtual routers: tables of routes with their protocols.', enter: (device) => device },
  [
    modesOf<DeviceDraft>()(
      '<name:word>',
      {
        doc: 'A virtual router.',
        defines: { name: 'vrf' },
        enter: (device, { name }, at) => routerOf(device, name.value, at.span),
      },
      [
        row('interface <names:words>', {
          doc: 'Interfaces of the virtual router.',
          refers: { names: 'interface' },
          apply: (router, { names }) => {
            for (const value of names.value) {
              const port = panosInterface(router.device, value, names.span);
              routedInterfaces(router.device).add(value);
              if (router.vrf === GLOBAL) continue;
              port.vrf = { value: router.vrf, span: names.span };
              addOnce(vrfOf(router.device, router.vrf, names.span).interfaces, { value, span: names.span });
            }
          },
        }),
        staticRoutes,
        mode('protocol', { doc: 'Routing protocols.', enter: (router) => router }, [
          bgp,
          ospf,
          redistProfile,
          row('<name:ospfv3|rip> enable no', { doc: 'The protocol is off.', effect: 'none' }),
        ]),
        mode('ecmp', { doc: 'Shares traffic between equal paths.', enter: (router) => router }, [
          row('enable <state:yes|no>', {
            doc: 'Whether traffic is shared.',
            apply: (router, { state }) => {
              router.ecmp = state.value === 'yes';
            },
          }),
          row('max-path <count:int>', {
            doc: 'Most equal paths.',
            apply: (router, { count }) => {
              router.maximumPaths = count;
            },
          }),
          row('<what:algorithm|symmetric-return|strict-source-path> [<rest:rest>]', {
            doc: 'How traffic is shared.',
            effect: 'none',
          }),
        ]),
        distances,
      ],
    ),
  ],
);
