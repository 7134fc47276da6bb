import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { addStaticRoute } from '../shared/static.ts';

interface Hop {
  gateway?: Located<string>;
  interface?: Located<string>;
  drop?: 'discard' | 'reject';
  priority?: Located<number>;
  on: boolean;
  readonly span: Span;
}
interface Route {
  readonly prefix: Located<string>;
  rank?: Located<number>;
  off: boolean;
  monitored?: Located<boolean>;
  readonly hops: Map<string, Hop>;
}

const routes = new WeakMap<DeviceDraft, Map<string, Route>>();

function routeOf(device: DeviceDraft, prefix: Located<string>): Route {
  const known = routes.get(device) ?? new Map<string, Route>();
  routes.set(device, known);
  const made = known.get(prefix.value) ?? { prefix, off: false, hops: new Map() };
  known.set(prefix.value, made);
  return made;
}

function hopOf(route: Route, key: string, span: Span): Hop {
  const made = route.hops.get(key) ?? { on: true, span };
  route.hops.set(key, made);
  return made;
}

const row = rowsOf<Route>();
const hopRow = rowsOf<Hop>();
const hopMode = modesOf<Route>();

const hopRows: readonly Entry[] = [
  hopRow('on', {
    doc: 'The next hop is in use.',
    apply: (hop) => {
      hop.on = true;
    },
  }),
  hopRow('off', {
    doc: 'The next hop is taken away.',
    apply: (hop) => {
      hop.on = false;
    },
  }),
  hopRow('priority <priority:int> [<state:on|off>]', {
    doc: 'Of several next hops those with the lowest priority number are used.',
    apply: (hop, { priority, state }) => {
      hop.priority = priority;
      if (state) hop.on = state.value === 'on';
    },
  }),
  hopRow('monitored-ip [<rest:rest>]', { doc: 'Address whose answers the next hop depends on.' }),
];

const routeRows: readonly Entry[] = [
  hopMode(
    'nexthop gateway address <gateway:ip>',
    {
      doc: 'Gateway of the route.',
      enter: (route, { gateway }, at) => {
        const hop = hopOf(route, gateway.value, at.span);
        hop.gateway = gateway;
        return hop;
      },
    },
    hopRows,
  ),
  hopMode(
    'nexthop gateway logical <interface:word>',
    {
      doc: 'Interface that the packets leave by.',
      enter: (route, { interface: name }, at) => {
        const hop = hopOf(route, name.value, at.span);
        hop.interface = name;
        return hop;
      },
    },
    hopRows,
  ),
  row('nexthop <drop:blackhole|reject>', {
    doc: 'Drops the packets.',
    apply: (route, { drop }, at) => {
      hopOf(route, drop.value, at.span).drop = drop.value === 'reject' ? 'reject' : 'discard';
    },
  }),
  row('rank <rank:word>', {
    doc: 'Rank of the route; 60 unless configured.',
    apply: (route, { rank }) => {
      const value = Number(rank.value);
      if (Number.isInteger(value)) route.rank = { value, span: rank.span };
    },
  }),
  row('off', {
    doc: 'Takes the route away.',
    apply: (route) => {
      route.off = true;
    },
  }),
  row('<what:comment|scopelocal> [<rest:rest>]', { doc: 'A note on the route.', effect: 'none' }),
  row('ping <state:on|off>', {
    doc: 'Whether gateways are watched by pings.',
    apply: (route, { state }, at) => {
      if (state.value === 'on') route.monitored = { value: true, span: at.span };
    },
  }),
];

const enter = (prefix: string | undefined) => (device: DeviceDraft, args: unknown, at: { readonly span: Span }) =>
  routeOf(
    device,
    prefix === undefined ? (args as { prefix: Located<string> }).prefix : { value: prefix, span: at.span },
  );

/** `static-route ...`, `ipv6 static-route ...`. */
export const staticRoutes: readonly Entry[] = [
  modesOf<DeviceDraft>()('static-route default', { doc: 'The default route.', enter: enter('0.0.0.0/0') }, routeRows),
  modesOf<DeviceDraft>()(
    'static-route <prefix:prefix4>',
    { doc: 'A static route.', enter: enter(undefined) },
    routeRows,
  ),
  modesOf<DeviceDraft>()('ipv6 static-route default', { doc: 'The default route.', enter: enter('::/0') }, routeRows),
  modesOf<DeviceDraft>()(
    'ipv6 static-route <prefix:prefix6>',
    { doc: 'A static route.', enter: enter(undefined) },
    routeRows,
  ),
];

/** Makes the static routes once all their lines are known. */
export function finishStatics(device: DeviceDraft): void {
  for (const { prefix, rank, off, hops, monitored } of routes.get(device)?.values() ?? [])
    for (const hop of hops.values())
      if (!off && hop.on)
        addStaticRoute(
          device,
          {
            prefix,
            gateway: hop.gateway,
            interface: hop.interface,
            drop: hop.drop,
            distance: rank,
            metric: hop.priority,
            bfd: monitored,
          },
          hop.span,
        );
}
