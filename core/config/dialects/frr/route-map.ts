import type { Entry } from '../../command-table.ts';
import {
  match,
  matchWords,
  routeMap,
  row,
  set,
  setCommunities,
  setNextHop,
  setWords,
  unmatch,
  unset,
} from '../shared/route-map.ts';

// FRR manual, "Route Maps" and "BGP"; daemons' *_routemap.c.
const own: readonly Entry[] = [
  row('match ip next-hop address <address:ip4>', {
    doc: 'Holds for a route with this next hop.',
    apply: (context, { address }, at) =>
      match(context, { kind: 'next-hop', addresses: [address.value], span: at.span }),
    undo: (context) => unmatch(context, 'next-hop'),
  }),
  row('match ipv6 next-hop [address] <address:ip6>', {
    doc: 'Holds for a route with this next hop.',
    apply: (context, { address }, at) =>
      match(context, { kind: 'next-hop', addresses: [address.value], span: at.span }),
    undo: (context) => unmatch(context, 'next-hop'),
  }),
  row('match ip address prefix-len <length:int>', {
    doc: 'Holds for a prefix of this length.',
    apply: (context, { length }, at) =>
      match(context, {
        kind: 'prefix',
        prefix: '0.0.0.0/0',
        minLength: length.value,
        maxLength: length.value,
        span: at.span,
      }),
    undo: (context) => unmatch(context, 'prefix'),
  }),
  row('match ipv6 address prefix-len <length:int>', {
    doc: 'Holds for a prefix of this length.',
    apply: (context, { length }, at) =>
      match(context, {
        kind: 'prefix',
        prefix: '::/0',
        minLength: length.value,
        maxLength: length.value,
        span: at.span,
      }),
    undo: (context) => unmatch(context, 'prefix'),
  }),
  row('match community <list:word> any', {
    doc: 'Holds for a route with any one community of the list.',
    refers: { list: 'community-list' },
    apply: (context, _args, at) => matchWords(context, at),
  }),
  row('match origin <origin:igp|egp|incomplete>', {
    doc: 'Holds for a route of this BGP origin.',
    apply: (context, { origin }, at) => match(context, { kind: 'origin', origin: origin.value, span: at.span }),
    undo: (context) => unmatch(context, 'origin'),
  }),
  row('match peer <peer:peer>', {
    doc: 'Holds for a route of this neighbour; `local` for routes of this device.',
    apply: (context, { peer }, at) => match(context, { kind: 'neighbour', peers: [peer.value], span: at.span }),
    undo: (context) => unmatch(context, 'neighbour'),
  }),
  row('match source-vrf <vrf:word>', {
    doc: 'Holds for a route that comes from this VRF.',
    refers: { vrf: 'vrf' },
    apply: (context, { vrf }, at) => match(context, { kind: 'source-vrf', vrf: vrf.value, span: at.span }),
    undo: (context) => unmatch(context, 'source-vrf'),
  }),
  row('set extcommunity <members:extended-communities>', {
    doc: 'Adds route targets (rt) or a site of origin (soo) to the route.',
    // bgpd/bgp_routemap.c route_set_ecommunity: the new ones are merged with those of the route.
    apply: (context, { members }, at) => setCommunities(context, 'extended', 'add', members.value, at.span),
    undo: (context) =>
      unset(context, 'set-communities', (action) => action.kind === 'set-communities' && action.type === 'extended'),
  }),
  row('set comm-list <list:word> delete', {
    doc: 'Removes the communities that the list permits.',
    refers: { list: 'community-list' },
    apply: (context, { list }, at) => setCommunities(context, 'standard', 'delete', [], at.span, [list]),
    undo: (context) =>
      unset(
        context,
        'set-communities',
        (action) => action.kind === 'set-communities' && action.type === 'standard' && action.operation === 'delete',
      ),
  }),
  row('set large-comm-list <list:word> delete', {
    doc: 'Removes the large communities that the list permits.',
    refers: { list: 'large-community-list' },
    apply: (context, { list }, at) => setCommunities(context, 'large', 'delete', [], at.span, [list]),
    undo: (context) =>
      unset(
        context,
        'set-communities',
        (action) => action.kind === 'set-communities' && action.type === 'large' && action.operation === 'delete',
      ),
  }),
  row('set ipv6 next-hop global <address:ip6>', {
    doc: 'Global IPv6 next hop of the route.',
    apply: (context, { address }, at) => setNextHop(context, 'ipv6', address.value, at.span),
    undo: (context) =>
      unset(context, 'set-next-hop', (action) => action.kind === 'set-next-hop' && action.family === 'ipv6'),
  }),
  row('set ipv6 next-hop prefer-global', {
    doc: 'Prefers the global to the link-local next hop.',
    apply: (context, _args, at) => setWords(context, at),
  }),
  row('set distance <distance:int>', {
    doc: 'Administrative distance of the route on this device.',
    apply: (context, { distance }, at) => set(context, { kind: 'set-distance', value: distance.value, span: at.span }),
    undo: (context) => unset(context, 'set-distance'),
  }),
  row('set src <address:ip>', {
    doc: 'Source address of packets that this device itself sends by the route.',
    effect: 'none',
  }),
  row('call <map:word>', {
    doc: 'Asks another route-map after this term matched; if it denies, the route is denied.',
    refers: { map: 'route-map' },
    apply: ({ term }, { map }, at) => {
      term.actions = term.actions.filter((action) => action.kind !== 'call');
      term.actions.push({ kind: 'call', policy: map, span: at.span });
    },
    undo: (context) => unset(context, 'call'),
  }),
  row('on-match next', {
    doc: 'Goes on at the next term after a match.',
    apply: ({ term }, _args, at) => {
      term.continueAt = { value: 'next', span: at.span };
    },
    undo: ({ term }) => {
      delete term.continueAt;
    },
  }),
  row('on-match goto <sequence:int>', {
    doc: 'Goes on at this sequence number after a match.',
    apply: ({ term }, { sequence }, at) => {
      term.continueAt = { value: sequence.value, span: at.span };
    },
    undo: ({ term }) => {
      delete term.continueAt;
    },
  }),
];

// lib/routemap.c route_map_add_match: a rule of the same command takes the place of the earlier one.
export const frrRouteMap = routeMap({ repeatedMatch: 'replace', severalLists: 'any' }, own);
