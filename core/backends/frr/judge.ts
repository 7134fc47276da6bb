/*
 * Whether a twin has come to rest. A table that stands still proves nothing by itself: it stands still just as well
 * while everybody waits for somebody. So each protocol is asked for the sign that it has said all that it has to say,
 * and the time without any change comes on top of that.
 */
import type { NetworkState } from '../../network/state.ts';
import type { IgpNeighbour, IgpReading, RouterReading } from './read-router.ts';
import type { BgpPeer, ZebraRoute } from './readings.ts';

export interface JudgeContext {
  /** Milliseconds since the last router was started or cable plugged. */
  readonly age: number;
  /**
   * What the simulator expects. It only says how long a session that is down is waited for; what is measured is never
   * taken from it.
   */
  readonly expected: NetworkState;
  /** Device interface behind a port of the twin. */
  readonly interfaceOf: (node: string, port: string) => string;
}

export interface Judgement {
  /** What the twin still waits for, a sentence each; empty when everything that can be said was said. */
  readonly pending: readonly string[];
  /** Changes whenever anything that counts changes. */
  readonly fingerprint: string;
}

/** How long something that is not there is waited for, in milliseconds since the last start. */
const PATIENCE = {
  /** A session that should come up: several attempts, 5 s apart, and an interior protocol before them. */
  expectedSession: 60_000,
  /** A session that nobody expects, with a neighbour that does not answer. */
  silentNeighbour: 8_000,
  /** A session that a daemon says cannot come up; the interior protocols are waited for by themselves. */
  refusedSession: 3_000,
  /** An adjacency: hello and waiting time of a broadcast network (RFC 2328: 10 s and 40 s), and its election. */
  expectedAdjacency: 70_000,
  /** One that does not get beyond its beginnings, such as with different MTUs. */
  stuckAdjacency: 30_000,
  /** Route-maps take effect up to 2 s after they were read: where a daemon does not say whether they have. */
  routeMaps: 3_500,
  /** Long enough for a first hello where nothing is expected. */
  firstHello: 12_000,
} as const;

/** A session of which nothing was read for longer is dead or about to be: keepalives come every second. */
const SILENCE_MS = 2_500;

export function judge(readings: readonly RouterReading[], context: JudgeContext): Judgement {
  return {
    pending: [
      ...pendingRouteMaps(readings, context),
      ...pendingSessions(readings, context),
      ...pendingAdjacencies(readings, context),
    ],
    fingerprint: fingerprint(readings),
  };
}

const pendingRouteMaps = (readings: readonly RouterReading[], { age }: JudgeContext): string[] =>
  readings
    .filter(({ routeMapsWaiting }) => routeMapsWaiting ?? age < PATIENCE.routeMaps)
    .map(({ node }) => `route-maps of ${node} take effect`);

/** Reasons of bgpd (bgp_fsm.c peer_down_str, bgp_debug.c) that do not go away by waiting. */
const DEFINITE = /admin|No AFI\/SAFI|Waiting for NHT|Bad Peer AS|Notification|max.?prefix|prefix.*limit|passive/i;

function pendingSessions(readings: readonly RouterReading[], { age, expected }: JudgeContext): string[] {
  const wanted = new Set(
    expected.sessions
      .filter(({ state }) => state === 'established')
      .map(({ node, vrf, peer }) => `${node} ${vrf} ${peer}`),
  );
  return readings.flatMap(({ node, bgp }) =>
    [...bgp].flatMap(([vrf, peers]) =>
      [...peers].flatMap(([name, peer]): string[] => {
        const session = `the BGP session of ${node} with ${name}`;
        if (peer.bgpState === 'Established') return whatIsMissing(peer).map((what) => `${session}: ${what}`);
        const reason = `${peer.lastNotificationReason ?? ''} ${peer.lastResetDueTo ?? ''}`.trim();
        const patience = wanted.has(`${node} ${vrf} ${name}`)
          ? PATIENCE.expectedSession
          : DEFINITE.test(reason)
            ? PATIENCE.refusedSession
            : PATIENCE.silentNeighbour;
        return age < patience ? [`${session} is ${peer.bgpState}`] : [];
      }),
    ),
  );
}

function whatIsMissing({
  gracefulRestartInfo,
  messageStats,
  addressFamilyInfo,
  bgpTimerLastRead = 0,
}: BgpPeer): string[] {
  const { endOfRibSend = {}, endOfRibRecv = {} } = gracefulRestartInfo ?? {};
  const open = (marks: Readonly<Record<string, boolean>>): boolean => Object.values(marks).some((done) => !done);
  const queued =
    (messageStats?.depthInq ?? 0) + (messageStats?.depthOutq ?? 0) > 0 ||
    Object.values(addressFamilyInfo ?? {}).some(({ packetQueueLength = 0 }) => packetQueueLength > 0);
  return [
    ...(open(endOfRibSend) || open(endOfRibRecv) ? ['End-of-RIB is missing'] : []),
    ...(queued ? ['messages are queued'] : []),
    ...(bgpTimerLastRead > SILENCE_MS ? ['the neighbour is silent'] : []),
  ];
}

function pendingAdjacencies(readings: readonly RouterReading[], context: JudgeContext): string[] {
  const { age, expected, interfaceOf } = context;
  const all = readings.flatMap(({ node, igps }) => igps.map((igp) => ({ node, igp })));
  const owners = new Map(
    all.flatMap(({ node, igp }) => [...igp.ids].map(([vrf, id]) => [`${igp.protocol} ${vrf} ${id}`, { node, igp }])),
  );
  const pending: string[] = [];
  if (all.length > 0 && age < PATIENCE.firstHello) pending.push('the first hellos are on their way');
  const seen = new Set<string>();
  for (const { node, igp } of all) {
    if (igp.computing) pending.push(`${node} computes shortest paths`);
    for (const neighbour of igp.neighbours) {
      const { protocol, vrf, id, port, state, settled, up } = neighbour;
      if (up) seen.add(`${protocol} ${node} ${interfaceOf(node, port).toLowerCase()}`);
      if (!settled) {
        if (up || age < PATIENCE.stuckAdjacency)
          pending.push(`the ${protocol} neighbour ${id} of ${node} on ${port} is ${state}`);
        continue;
      }
      const far = owners.get(`${protocol} ${vrf} ${id}`);
      const [own] = [igp.ids.get(vrf)];
      if (!far || own === undefined) continue;
      if (!far.igp.neighbours.some((one) => one.vrf === vrf && one.id === own && one.up))
        pending.push(`${far.node} no longer lists ${node} among its ${protocol} neighbours`);
      else if (!sameDatabase(igp, far.igp, neighbour))
        pending.push(`${node} and ${far.node} have different ${protocol} databases`);
    }
  }
  for (const { protocol, node, interface: port, peerNode, state } of expected.adjacencies) {
    if (state !== 'up' || protocol === 'eigrp' || seen.has(`${protocol} ${node} ${port.toLowerCase()}`)) continue;
    if (readings.some((one) => one.node === node) && age < PATIENCE.expectedAdjacency)
      pending.push(`the ${protocol} adjacency of ${node} with ${peerNode} on ${port} is not up`);
  }
  return pending;
}

/** Neighbours that are full have the same announcements of the area that they share (RFC 2328 section 10; ISO 10589). */
function sameDatabase(a: IgpReading, b: IgpReading, { state, vrf, area, protocol }: IgpNeighbour): boolean {
  if (protocol === 'ospf' && !/^full/i.test(state)) return true;
  const keys = area === '' ? [...a.databases.keys()].filter((key) => b.databases.has(key)) : [`${vrf} ${area}`];
  return keys.every((key) => a.databases.get(key) === b.databases.get(key));
}

/** A route as it counts: without ages, numbers of groups and internal flags. */
export const routeText = ({
  vrfName,
  prefix,
  protocol,
  distance,
  metric,
  tag,
  selected,
  nexthops = [],
}: ZebraRoute): string =>
  `${vrfName} ${prefix} ${protocol} ${distance}/${metric} ${tag ?? ''} ${selected ?? false} ${nexthops
    .map(
      ({ ip, interfaceName, active, blackhole }) =>
        `${ip ?? ''}@${interfaceName ?? ''}${active ? '' : '!'}${blackhole ? '#' : ''}`,
    )
    .sort()
    .join(',')}`;

function fingerprint(readings: readonly RouterReading[]): string {
  return readings
    .map(({ node, routes, bgp, igps }) =>
      [
        node,
        ...routes.map(routeText).sort(),
        ...[...bgp].flatMap(([vrf, peers]) =>
          [...peers].map(
            ([name, { bgpState, messageStats }]) =>
              `${vrf} ${name} ${bgpState === 'Established' ? `up ${messageStats?.updatesSent} ${messageStats?.updatesRecv}` : 'down'}`,
          ),
        ),
        ...igps.flatMap(({ protocol, neighbours, databases }) => [
          ...neighbours.map(({ port, id, state }) => `${protocol} ${port} ${id} ${state}`),
          ...[...databases].map(([key, text]) => `${protocol} ${key} ${text}`),
        ]),
      ].join('\n'),
    )
    .join('\n\n');
}
