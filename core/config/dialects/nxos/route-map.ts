import type { Entry } from '../../command-table.ts';
import { iosRouteMapRows } from '../ios/route-map.ts';
import { match, matchWords, routeMap, row, set, setWords, unmatch, unset } from '../shared/route-map.ts';

/** Lines of IOS that NX-OS does not have, or writes otherwise. */
const foreign =
  /^(match ip next-hop <|match ip route-source <|match source-protocol <protocols|set metric-type internal|set ip default)/;

// Cisco NX-OS Unicast Routing command reference, "match" and "set" commands.
const own: readonly Entry[] = [
  row('match ip route-source prefix-list <lists:names>', {
    doc: 'Holds for a route that was advertised by a router that one of the prefix-lists permits.',
    refers: { lists: 'prefix-list' },
    apply: (context, _args, at) => matchWords(context, at),
  }),
  row('match as-number <numbers:words>', {
    doc: 'Holds for a neighbour with one of the AS numbers.',
    apply: (context, _args, at) => matchWords(context, at),
  }),
  row('match source-protocol <protocol:word> [<instance:word>]', {
    doc: 'Holds for a route of this protocol.',
    apply: (context, { protocol, instance }, at) => {
      if (instance) matchWords(context, at);
      else match(context, { kind: 'protocol', protocols: [protocol.value], span: at.span });
    },
    undo: (context) => unmatch(context, 'protocol'),
  }),
  row('set distance <distance:int>', {
    doc: 'Administrative distance of the route.',
    apply: (context, { distance }, at) => set(context, { kind: 'set-distance', value: distance.value, span: at.span }),
    undo: (context) => unset(context, 'set-distance'),
  }),
  row('set path-selection all [backup <backup:int>] advertise', {
    doc: 'All paths are sent besides the best one, where the additional-paths selection names this map.',
    apply: (context, _args, at) => set(context, { kind: 'select-paths', which: 'all', span: at.span }),
    undo: (context) => unset(context, 'select-paths'),
  }),
  row('set ip next-hop redist-unchanged', {
    doc: 'Keeps the next hop of redistributed routes.',
    apply: (context, _args, at) => setWords(context, at),
  }),
];

// NX-OS adds the lists of a repeated match to those of the first one; one of the lists is enough.
export const nxosRouteMap: Entry = routeMap(
  { repeatedMatch: 'merge', severalLists: 'any' },
  [...own, ...iosRouteMapRows],
  foreign,
);
