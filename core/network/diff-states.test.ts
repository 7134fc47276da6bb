import { describe, expect, it } from 'vitest';
import { diffStates } from './diff-states.ts';
import type { Adjacency, NetworkState, NextHop, Route, Session } from './state.ts';

const hop = (ip: string): NextHop => ({ ip, interface: null, vrf: null });
const route = (prefix: string, ...ips: string[]): Route => ({
  prefix,
  protocol: 'static',
  ad: 1,
  metric: 0,
  nextHops: ips.map(hop),
});
const session = (peer: string, more: Partial<Session> = {}): Session => ({
  node: 'r1',
  vrf: 'default',
  peer,
  peerNode: null,
  localAs: 65001,
  remoteAs: 65002,
  type: 'ebgp',
  families: ['ipv4-unicast'],
  state: 'established',
  span: { line: 0, start: 0, end: 1 },
  ...more,
});
const adjacency = (peerNode: string, state: Adjacency['state']): Adjacency => ({
  protocol: 'ospf',
  node: 'r1',
  vrf: 'default',
  interface: 'eth1',
  peerNode,
  peerInterface: 'eth1',
  state,
});
const state = (
  tables: Readonly<Record<string, Readonly<Record<string, readonly Route[]>>>>,
  sessions: readonly Session[] = [],
  adjacencies: readonly Adjacency[] = [],
): NetworkState => ({
  nodes: new Map(
    Object.entries(tables).map(([node, vrfs]) => [
      node,
      new Map(Object.entries(vrfs).map(([vrf, routes]) => [vrf, { routes }])),
    ]),
  ),
  sessions,
  adjacencies,
  converged: true,
  rounds: 1,
  notModelled: new Map(),
  caveats: [],
});

describe('the difference of two states', () => {
  it('is empty for the same state, in whatever order its next hops and tables are listed', () => {
    const a = state({ r1: { default: [route('10.0.0.0/8', '192.0.2.1', '192.0.2.2')] } }, [
      session('a'),
      session('b', { families: ['ipv4-unicast', 'ipv6-unicast'] }),
    ]);
    const b = state({ r1: { default: [route('10.0.0.0/8', '192.0.2.2', '192.0.2.1')] } }, [
      session('b', { families: ['ipv6-unicast', 'ipv4-unicast'] }),
      session('a'),
    ]);
    expect(diffStates(a, b)).toEqual({
      routes: [],
      sessions: [],
      adjacencies: [],
      counts: {
        routesAdded: 0,
        routesRemoved: 0,
        routesChanged: 0,
        sessionsLost: 0,
        sessionsAdded: 0,
        devicesAffected: 0,
      },
    });
  });

  it('lists routes by node, VRF and prefix, as added, removed or changed', () => {
    const before = state({
      r2: { default: [route('10.9.0.0/16', '192.0.2.1')] },
      r1: { default: [route('10.2.0.0/16', '192.0.2.1'), route('10.10.0.0/16', '192.0.2.1')] },
    });
    const after = state({
      r1: {
        A: [route('10.0.0.0/8', '192.0.2.1')],
        default: [route('2001:db8::/32', '2001:db8::1'), route('10.10.0.0/16', '192.0.2.7')],
      },
      r2: { default: [route('10.9.0.0/16', '192.0.2.1')] },
    });
    const { routes, counts } = diffStates(before, after);
    expect(routes.map(({ node, vrf, prefix, kind }) => `${node} ${vrf} ${prefix} ${kind}`)).toEqual([
      'r1 default 10.2.0.0/16 removed',
      'r1 default 10.10.0.0/16 changed',
      'r1 default 2001:db8::/32 added',
      'r1 A 10.0.0.0/8 added',
    ]);
    expect(counts).toMatchObject({ routesAdded: 2, routesRemoved: 1, routesChanged: 1, devicesAffected: 1 });
  });

  it('keeps several routes for one prefix together', () => {
    const two = [route('10.0.0.0/8', '192.0.2.1'), { ...route('10.0.0.0/8', '192.0.2.2'), metric: 5 }];
    const { routes } = diffStates(state({ r1: { default: two } }), state({ r1: { default: two.slice(0, 1) } }));
    expect(routes).toMatchObject([
      { kind: 'changed', before: [expect.anything(), expect.anything()], after: [expect.anything()] },
    ]);
  });

  it('tells a lost session from one that is no longer configured', () => {
    const down = { code: 'as-mismatch', text: 'peer expects AS 65002', spans: [] } as const;
    const before = state({}, [
      session('192.0.2.1'),
      session('192.0.2.2'),
      session('192.0.2.3', { state: 'down', reason: down }),
      session('192.0.2.4'),
    ]);
    const after = state({}, [
      session('192.0.2.1', { state: 'down', reason: down }),
      session('192.0.2.3'),
      session('192.0.2.4', { remoteAs: 65003 }),
      session('192.0.2.5'),
    ]);
    const { sessions, counts } = diffStates(before, after);
    expect(sessions.map(({ peer, kind }) => `${peer} ${kind}`)).toEqual([
      '192.0.2.1 lost',
      '192.0.2.2 removed',
      '192.0.2.3 established',
      '192.0.2.4 changed',
      '192.0.2.5 added',
    ]);
    expect(counts).toMatchObject({ sessionsLost: 1, sessionsAdded: 1, devicesAffected: 1 });
  });

  it('sees adjacencies come and go', () => {
    const before = state({}, [], [adjacency('r2', 'up'), adjacency('r3', 'up'), adjacency('r4', 'down')]);
    const after = state({}, [], [adjacency('r2', 'down'), adjacency('r4', 'up'), adjacency('r5', 'up')]);
    expect(
      diffStates(before, after).adjacencies.map(
        (change) => `${(change.after ?? change.before)?.peerNode} ${change.kind}`,
      ),
    ).toEqual(['r2 lost', 'r3 removed', 'r4 established', 'r5 added']);
  });
});
