import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceDraft } from '../../../config/device/device.ts';
import { addInterface, lab, span } from '../../fixtures/lab.ts';
import { simulate } from '../../simulate.ts';
import type { Snapshot } from '../../snapshot.ts';
import { stateHash } from '../../state-hash.ts';

const ROUTERS = 6;

interface Link {
  readonly a: number;
  readonly b: number;
  readonly costs: readonly [number, number];
  /** An area other than the backbone keeps some links apart. */
  readonly area: string;
  readonly passive: boolean;
  readonly pointToPoint: boolean;
}

const located = <T>(value: T) => ({ value, span: span() });

const links: fc.Arbitrary<readonly Link[]> = fc
  .array(
    fc.record({
      a: fc.nat({ max: ROUTERS - 1 }),
      b: fc.nat({ max: ROUTERS - 1 }),
      costs: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
      area: fc.constantFrom('0.0.0.0', '0.0.0.0', '0.0.0.1'),
      passive: fc.boolean().map((value) => value),
      pointToPoint: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((list) =>
    list.filter(({ a, b }) => a !== b).map((link, at) => ({ ...link, passive: link.passive && at % 4 === 3 })),
  );

/** Routers with a loopback each; link i has the network 10.0.i.0/24. */
function network(list: readonly Link[]): Snapshot {
  const devices: Record<string, (device: DeviceDraft) => void> = {};
  for (let router = 0; router < ROUTERS; router += 1) {
    devices[`r${router}`] = (device) => {
      addInterface(device, 'lo0', [`192.0.2.${router}/32`], { ospf: { area: located('0.0.0.0') } });
      for (const [at, link] of list.entries()) {
        const end = link.a === router ? 0 : link.b === router ? 1 : undefined;
        if (end === undefined) continue;
        addInterface(device, `eth${at}`, [`10.0.${at}.${end + 1}/24`], {
          ospf: {
            area: located(link.area),
            cost: located(link.costs[end] as number),
            ...(link.pointToPoint && { networkType: located('point-to-point' as const) }),
            ...(link.passive && end === 0 && { passive: located(true) }),
          },
        });
      }
      device.ospf.push({
        id: '1',
        version: 2,
        vrf: 'default',
        span: span(),
        routerId: located(`192.0.2.${router}`),
        areas: new Map(),
        redistribute: [],
        passiveInterfaces: [],
        activeInterfaces: [],
        summaries: [],
      });
    };
  }
  return lab(devices, { links: list.map((link, at) => `r${link.a}:eth${at} r${link.b}:eth${at}`) });
}

/** Floyd and Warshall over the links of the backbone that come up. */
function distances(list: readonly Link[]): number[][] {
  const far = Number.POSITIVE_INFINITY;
  const table = Array.from({ length: ROUTERS }, (_, a) =>
    Array.from({ length: ROUTERS }, (__, b) => (a === b ? 0 : far)),
  );
  const at = (a: number, b: number): number => table[a]?.[b] ?? far;
  const set = (a: number, b: number, cost: number): void => {
    const row = table[a];
    if (row) row[b] = Math.min(at(a, b), cost);
  };
  for (const link of list.filter((one) => one.area === '0.0.0.0' && !one.passive)) {
    set(link.a, link.b, link.costs[0]);
    set(link.b, link.a, link.costs[1]);
  }
  for (let via = 0; via < ROUTERS; via += 1)
    for (let a = 0; a < ROUTERS; a += 1) for (let b = 0; b < ROUTERS; b += 1) set(a, b, at(a, via) + at(via, b));
  return table;
}

describe('OSPF on any network', () => {
  it('finds loopbacks at the distances of a simple reference', () => {
    fc.assert(
      fc.property(links, (list) => {
        const state = simulate(network(list));
        const wanted = distances(list);
        for (let from = 0; from < ROUTERS; from += 1)
          for (let to = 0; to < ROUTERS; to += 1) {
            if (from === to) continue;
            const routes = state.nodes.get(`r${from}`)?.get('default')?.routes ?? [];
            const found = routes.find((route) => route.prefix === `192.0.2.${to}/32` && route.protocol === 'ospf');
            // A loopback costs 1 on a system without peculiarities.
            expect(found?.metric ?? Number.POSITIVE_INFINITY).toBe((wanted[from]?.[to] ?? 0) + 1);
          }
      }),
      { numRuns: 60 },
    );
  });

  it('sees every adjacency from both ends alike', () => {
    fc.assert(
      fc.property(links, (list) => {
        const { adjacencies } = simulate(network(list));
        for (const one of adjacencies) {
          const back = adjacencies.find(
            (other) =>
              other.node === one.peerNode &&
              other.interface === one.peerInterface &&
              other.peerNode === one.node &&
              other.peerInterface === one.interface,
          );
          expect(back?.state).toBe(one.state);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order in which devices are listed', () => {
    fc.assert(
      fc.property(links, (list) => {
        const snapshot = network(list);
        const turned: Snapshot = {
          ...snapshot,
          nodes: new Map([...snapshot.nodes].reverse()),
          links: [...snapshot.links].reverse(),
        };
        expect(stateHash(simulate(turned))).toBe(stateHash(simulate(snapshot)));
      }),
      { numRuns: 40 },
    );
  });
});
