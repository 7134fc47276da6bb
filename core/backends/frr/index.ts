import { diffStates } from '../../network/diff-states.ts';
import { simulate } from '../../network/simulate.ts';
import type { Snapshot } from '../../network/snapshot.ts';
import type { NetworkState } from '../../network/state.ts';
import type { Backend, RunOptions, Twin } from '../backend.ts';
import { collect } from './collect/collect.ts';
import { measureEgress } from './egress.ts';
import { TwinFailure } from './failure.ts';
import { doesNotFit, type FrrHost } from './host.ts';
import { OVERLAY_NOTES } from './overlay.ts';
import { planTwin, type TwinPlan } from './plan.ts';
import { probe, probeMethod } from './probes.ts';
import { settle } from './settle.ts';
import { asErrors, syntaxChecker } from './syntax-check.ts';
import { FrrTwin } from './twin.ts';

export { TwinFailure } from './failure.ts';
export { type FrrHost, findFrr, MOST_ROUTERS } from './host.ts';

/** The lab without its declared neighbours: nothing speaks for them in this twin. */
const withoutOutside = ({ outside: _, ...snapshot }: Snapshot): Snapshot => snapshot;

/**
 * Real FRR daemons, each router in a network namespace of its own, all of them in namespaces that end with this
 * process. `host` says that this machine can hold them (`findFrr`).
 */
export function frrBackend(host: FrrHost): Backend {
  const alive = new Map<Twin, FrrTwin>();
  const staticCheck = syntaxChecker();
  return {
    name: 'frr',
    version: host.version,
    limits: [
      `The twin runs the routing daemons of FRR ${host.version} on the Linux kernel of this machine, not the systems, versions and hardware of production.`,
      'Packet loss, delay, bandwidth, interface counters and the load of control planes are not those of production.',
      'Switches, aggregated links and VLANs are wired as the configurations say; spanning tree and LACP do not run.',
      'Neighbours outside of the lab announce nothing, also where files of the lab declare them: routes learned from them are missing.',
    ],
    tries: { steps: true, failures: true },
    staticCheck,
    spawnTwin: async (snapshot, options) => {
      const plan = usablePlan(snapshot);
      const small = await doesNotFit(snapshot.name, plan.routers.size);
      if (small !== undefined) throw new TwinFailure(small);
      const computed = simulate(withoutOutside(snapshot), options.signal ? { signal: options.signal } : {});
      const running = await FrrTwin.spawn(plan, options);
      try {
        const initial = await measure(running, plan, snapshot, computed, options);
        const twin: Twin = {
          id: `frr-${snapshot.name}`,
          initial,
          nodes: plan.routers.size,
          links: snapshot.links.length,
          components: host.components,
          overlay: OVERLAY_NOTES,
        };
        alive.set(twin, running);
        return twin;
      } catch (error) {
        await running.end();
        throw error;
      }
    },
    applyAndConverge: async (twin, snapshot, options) => {
      const running = livingTwin(alive, twin);
      const plan = usablePlan(snapshot);
      const small = await doesNotFit(snapshot.name, plan.routers.size - running.routers.size);
      if (small !== undefined) throw new TwinFailure(small);
      const computed = simulate(withoutOutside(snapshot), options.signal ? { signal: options.signal } : {});
      await running.change(plan, options);
      return measure(running, plan, snapshot, computed, options);
    },
    measureEgress: async (twin, { signal, onProgress }) => {
      const running = livingTwin(alive, twin);
      onProgress?.('trying to get out of the twin');
      return measureEgress(running.inside, running.namespaces, signal);
    },
    probe: async (twin, { signal, onProgress }) => {
      const running = livingTwin(alive, twin);
      onProgress?.('sending packets between the devices');
      const { probes } = running.plan;
      const results = await probe(running.inside, probes, (point) => running.netnsOf(point), signal);
      return { method: probeMethod(probes), results };
    },
    stateDiff: diffStates,
    teardownTwin: async (twin) => {
      const running = alive.get(twin);
      alive.delete(twin);
      await running?.end();
    },
  };
}

/** Why a lab cannot run on FRR's daemons on any machine of this size; undefined when it can. */
export async function obstacleFor(snapshot: Snapshot): Promise<string | undefined> {
  const small = await doesNotFit(snapshot.name, snapshot.nodes.size);
  return small ?? planTwin(snapshot).obstacles[0];
}

function usablePlan(snapshot: Snapshot): TwinPlan {
  const plan = planTwin(snapshot);
  const [first, ...others] = plan.obstacles;
  if (first !== undefined)
    throw new TwinFailure(
      `${first}${others.length > 0 ? ` There are ${others.length} more obstacles of such kinds.` : ''} Test the lab on the simulator (--backend simulator).`,
    );
  return plan;
}

function livingTwin(alive: ReadonlyMap<Twin, FrrTwin>, twin: Twin): FrrTwin {
  const running = alive.get(twin);
  if (!running) throw new TwinFailure(`The twin ${twin.id} was torn down; spawn a new one.`);
  return running;
}

/** Waits until the twin has come to rest, and reads its state. */
async function measure(
  twin: FrrTwin,
  plan: TwinPlan,
  snapshot: Snapshot,
  computed: NetworkState,
  options: RunOptions,
): Promise<NetworkState> {
  const changedAt = performance.now();
  const devices = new Map([...snapshot.nodes].map(([name, { config }]) => [name, config.device]));
  const hasSwitches = plan.segments.some(({ kind, ends }) => kind === 'switch' && ends.length > 1);
  const settled = await settle({ twin, devices, expected: computed, hasSwitches, changedAt }, options);
  const state = await collect(twin, plan, snapshot, settled, computed, options);
  const rejected = [...twin.routers.values()].flatMap(({ planned, refused }) =>
    planned.config.native ? asErrors(planned.node, planned.config, refused) : [],
  );
  return { ...state, rejected };
}
