import { type Entry, eachOf } from '../../command-table.ts';
import { match, matchWords, routeMap, row, set, setCommunities, unmatch, unset } from '../shared/route-map.ts';

const standard =
  (operation: 'delete' | 'other') =>
  (action: { readonly kind: string; readonly type?: unknown; readonly operation?: unknown }) =>
    action.type === 'standard' && (action.operation === 'delete') === (operation === 'delete');

const comparisons: Readonly<Record<string, (length: number) => { readonly min: number; readonly max: number }>> = {
  '=': (length) => ({ min: length, max: length }),
  '>=': (length) => ({ min: length, max: Number.MAX_SAFE_INTEGER }),
  '<=': (length) => ({ min: 0, max: length }),
};

// Arista EOS user manual, "ACLs and Route Maps".
const own: readonly Entry[] = [
  row('match ip address access-list <lists:names>', {
    doc: 'Holds for a route whose prefix the access-list permits.',
    refers: { lists: 'access-list' },
    apply: (context, { lists }, at) =>
      match(context, { kind: 'access-list', family: 'ipv4', lists: eachOf(lists, at.statement), span: at.span }),
    undo: (context) => unmatch(context, 'access-list', 'ipv4'),
  }),
  row('match ip next-hop <address:ip4>', {
    doc: 'Holds for a route with this next hop.',
    apply: (context, { address }, at) =>
      match(context, { kind: 'next-hop', addresses: [address.value], span: at.span }),
    undo: (context) => unmatch(context, 'next-hop'),
  }),
  row('match community <lists:names> or-results [<exact:exact-match>]', {
    doc: 'Holds for a route that one of the community-lists permits.',
    refers: { lists: 'community-list' },
    apply: (context, { lists, exact }, at) =>
      match(context, {
        kind: 'community-list',
        lists: eachOf(lists, at.statement),
        exact: exact !== undefined,
        span: at.span,
      }),
    undo: (context) => unmatch(context, 'community-list'),
  }),
  row('match as-path length <operator:word> <length:int>', {
    doc: 'Holds for a route whose AS path has so many AS numbers: `=`, `>=` or `<=`.',
    apply: (context, { operator, length }, at) => {
      const bounds = comparisons[operator.value];
      if (!bounds) matchWords(context, at);
      else match(context, { kind: 'as-path-length', ...bounds(length.value), span: at.span });
    },
    undo: (context) => unmatch(context, 'as-path-length'),
  }),
  row('match origin-as <as:asn>', { doc: 'Holds for a route that this AS originated.', effect: 'routing' }),
  row('set metric <sign:+|-> <value:int>', {
    doc: 'Adds to or subtracts from the metric of the route.',
    apply: (context, { sign, value }, at) =>
      set(context, {
        kind: 'set-metric',
        operation: sign.value === '+' ? 'add' : 'subtract',
        value: value.value,
        span: at.span,
      }),
    undo: (context) => unset(context, 'set-metric'),
  }),
  row('set metric igp-metric', {
    doc: 'Metric of the route: the IGP metric of its next hop.',
    apply: (context, _args, at) => set(context, { kind: 'set-metric', operation: 'igp', value: 0, span: at.span }),
    undo: (context) => unset(context, 'set-metric'),
  }),
  row('set metric igp-nexthop-cost', {
    doc: 'Metric of the route: the IGP metric of its next hop.',
    apply: (context, _args, at) => set(context, { kind: 'set-metric', operation: 'igp', value: 0, span: at.span }),
    undo: (context) => unset(context, 'set-metric'),
  }),
  row('set community <members:communities> delete', {
    doc: 'Removes these communities from the route.',
    apply: (context, { members }, at) => setCommunities(context, 'standard', 'delete', members.value, at.span),
    undo: (context) => unset(context, 'set-communities', standard('delete')),
  }),
  row('set community community-list <lists:names> delete', {
    doc: 'Removes the communities of the lists from the route.',
    refers: { lists: 'community-list' },
    apply: (context, { lists }, at) =>
      setCommunities(context, 'standard', 'delete', [], at.span, eachOf(lists, at.statement)),
    undo: (context) => unset(context, 'set-communities', standard('delete')),
  }),
  row('set community community-list <lists:names> [<additive:additive>]', {
    doc: 'Communities of the lists; without additive they take the place of those that the route has.',
    refers: { lists: 'community-list' },
    apply: (context, { lists, additive }, at) =>
      setCommunities(context, 'standard', additive ? 'add' : 'replace', [], at.span, eachOf(lists, at.statement)),
    undo: (context) => unset(context, 'set-communities', standard('other')),
  }),
  row('set extcommunity <members:extended-communities> additive', {
    doc: 'Adds route targets (rt) or sites of origin (soo) to the route.',
    apply: (context, { members }, at) => setCommunities(context, 'extended', 'add', members.value, at.span),
    undo: (context) =>
      unset(context, 'set-communities', (action) => action.kind === 'set-communities' && action.type === 'extended'),
  }),
  row('set extcommunity <members:extended-communities> delete', {
    doc: 'Removes route targets (rt) or sites of origin (soo) from the route.',
    apply: (context, { members }, at) => setCommunities(context, 'extended', 'delete', members.value, at.span),
    undo: (context) =>
      unset(context, 'set-communities', (action) => action.kind === 'set-communities' && action.type === 'extended'),
  }),
  row('set extcommunity <members:extended-communities>', {
    doc: 'Extended communities of the route, in place of those that it has.',
    apply: (context, { members }, at) => setCommunities(context, 'extended', 'replace', members.value, at.span),
    undo: (context) =>
      unset(context, 'set-communities', (action) => action.kind === 'set-communities' && action.type === 'extended'),
  }),
  row('set as-path prepend <as:asn> repeat <count:int>', {
    doc: 'The AS number put in front of the AS path, this many times.',
    apply: (context, { as, count }, at) =>
      set(context, {
        kind: 'prepend-as-path',
        asns: Array<number>(Math.min(count.value, 255)).fill(as.value),
        span: at.span,
      }),
    undo: (context) => unset(context, 'prepend-as-path'),
  }),
  row('set as-path match all replacement <asns:asns>', {
    doc: 'The whole AS path is replaced by these AS numbers.',
    apply: (context, { asns }, at) => set(context, { kind: 'replace-as-path', asns: asns.value, span: at.span }),
    undo: (context) => unset(context, 'replace-as-path'),
  }),
  row('set as-path match all replacement none', {
    doc: 'The whole AS path is removed.',
    apply: (context, _args, at) => set(context, { kind: 'replace-as-path', asns: [], span: at.span }),
    undo: (context) => unset(context, 'replace-as-path'),
  }),
  row('set distance <distance:int>', {
    doc: 'Administrative distance of the route on this device.',
    apply: (context, { distance }, at) => set(context, { kind: 'set-distance', value: distance.value, span: at.span }),
    undo: (context) => unset(context, 'set-distance'),
  }),
  row('sub-route-map <map:word>', {
    doc: 'Asks another route-map after this term matched.',
    refers: { map: 'route-map' },
    apply: ({ term }, { map }, at) => {
      term.actions = term.actions.filter((action) => action.kind !== 'call');
      term.actions.push({ kind: 'call', policy: map, span: at.span });
    },
    undo: (context) => unset(context, 'call'),
  }),
];

// A repeated match takes the place of the first one; several community-lists must all match unless `or-results`.
export const eosRouteMap = routeMap({ repeatedMatch: 'replace', severalLists: 'all' }, own);
