import { setTimeout as pause } from 'node:timers/promises';
import type { Device } from '../../config/device/device.ts';
import type { NetworkState } from '../../network/state.ts';
import type { RunOptions } from '../backend.ts';
import { type Judgement, judge, routeText } from './judge.ts';
import { RIP_SECONDS } from './overlay.ts';
import { type RouterReading, readRouter } from './read-router.ts';
import type { FrrTwin, RunningRouter } from './twin.ts';

export interface Settled {
  readonly converged: boolean;
  /** How often the twin was looked at. */
  readonly polls: number;
  readonly readings: ReadonlyMap<string, RouterReading>;
  /** What was still awaited when the limit was reached. */
  readonly pending: readonly string[];
  /** Routers and prefixes that kept changing when the limit was reached. */
  readonly moving: { readonly nodes: readonly string[]; readonly prefixes: readonly string[] };
  /** How it was seen that nothing moves any more, one sentence. */
  readonly how: string;
}

/** Time without any change, in milliseconds, that each protocol asks for. */
const WINDOWS = {
  base: 1_500,
  bgpd: 1_500,
  ospfd: 3_000,
  ospf6d: 3_000,
  isisd: 5_000,
  /** RIP says no word of being done: what nobody repeats is given up by then, and every table was sent since. */
  ripd: (RIP_SECONDS.timeout + 2) * 1000,
  ripngd: 200_000,
  eigrpd: 20_000,
} as const;

/** Where a session can die without a link going down: longer than the silence by which a dead one shows. */
const SILENT_DEATH_MS = 3_000;

/** bgpd looks at a default route with a condition every 5 s, and at conditional advertisements every 60 s. */
const CONDITIONAL_DEFAULT_MS = 8_000;
const CONDITIONAL_ADVERTISEMENT_MS = 65_000;

const POLL_MS = 200;

/** Longest wait: interior protocols need about a minute on broadcast networks, and each router costs a little. */
const limitMs = (routers: number): number => 150_000 + routers * 500;

function windowOf(
  routers: Iterable<RunningRouter>,
  devices: Iterable<Pick<Device, 'bgp'>>,
  expected: NetworkState,
  hasSwitches: boolean,
): number {
  const mayDieSilently = hasSwitches || expected.sessions.some(({ type }) => type === 'ibgp') || multihop(devices);
  let longest: number = mayDieSilently ? SILENT_DEATH_MS : WINDOWS.base;
  for (const { planned } of routers)
    for (const daemon of planned.daemons)
      longest = Math.max(longest, (WINDOWS as Readonly<Record<string, number>>)[daemon] ?? 0);
  for (const { bgp } of devices)
    for (const process of bgp)
      for (const { families } of [...process.neighbours.values(), ...process.groups.values()])
        for (const { defaultOriginate, advertiseMap } of families.values()) {
          if (defaultOriginate?.value.policy !== undefined) longest = Math.max(longest, CONDITIONAL_DEFAULT_MS);
          if (advertiseMap) longest = Math.max(longest, CONDITIONAL_ADVERTISEMENT_MS);
        }
  return longest;
}

const multihop = (devices: Iterable<Pick<Device, 'bgp'>>): boolean =>
  [...devices].some(({ bgp }) =>
    bgp.some(({ neighbours, groups }) =>
      [...neighbours.values(), ...groups.values()].some(
        ({ ebgpMultihop, disableConnectedCheck, updateSource }) =>
          ebgpMultihop ?? disableConnectedCheck ?? updateSource,
      ),
    ),
  );

export interface SettleInput {
  readonly twin: FrrTwin;
  readonly devices: ReadonlyMap<string, Pick<Device, 'bgp' | 'hostname'>>;
  readonly expected: NetworkState;
  /** Ports are joined by switches, behind which nobody sees the other end go down. */
  readonly hasSwitches: boolean;
  /** When the twin was last changed (`performance.now`). */
  readonly changedAt: number;
}

/** Waits until the twin has come to rest, or for as long as it may take. Throws when a daemon is gone. */
export async function settle(input: SettleInput, { signal, onProgress }: RunOptions): Promise<Settled> {
  const { twin, devices, expected, changedAt } = input;
  const routers = [...twin.routers.values()];
  const window = windowOf(routers, [...devices.values()], expected, input.hasSwitches);
  const limit = changedAt + limitMs(routers.length);
  const interfaces = new Map(
    routers.flatMap(({ planned }) => planned.ports.map((port) => [`${planned.node} ${port.name}`, port.interface])),
  );
  const interfaceOf = (node: string, port: string): string => interfaces.get(`${node} ${port}`) ?? port;
  let quietSince = performance.now();
  let before: { readonly judgement: Judgement; readonly readings: readonly RouterReading[] } | undefined;
  let moved: readonly RouterReading[] = [];
  for (let polls = 1; ; polls += 1) {
    signal?.throwIfAborted();
    const began = performance.now();
    const readings = await Promise.all(
      routers.map((router) =>
        readRouter(twin.inside, router, devices.get(router.planned.node)?.hostname?.value ?? router.planned.node),
      ),
    );
    const judgement = judge(readings, { age: began - changedAt, expected, interfaceOf });
    const changed = judgement.fingerprint !== before?.judgement.fingerprint;
    if (changed) moved = before?.readings ?? [];
    if (changed || judgement.pending.length > 0) quietSince = began;
    const now = performance.now();
    const done = now - quietSince >= window && judgement.pending.length === 0;
    if (done || now >= limit) {
      return {
        converged: done,
        polls,
        readings: new Map(readings.map((reading) => [reading.node, reading])),
        pending: judgement.pending,
        moving: done ? { nodes: [], prefixes: [] } : difference(moved, readings),
        how: `Every session and adjacency that can come up has said all that it has to say, and nothing changed for ${(window / 1000).toFixed(1)} s (looked at ${polls} times).`,
      };
    }
    const [first] = judgement.pending;
    onProgress?.(
      first === undefined
        ? `stable for ${((now - quietSince) / 1000).toFixed(1)} of ${(window / 1000).toFixed(1)} s`
        : `waiting: ${first}${judgement.pending.length > 1 ? ` and ${judgement.pending.length - 1} more` : ''}`,
    );
    before = { judgement, readings };
    await pause(Math.max(POLL_MS, now - began), undefined, signal ? { signal } : {});
  }
}

/** What differs between two looks at the same routers. */
function difference(before: readonly RouterReading[], after: readonly RouterReading[]): Settled['moving'] {
  const nodes = new Set<string>();
  const prefixes = new Set<string>();
  for (const reading of after) {
    const old = new Set(before.find(({ node }) => node === reading.node)?.routes.map(routeText));
    for (const route of reading.routes) {
      if (old.has(routeText(route))) continue;
      nodes.add(reading.node);
      prefixes.add(route.prefix);
    }
  }
  return { nodes: [...nodes].sort(), prefixes: [...prefixes].sort() };
}
