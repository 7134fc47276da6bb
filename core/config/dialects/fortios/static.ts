import { type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { GLOBAL } from '../shared/drafts.ts';
import { addStaticRoute } from '../shared/static.ts';
import { type Domain, entries, tableOf } from './context.ts';

interface Route {
  readonly domain: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly span: Span;
  prefix?: Located<string>;
  gateway?: Located<string>;
  interface?: Located<string>;
  distance?: Located<number>;
  priority?: Located<number>;
  vrf?: Located<number>;
  blackhole: boolean;
  enabled: boolean;
  monitored?: Located<boolean>;
  /** Its destination or its way is named by something that is not modelled. */
  foreign: boolean;
}

const routes = new WeakMap<DeviceDraft, Route[]>();
const row = rowsOf<Route>();

const rows: readonly Entry[] = [
  row('dst <prefix:prefix>', {
    doc: 'Network that the route leads to; the default route without it.',
    apply: (route, { prefix }) => {
      route.prefix = prefix;
    },
  }),
  row('gateway <gateway:ip>', {
    doc: 'Gateway of the route.',
    apply: (route, { gateway }) => {
      route.gateway = gateway;
    },
  }),
  row('device <interface:word>', {
    doc: 'Interface that the packets leave by.',
    refers: { interface: 'interface' },
    apply: (route, { interface: name }) => {
      route.interface = name;
    },
  }),
  row('distance <distance:int>', {
    doc: 'Administrative distance; 10 unless configured.',
    apply: (route, { distance }) => {
      route.distance = distance;
    },
  }),
  row('priority <priority:int>', {
    doc: 'Of routes with the same distance those with the lowest number are used.',
    apply: (route, { priority }) => {
      route.priority = priority;
    },
  }),
  row('vrf <number:int>', {
    doc: 'VRF of the route.',
    apply: (route, { number }) => {
      route.vrf = number;
    },
  }),
  row('blackhole <state:enable|disable>', {
    doc: 'Whether the route drops packets.',
    apply: (route, { state }) => {
      route.blackhole = state.value === 'enable';
    },
  }),
  row('status <state:enable|disable>', {
    doc: 'Whether the route is in use.',
    apply: (route, { state }) => {
      route.enabled = state.value === 'enable';
    },
  }),
  row('bfd enable', {
    doc: 'BFD watches the gateway.',
    apply: (route, _, at) => {
      route.monitored = { value: true, span: at.span };
    },
  }),
  row('<what:comment|weight|link-monitor-exempt|bfd> [<rest:rest>]', { doc: 'Changes no route.', effect: 'none' }),
  row(
    '<what:dstaddr|internet-service|internet-service-custom|sdwan|sdwan-zone|virtual-wan-link|dynamic-gateway> [<rest:rest>]',
    {
      doc: 'A destination or a way that is named elsewhere; the route is not modelled.',
      listed: true,
      apply: (route) => {
        route.foreign = true;
      },
    },
  ),
];

const enter =
  (family: Route['family']) =>
  ({ device, vrf }: Domain, _: Located<string>, span: Span): Route => {
    const made: Route = { domain: vrf, family, span, blackhole: false, enabled: true, foreign: false };
    routes.set(device, [...(routes.get(device) ?? []), made]);
    return made;
  };

/** `config router static`, `config router static6`. */
export const staticRoutes: readonly Entry[] = [
  entries<Domain, Route>('router static', 'Static routes.', enter('ipv4'), rows),
  entries<Domain, Route>('router static6', 'Static IPv6 routes.', enter('ipv6'), rows),
];

/** Makes the static routes once all their lines are known. */
export function finishStatics(device: DeviceDraft): void {
  for (const route of routes.get(device) ?? []) {
    if (!route.enabled || route.foreign) continue;
    const table = tableOf(route.domain, route.vrf?.value);
    const everything = { value: route.family === 'ipv4' ? '0.0.0.0/0' : '::/0', span: route.span };
    const unset = route.gateway && /^(0\.0\.0\.0|::)$/.test(route.gateway.value);
    addStaticRoute(
      device,
      {
        ...(table !== GLOBAL && { vrf: { value: table, span: route.span } }),
        prefix: route.prefix ?? everything,
        gateway: unset ? undefined : route.gateway,
        interface: route.interface,
        drop: route.blackhole ? 'discard' : undefined,
        distance: route.distance,
        metric: route.priority,
        bfd: route.monitored,
      },
      route.span,
    );
  }
}
