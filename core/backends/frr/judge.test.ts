import { describe, expect, it } from 'vitest';
import type { NetworkState, Session } from '../../network/state.ts';
import { type JudgeContext, judge } from './judge.ts';
import type { IgpReading, RouterReading } from './read-router.ts';
import type { BgpPeer } from './readings.ts';

const peer = (more: Partial<BgpPeer> = {}): BgpPeer => ({
  remoteAs: 65002,
  localAs: 65001,
  bgpState: 'Established',
  bgpTimerLastRead: 1_000,
  gracefulRestartInfo: { endOfRibSend: { ipv4Unicast: true }, endOfRibRecv: { ipv4Unicast: true } },
  messageStats: { depthInq: 0, depthOutq: 0, updatesSent: 3, updatesRecv: 3 },
  ...more,
});

const router = (one: BgpPeer, igps: readonly IgpReading[] = [], node = 'r1'): RouterReading => ({
  node,
  routes: [],
  bgp: new Map([['default', new Map([['10.0.0.1', one]])]]),
  igps,
  routeMapsWaiting: false,
});

const EMPTY: NetworkState = {
  nodes: new Map(),
  sessions: [],
  adjacencies: [],
  converged: true,
  rounds: 1,
  notModelled: new Map(),
  caveats: [],
};
const expecting: NetworkState = {
  ...EMPTY,
  sessions: [{ node: 'r1', vrf: 'default', peer: '10.0.0.1', state: 'established' } as Session],
};
const pending = (one: BgpPeer, age: number, expected = EMPTY): readonly string[] => {
  const context: JudgeContext = { age, expected, interfaceOf: (_, port) => port };
  return judge([router(one)], context).pending;
};
const LATE = 20_000;

describe('route-maps', () => {
  it('are waited for as long as a daemon says that they are yet to take effect, and for a while where none says', () => {
    const of = (routeMapsWaiting: boolean | undefined, age: number) =>
      judge([{ ...router(peer()), routeMapsWaiting }], { age, expected: EMPTY, interfaceOf: (_, port) => port })
        .pending;
    expect(of(true, LATE)).toEqual(['route-maps of r1 take effect']);
    expect(of(false, 100)).toEqual([]);
    expect(of(undefined, 100)).toEqual(['route-maps of r1 take effect']);
    expect(of(undefined, LATE)).toEqual([]);
  });
});

describe('a BGP session', () => {
  it('has said everything when End-of-RIB went both ways and nothing is queued', () => {
    expect(pending(peer(), LATE)).toEqual([]);
  });

  it.each([
    [
      'an End-of-RIB that was not received',
      { gracefulRestartInfo: { endOfRibSend: { ipv4Unicast: true }, endOfRibRecv: { ipv4Unicast: false } } },
      'End-of-RIB is missing',
    ],
    ['a queue', { messageStats: { depthInq: 0, depthOutq: 2, updatesSent: 1, updatesRecv: 1 } }, 'messages are queued'],
    ['a neighbour that was not heard for some keepalives', { bgpTimerLastRead: 4_000 }, 'the neighbour is silent'],
  ])('is waited for with %s', (_, more, what) => {
    expect(pending(peer(more), LATE)).toEqual([`the BGP session of r1 with 10.0.0.1: ${what}`]);
  });

  it('that is down is waited for a long time where it should come up, and a short one where it cannot', () => {
    const down = peer({ bgpState: 'Active', lastResetDueTo: 'Waiting for peer OPEN' });
    const refused = peer({ bgpState: 'Idle', lastNotificationReason: 'OPEN Message Error/Bad Peer AS' });
    expect(pending(down, LATE, expecting)).toEqual(['the BGP session of r1 with 10.0.0.1 is Active']);
    expect(pending(down, 90_000, expecting)).toEqual([]);
    expect(pending(refused, 4_000)).toEqual([]);
    expect(pending(down, 4_000)).toEqual(['the BGP session of r1 with 10.0.0.1 is Active']);
  });

  it('changes the fingerprint with every update, and not with time', () => {
    const context: JudgeContext = { age: LATE, expected: EMPTY, interfaceOf: (_, port) => port };
    const of = (one: BgpPeer): string => judge([router(one)], context).fingerprint;
    expect(of(peer({ bgpTimerLastRead: 0 }))).toBe(of(peer()));
    expect(of(peer({ messageStats: { depthInq: 0, depthOutq: 0, updatesSent: 3, updatesRecv: 4 } }))).not.toBe(
      of(peer()),
    );
  });
});

describe('an OSPF adjacency', () => {
  const ospf = (id: string, neighbour: string, database: string): IgpReading => ({
    protocol: 'ospf',
    ids: new Map([['default', id]]),
    neighbours: [
      {
        protocol: 'ospf',
        vrf: 'default',
        port: 'eth1',
        id: neighbour,
        state: 'Full/-',
        up: true,
        settled: true,
        area: '0.0.0.0',
      },
    ],
    databases: new Map([['default 0.0.0.0', database]]),
    computing: false,
  });
  const judged = (a: IgpReading, b: IgpReading): readonly string[] =>
    judge([router(peer(), [a]), router(peer(), [b], 'r2')], {
      age: LATE,
      expected: EMPTY,
      interfaceOf: (_, port) => port,
    }).pending;

  it('is at rest when both ends know each other and have the same announcements', () => {
    expect(judged(ospf('1.1.1.1', '2.2.2.2', 'x'), ospf('2.2.2.2', '1.1.1.1', 'x'))).toEqual([]);
  });

  it('is waited for while the databases differ, or while one end has forgotten the other', () => {
    expect(judged(ospf('1.1.1.1', '2.2.2.2', 'x'), ospf('2.2.2.2', '1.1.1.1', 'y'))).toContain(
      'r1 and r2 have different ospf databases',
    );
    const alone = { ...ospf('2.2.2.2', '1.1.1.1', 'x'), neighbours: [] };
    expect(judged(ospf('1.1.1.1', '2.2.2.2', 'x'), alone)).toEqual(['r2 no longer lists r1 among its ospf neighbours']);
  });
});
