import { comparePrefixes, parsePrefix } from '../config/address.ts';
import type {
  Adjacency,
  AdjacencyChange,
  NetworkState,
  Route,
  RouteChange,
  Session,
  SessionChange,
  StateDiff,
} from './state.ts';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Global table first, then by name: the order in which states list their VRFs. */
const compareVrfs = (a: string, b: string): number =>
  a === b ? 0 : a === 'default' ? -1 : b === 'default' ? 1 : compareText(a, b);

function comparePrefixTexts(a: string, b: string): number {
  const [x, y] = [parsePrefix(a), parsePrefix(b)];
  return x && y ? comparePrefixes(x, y) : compareText(a, b);
}

/** All that a route does, in one text; the order of equal-cost next hops means nothing. */
const routeKey = ({ protocol, ad, metric, tag, nextHops }: Route): string =>
  [
    protocol,
    ad,
    metric,
    tag ?? '',
    ...nextHops.map(({ ip, interface: port, vrf, drop }) => `${ip}|${port}|${vrf}|${drop ?? false}`).sort(),
  ].join(' ');

const sameRoutes = (a: readonly Route[], b: readonly Route[]): boolean =>
  a.length === b.length &&
  a
    .map(routeKey)
    .sort()
    .every((key, index) => key === b.map(routeKey).sort()[index]);

function byPrefix(routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const found = new Map<string, Route[]>();
  for (const route of routes) {
    const same = found.get(route.prefix);
    if (same) same.push(route);
    else found.set(route.prefix, [route]);
  }
  return found;
}

const union = (
  a: Iterable<string>,
  b: Iterable<string>,
  compare: (x: string, y: string) => number,
): readonly string[] => [...new Set([...a, ...b])].sort(compare);

function routeChanges(before: NetworkState, after: NetworkState): readonly RouteChange[] {
  const changes: RouteChange[] = [];
  for (const node of union(before.nodes.keys(), after.nodes.keys(), compareText)) {
    const [oldVrfs, newVrfs] = [before.nodes.get(node), after.nodes.get(node)];
    for (const vrf of union(oldVrfs?.keys() ?? [], newVrfs?.keys() ?? [], compareVrfs)) {
      const [old, now] = [byPrefix(oldVrfs?.get(vrf)?.routes ?? []), byPrefix(newVrfs?.get(vrf)?.routes ?? [])];
      const own: RouteChange[] = [];
      for (const prefix of new Set([...old.keys(), ...now.keys()])) {
        const [was, is] = [old.get(prefix) ?? [], now.get(prefix) ?? []];
        if (sameRoutes(was, is)) continue;
        own.push({
          node,
          vrf,
          prefix,
          kind: was.length === 0 ? 'added' : is.length === 0 ? 'removed' : 'changed',
          before: was,
          after: is,
        });
      }
      changes.push(...own.sort((a, b) => comparePrefixTexts(a.prefix, b.prefix)));
    }
  }
  return changes;
}

/** Sessions of the two states in pairs, by what names them, in order. */
function pairs<T>(
  before: readonly T[],
  after: readonly T[],
  keys: (one: T) => readonly string[],
): readonly { readonly old: T | undefined; readonly now: T | undefined }[] {
  const index = (list: readonly T[]) => new Map(list.map((one) => [keys(one).join('\n'), one]));
  const [old, now] = [index(before), index(after)];
  return union(old.keys(), now.keys(), compareText).map((key) => ({ old: old.get(key), now: now.get(key) }));
}

const sessionFacts = ({ state, localAs, remoteAs, type, families, peerNode, reason }: Session): string =>
  JSON.stringify([state, localAs, remoteAs, type, [...families].sort(), peerNode, reason?.code ?? null]);

function sessionChanges(before: NetworkState, after: NetworkState): readonly SessionChange[] {
  return pairs(before.sessions, after.sessions, ({ node, vrf, peer }) => [node, vrf, peer]).flatMap(
    ({ old, now }): readonly SessionChange[] => {
      const { node, vrf, peer } = (now ?? old) as Session;
      const change = (kind: SessionChange['kind']): readonly SessionChange[] => [
        { node, vrf, peer, kind, ...(old && { before: old }), ...(now && { after: now }) },
      ];
      if (!old) return change('added');
      if (!now) return change('removed');
      if (sessionFacts(old) === sessionFacts(now)) return [];
      if (old.state === 'established' && now.state === 'down') return change('lost');
      if (old.state === 'down' && now.state === 'established') return change('established');
      return change('changed');
    },
  );
}

function adjacencyChanges(before: NetworkState, after: NetworkState): readonly AdjacencyChange[] {
  const keys = ({ protocol, node, vrf, interface: port, peerNode, peerInterface }: Adjacency) => [
    node,
    vrf,
    protocol,
    port,
    peerNode,
    peerInterface,
  ];
  return pairs(before.adjacencies, after.adjacencies, keys).flatMap(({ old, now }): readonly AdjacencyChange[] => {
    const change = (kind: AdjacencyChange['kind']): readonly AdjacencyChange[] => [
      { kind, ...(old && { before: old }), ...(now && { after: now }) },
    ];
    if (!old) return change('added');
    if (!now) return change('removed');
    if (old.state === now.state) return [];
    return change(now.state === 'down' ? 'lost' : 'established');
  });
}

/** What differs between two states of a lab, in the order of the states: node, VRF, prefix or peer. */
export function diffStates(before: NetworkState, after: NetworkState): StateDiff {
  const routes = routeChanges(before, after);
  const sessions = sessionChanges(before, after);
  const adjacencies = adjacencyChanges(before, after);
  const nodes = new Set([
    ...routes.map(({ node }) => node),
    ...sessions.map(({ node }) => node),
    ...adjacencies.flatMap(({ before: old, after: now }) => (now ?? old)?.node ?? []),
  ]);
  const count = (kind: RouteChange['kind']): number => routes.filter((change) => change.kind === kind).length;
  return {
    routes,
    sessions,
    adjacencies,
    counts: {
      routesAdded: count('added'),
      routesRemoved: count('removed'),
      routesChanged: count('changed'),
      sessionsLost: sessions.filter(({ kind }) => kind === 'lost').length,
      sessionsAdded: sessions.filter(({ kind }) => kind === 'added').length,
      devicesAffected: nodes.size,
    },
  };
}
