import type { Entry } from '../../command-table.ts';
import { match, matchWords, routeMap, row, set, setCommunities, unmatch, unset } from '../shared/route-map.ts';

// Cisco IOS IP Routing: Protocol-Independent and BGP command references.
export const iosRouteMapRows: readonly Entry[] = [
  row('match ip next-hop <lists:names>', {
    doc: 'Holds for a route whose next hop one of the access-lists permits.',
    refers: { lists: 'access-list' },
    apply: (context, _args, at) => matchWords(context, at),
  }),
  row('match ip route-source <lists:names>', {
    doc: 'Holds for a route that was advertised by a router that one of the access-lists permits.',
    refers: { lists: 'access-list' },
    apply: (context, _args, at) => matchWords(context, at),
  }),
  row('match ipv6 address <list:word>', {
    doc: 'Holds for a route whose prefix the access-list permits.',
    refers: { list: 'ipv6-access-list' },
    apply: (context, { list }, at) =>
      match(context, { kind: 'access-list', family: 'ipv6', lists: [list], span: at.span }),
    undo: (context) => unmatch(context, 'access-list', 'ipv6'),
  }),
  row('match metric <metric:int> +- <deviation:int>', {
    doc: 'Holds for a route whose metric is within the deviation.',
    apply: (context, { metric, deviation }, at) =>
      match(context, {
        kind: 'metric',
        min: Math.max(0, metric.value - deviation.value),
        max: metric.value + deviation.value,
        span: at.span,
      }),
    undo: (context) => unmatch(context, 'metric'),
  }),
  row('set metric <bandwidth:int> <delay:signed> <reliability:int> <load:int> <mtu:int>', {
    doc: 'EIGRP metric: bandwidth in kbit/s, delay in tens of microseconds, reliability, load, MTU.',
    apply: (context, { bandwidth, delay, reliability, load, mtu }, at) =>
      set(context, {
        kind: 'set-eigrp-metric',
        values: [bandwidth.value, delay.value, reliability.value, load.value, mtu.value],
        span: at.span,
      }),
    undo: (context) => unset(context, 'set-eigrp-metric'),
  }),
  row('set metric-type internal', {
    doc: 'MED of routes to external neighbours: the IGP metric of the next hop.',
    apply: (context, _args, at) => set(context, { kind: 'set-metric', operation: 'igp', value: 0, span: at.span }),
    undo: (context) => unset(context, 'set-metric'),
  }),
  row('set comm-list <list:word> delete', {
    doc: 'Removes the communities that the list permits.',
    refers: { list: 'community-list' },
    apply: (context, { list }, at) => setCommunities(context, 'standard', 'delete', [], at.span, [list]),
    undo: (context) =>
      unset(
        context,
        'set-communities',
        (action) => action.kind === 'set-communities' && action.operation === 'delete' && action.type === 'standard',
      ),
  }),
  row('set extcomm-list <list:word> delete', {
    doc: 'Removes the extended communities that the list permits.',
    refers: { list: 'extended-community-list' },
    apply: (context, { list }, at) => setCommunities(context, 'extended', 'delete', [], at.span, [list]),
    undo: (context) =>
      unset(
        context,
        'set-communities',
        (action) => action.kind === 'set-communities' && action.operation === 'delete' && action.type === 'extended',
      ),
  }),
  row('set extcommunity cost [<point:igp|pre-bestpath>] <id:int> <cost:int>', {
    doc: 'Cost of the path, compared before all else or after the IGP metric; neighbours outside of the AS do not get it.',
    apply: (context, { point, id, cost }, at) =>
      setCommunities(context, 'extended', 'add', [`cost:${point?.value ?? 'igp'}:${id.value}:${cost.value}`], at.span),
    undo: (context) =>
      unset(context, 'set-communities', (action) => action.kind === 'set-communities' && action.type === 'extended'),
  }),
  row('set extcommunity <members:extended-communities> [<additive:additive>]', {
    doc: 'Route targets (rt) or site of origin (soo); without additive route targets take the place of those that the route has.',
    apply: (context, { members, additive }, at) =>
      setCommunities(
        context,
        'extended',
        additive || members.value[0]?.startsWith('soo') ? 'add' : 'replace',
        members.value,
        at.span,
      ),
    undo: (context) =>
      unset(context, 'set-communities', (action) => action.kind === 'set-communities' && action.type === 'extended'),
  }),
  row('set ip default next-hop <address:ip4>', {
    doc: 'Policy routing: next hop for packets without a route.',
    effect: 'routing',
  }),
];

// IOS adds the lists of a repeated match to those of the first one; one of the lists is enough.
export const iosRouteMap = routeMap({ repeatedMatch: 'merge', severalLists: 'any' }, iosRouteMapRows);
