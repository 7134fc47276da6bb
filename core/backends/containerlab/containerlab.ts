/* A twin of real network systems in containers, run by containerlab. */
import { randomBytes } from 'node:crypto';
import { comparePrefixes, parsePrefix } from '../../config/address.ts';
import { diffStates } from '../../network/diff-states.ts';
import type { Snapshot } from '../../network/snapshot.ts';
import type { Caveat, NetworkState, Route, Session, VrfState } from '../../network/state.ts';
import { type Backend, type ConfigError, ConfigurationRefused, type RunOptions, type Twin } from '../backend.ts';
import { converge } from '../simulator.ts';
import { ContainerlabUnusable } from './failure.ts';
import { leftFolders, makeTwinFolder, type TwinFolder } from './files.ts';
import type { NodeReading } from './kinds/reading.ts';
import { Refused } from './kinds/reading.ts';
import { ask, type Container, deploy, destroy, imageDigest, put, runningLabs, usedSubnets } from './lab.ts';
import { DEFAULT_PROGRAMS, type Programs, run } from './process.ts';
import { LAB_PREFIX, type LabPlan, type PlannedNode, planLab } from './topology.ts';

export interface ContainerlabOptions {
  readonly programs?: Programs;
  /** Folders of the workspace: only a lab that lies in one of them is run (ISO-2). */
  readonly workspaces: readonly string[];
  /** Twins that may live at a time on this machine (ISO-4). */
  readonly mostTwins?: number;
  /** Waits between two looks, in milliseconds; injected so that tests need not wait. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** Looks that must agree until a state has settled. */
  readonly equalLooks?: number;
  /** Milliseconds after which a twin that still changes is given up as not converged. */
  readonly convergenceLimit?: number;
}

const MOST_TWINS = 4;
const BETWEEN_LOOKS = 2_000;
/** A state that stays the same for so many looks has settled. */
const EQUAL_LOOKS = 4;
const CONVERGENCE_LIMIT = 600_000;

interface Running {
  readonly folder: TwinFolder;
  readonly plan: LabPlan;
  containers: ReadonlyMap<string, Container>;
  /** Text of each node's configuration as it runs. */
  texts: Map<string, string>;
}

/** What `containerlab version` says; throws `ContainerlabUnusable` where it cannot be run. */
export async function findContainerlab(programs: Programs = DEFAULT_PROGRAMS, signal?: AbortSignal): Promise<string> {
  const { code, stdout } = await run(programs.containerlab, ['version'], { signal, limit: 20_000 });
  const version = /version:\s*(\S+)/i.exec(stdout)?.[1];
  if (code !== 0 || version === undefined)
    throw new ContainerlabUnusable('containerlab does not say its version; is it installed correctly?');
  const docker = await run(programs.docker, ['version', '--format', '{{.Server.Version}}'], { signal, limit: 20_000 });
  if (docker.code !== 0)
    throw new ContainerlabUnusable('No Docker engine answers; start it, or choose another backend.');
  return version;
}

/** Makes the backend for a containerlab of this version (`findContainerlab`). */
export function containerlabBackend(version: string, options: ContainerlabOptions): Backend {
  const { programs = DEFAULT_PROGRAMS, mostTwins = MOST_TWINS } = options;
  const pause = options.pause ?? ((time: number) => new Promise<void>((resolve) => setTimeout(resolve, time)));
  const equalLooks = options.equalLooks ?? EQUAL_LOOKS;
  const alive = new Map<Twin, Running>();

  const readAll = async ({ plan, containers }: Running, { signal }: RunOptions): Promise<Map<string, NodeReading>> => {
    const readOne = async ([name, { kind, node }]: [string, PlannedNode]): Promise<[string, NodeReading]> => {
      const container = containers.get(name);
      if (!container) throw new ContainerlabUnusable(`containerlab lists no container for ${name}.`);
      const { device, behaviour } = node.config;
      const io = (command: readonly string[], input?: string): Promise<string> =>
        ask(programs, container, command, { signal, limit: 60_000, ...(input !== undefined && { input }) });
      return [name, await kind.read(io, { device, behaviour })];
    };
    return new Map(await Promise.all([...plan.nodes].map(readOne)));
  };

  /** Looks until the state stays the same. A device that does not answer yet is still starting, until the limit. */
  const measure = async (running: Running, snapshot: Snapshot, run: RunOptions): Promise<NetworkState> => {
    const predicted = await converge(snapshot, { ...(run.signal && { signal: run.signal }) });
    const most = Math.max(equalLooks + 1, Math.ceil((options.convergenceLimit ?? CONVERGENCE_LIMIT) / BETWEEN_LOOKS));
    let [equal, last] = [0, ''];
    for (let look = 1; ; look += 1) {
      run.signal?.throwIfAborted();
      run.onProgress?.(`look ${look}`);
      try {
        const readings = await readAll(running, run);
        const text = JSON.stringify([...readings].map(([node, { routes, peers }]) => [node, [...routes], peers]));
        equal = text === last ? equal + 1 : 1;
        last = text;
        if (equal >= equalLooks) return stateOf(predicted, readings, true, look);
        if (look >= most) return stateOf(predicted, readings, false, look);
      } catch (error) {
        if (look >= most || run.signal?.aborted || !(error instanceof ContainerlabUnusable)) throw error;
        [equal, last] = [0, ''];
      }
      await pause(BETWEEN_LOOKS);
    }
  };

  const apply = async (running: Running, snapshot: Snapshot, run: RunOptions): Promise<void> => {
    const errors: ConfigError[] = [];
    let anew = false;
    for (const [name, node] of snapshot.nodes) {
      const planned = running.plan.nodes.get(name);
      if (!planned)
        throw new ContainerlabUnusable(`${name} is new: a twin in containerlab keeps its devices; spawn another.`);
      const { text } = node.config;
      if (running.texts.get(name) === text) continue;
      const container = running.containers.get(name) as Container;
      await running.folder.write(planned.config, planned.kind.startupConfig(text));
      running.texts.set(name, text);
      if (!planned.kind.apply) {
        anew = true;
        continue;
      }
      run.onProgress?.(`applying to ${name}`);
      const limits = { signal: run.signal, limit: 120_000 };
      try {
        await planned.kind.apply(text, {
          ask: (command, input) =>
            ask(programs, container, command, { ...limits, ...(input !== undefined && { input }) }),
          put: (path, content) => put(programs, container, path, content, limits),
        });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        errors.push({
          node: name,
          file: node.config.file,
          message: `${planned.kind.title} refuses it: ${error.message}`,
        });
      }
    }
    if (errors.length > 0) throw new ConfigurationRefused(errors);
    if (anew) {
      run.onProgress?.('deploying the lab anew with the changed configurations');
      running.containers = await deploy(programs, running.folder, running.plan.lab, {
        signal: run.signal,
        reconfigure: true,
      });
    }
  };

  return {
    name: 'containerlab',
    version,
    limits: [
      'The twin runs the network systems in containers: forwarding hardware, timers of hardware and scale are not those of production.',
      'Interfaces of the twin are virtual; optics, speed and errors of production do not show.',
      'Neighbours outside of the lab announce nothing: routes learned from them in production are missing.',
      'Adjacencies of interior protocols and the reasons of absent sessions are computed by the simulator, not measured.',
    ],
    // A line cannot be taken away from a running container by its topology; steps are changes as any other.
    tries: { steps: true, failures: false },
    staticCheck: async (snapshot) =>
      [...snapshot.nodes.values()].flatMap(({ name, config }) =>
        config.tree.problems.map(
          ({ span, message }): ConfigError => ({ node: name, file: config.file, line: span.line, message }),
        ),
      ),
    spawnTwin: async (snapshot, run) => {
      requireWorkspace(snapshot, options.workspaces);
      for (const folder of await leftFolders()) await removeLeft(programs, folder);
      const labs = await runningLabs(programs, { signal: run.signal });
      const twins = [...labs].filter((name) => name.startsWith(LAB_PREFIX)).length;
      if (twins >= mostTwins)
        throw new ContainerlabUnusable(
          `${twins} twins run on this machine already, and ${mostTwins} is the limit; wait for one to end.`,
        );
      const lab = `${LAB_PREFIX}${randomBytes(4).toString('hex')}`;
      const plan = planLab(snapshot, {
        lab,
        managementSubnet: freeSubnet(await usedSubnets(programs, { signal: run.signal })),
      });
      const components = [
        { name: 'containerlab', version },
        ...(await Promise.all(
          [...new Set([...plan.nodes.values()].map(({ image }) => image))].map(async (image) => ({
            name: image,
            version: await imageDigest(programs, image, { signal: run.signal }),
          })),
        )),
      ];
      const folder = await makeTwinFolder();
      try {
        await folder.write('lab.name', lab);
        for (const [name, text] of plan.files) await folder.write(name, text);
        await folder.write('topology.clab.yml', plan.topology);
        run.onProgress?.(`deploying ${plan.nodes.size} containers`);
        const containers = await deploy(programs, folder, lab, { signal: run.signal });
        const texts = new Map([...snapshot.nodes].map(([name, { config }]) => [name, config.text]));
        const running: Running = { folder, plan, containers, texts };
        const initial = await measure(running, snapshot, run);
        const twin: Twin = { id: lab, initial, nodes: plan.nodes.size, links: snapshot.links.length, components };
        alive.set(twin, running);
        return twin;
      } catch (error) {
        await destroy(programs, folder, lab);
        throw error;
      }
    },
    applyAndConverge: async (twin, snapshot, run) => {
      const running = alive.get(twin);
      if (!running) throw new ContainerlabUnusable(`The twin ${twin.id} was torn down; spawn a new one.`);
      await apply(running, snapshot, run);
      return measure(running, snapshot, run);
    },
    stateDiff: diffStates,
    teardownTwin: async (twin) => {
      const running = alive.get(twin);
      if (!running) return;
      alive.delete(twin);
      await destroy(programs, running.folder, running.plan.lab);
    },
  };
}

/** Why a lab cannot be run in containers on any machine; undefined when it can. */
export function whyNot(snapshots: readonly Snapshot[]): string | undefined {
  try {
    for (const snapshot of snapshots)
      planLab(snapshot, { lab: `${LAB_PREFIX}plan`, managementSubnet: '172.31.0.0/24' });
    return undefined;
  } catch (error) {
    if (error instanceof ContainerlabUnusable) return error.message;
    throw error;
  }
}

/** ISO-2: a topology from anywhere else is not run, whatever names it. */
function requireWorkspace({ name, folder }: Snapshot, workspaces: readonly string[]): void {
  const within = (root: string): boolean => folder === root || folder.startsWith(`${root.replace(/\/+$/, '')}/`);
  if (!workspaces.some(within))
    throw new ContainerlabUnusable(`The lab ${name} lies outside of the workspace; open its folder first.`);
}

/** A twin whose process has ended without removing it. */
async function removeLeft(programs: Programs, folder: TwinFolder): Promise<void> {
  const lab = await folder.read('lab.name').catch(() => '');
  if (lab.startsWith(LAB_PREFIX)) await destroy(programs, folder, lab);
  else await folder.remove();
}

/** A /24 of 172.31.0.0/16 that no network of Docker's uses. */
function freeSubnet(used: ReadonlySet<string>): string {
  for (let third = 0; third < 256; third += 1) {
    const subnet = `172.31.${third}.0/24`;
    if (!used.has(subnet) && !used.has('172.31.0.0/16')) return subnet;
  }
  throw new ContainerlabUnusable(
    'No management network of 172.31.0.0/16 is free; remove networks of Docker that nobody uses.',
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Routes and sessions as measured; what the containers do not tell is the simulator's and marked so by the limits. */
function stateOf(
  predicted: NetworkState,
  readings: ReadonlyMap<string, NodeReading>,
  converged: boolean,
  looks: number,
): NetworkState {
  const nodes = new Map<string, ReadonlyMap<string, VrfState>>();
  for (const [node, vrfs] of predicted.nodes) {
    const measured = readings.get(node);
    const tables = new Map<string, VrfState>();
    for (const vrf of new Set([...vrfs.keys(), ...(measured?.routes.keys() ?? [])]))
      tables.set(vrf, { routes: [...(measured?.routes.get(vrf) ?? [])].sort(byPrefix) });
    nodes.set(node, tables);
  }
  const caveats: Caveat[] = [];
  const sessions = predicted.sessions.map((session): Session => {
    const { node, vrf, peer, span, reason, ...rest } = session;
    const found = readings.get(node)?.peers.find((one) => one.vrf === vrf && one.peer === peer);
    const base = { node, vrf, peer, span, ...rest };
    if (found?.established) return { ...base, state: 'established' };
    if (session.state === 'established')
      caveats.push({
        node,
        span,
        text: `the session with ${peer} should come up by the configurations and is ${found?.state ?? 'not shown'} in the twin.`,
      });
    const text = found ? `the device shows ${found.state}` : 'the device does not show the session';
    return { ...base, state: 'down', reason: reason ?? { code: 'not-established', text, spans: [{ node, span }] } };
  });
  return {
    nodes,
    sessions,
    adjacencies: predicted.adjacencies,
    converged,
    rounds: looks,
    notModelled: predicted.notModelled,
    caveats: [...predicted.caveats, ...caveats].sort((a, b) => compare(a.node, b.node) || compare(a.text, b.text)),
  };
}

/** IPv4 before IPv6, then by address and length. */
function byPrefix(a: Route, b: Route): number {
  const [x, y] = [parsePrefix(a.prefix), parsePrefix(b.prefix)];
  return x && y ? comparePrefixes(x, y) : compare(a.prefix, b.prefix);
}
