import { availableParallelism } from 'node:os';
import { GLOBAL_VRF } from '../../network/topology.ts';
import { ConfigurationRefused, type RunOptions } from '../backend.ts';
import type { ProbePoint } from './endpoints.ts';
import { TwinFailure } from './failure.ts';
import { exists } from './files.ts';
import { inTurns } from './in-turns.ts';
import { Inside, type RouterAddress } from './inside.ts';
import { type RefusedLine, refusedLines } from './load.ts';
import { LAST_LINE } from './overlay.ts';
import { segmentKey, type TwinPlan } from './plan.ts';
import type { PlannedRouter } from './planned.ts';
import { asErrors } from './syntax-check.ts';
import { type BuiltSegment, buildSegment, freshInterfaces, type Numbers, ROUTER_SETTINGS } from './wiring.ts';

/** A router that runs, with what it was started with. */
export interface RunningRouter {
  readonly address: RouterAddress;
  readonly planned: PlannedRouter;
  readonly refused: readonly RefusedLine[];
}

/** How many routers are started at once: a start waits for its daemons to answer more than it computes. */
const AT_ONCE = 3 * availableParallelism();

/** A living twin: routers, wiring and the namespaces that hold them. */
export class FrrTwin {
  readonly inside: Inside;
  readonly #routers = new Map<string, RunningRouter>();
  /** Namespaces of VRFs, by router and name. */
  readonly #vrfs = new Map<string, RouterAddress>();
  readonly #segments = new Map<string, BuiltSegment>();
  readonly #ids = new Map<string, string>();
  #plan: TwinPlan | undefined;
  readonly #numbers: Numbers = { next: 1 };
  /** frr-reload.py is there (package frr-pythontools). */
  readonly canReload: boolean;

  private constructor(inside: Inside, canReload: boolean) {
    this.inside = inside;
    this.canReload = canReload;
  }

  /** Builds the network of a plan and starts its routers. What was started is gone again when it throws. */
  static async spawn(plan: TwinPlan, options: RunOptions): Promise<FrrTwin> {
    options.onProgress?.('making namespaces');
    const twin = new FrrTwin(await Inside.make(options.signal), await exists('/usr/lib/frr/frr-reload.py'));
    try {
      await twin.inside.script('echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6', 'Setting up the twin');
      await twin.change(plan, options);
      return twin;
    } catch (error) {
      await twin.end();
      throw error;
    }
  }

  /** What the twin was last made to be. */
  get plan(): TwinPlan {
    if (!this.#plan) throw new TwinFailure('The twin was not built yet.');
    return this.#plan;
  }

  get routers(): ReadonlyMap<string, RunningRouter> {
    return this.#routers;
  }

  /** Makes the twin what the plan says: what is the same stays as it is, the rest is built anew and cold-started. */
  async change(plan: TwinPlan, { signal, onProgress }: RunOptions): Promise<readonly string[]> {
    const run = { signal };
    const keys = new Map(plan.segments.map((segment) => [segmentKey(segment), segment]));
    const gone = [...this.#routers.values()].filter(({ planned }) => !plan.routers.has(planned.node));
    const fresh = [...plan.routers.values()].filter(({ node }) => !this.#routers.has(node));
    const rewired = new Set(
      [
        ...[...this.#segments].filter(([key]) => !keys.has(key)).map(([, { segment }]) => segment),
        ...[...keys].filter(([key]) => !this.#segments.has(key)).map(([, segment]) => segment),
      ].flatMap(({ ends }) => ends.map(({ node }) => node)),
    );
    const restart = [...plan.routers.values()].filter(
      (planned) => rewired.has(planned.node) || !sameRouter(this.#routers.get(planned.node)?.planned, planned),
    );

    const reloaded = new Set<string>();
    await inTurns(restart, AT_ONCE, async (planned) => {
      if (rewired.has(planned.node) || !(await this.#reload(planned, run))) return;
      reloaded.add(planned.node);
      onProgress?.(`reloaded ${planned.node}`);
    });
    const cold = restart.filter(({ node }) => !reloaded.has(node));
    for (const { address } of gone) await this.inside.stop(address, run);
    for (const { node } of cold) {
      const running = this.#routers.get(node);
      if (running) await this.inside.stop(running.address, run);
    }
    for (const { planned, address } of gone) {
      this.#routers.delete(planned.node);
      await this.inside.script(`ip netns del ${address.id}`, `Removing ${planned.node}`, run);
    }
    await this.#addVrfs(plan, run);
    if (fresh.length > 0) {
      onProgress?.(`making ${fresh.length} network namespaces`);
      const addresses = fresh.map(({ node }) => this.#addressOf(node));
      await this.inside.ip(
        addresses.map(({ id }) => `netns add ${id}`),
        undefined,
        run,
      );
      await this.inside.script(addresses.map(({ id }) => settingsOf(id)).join('\n'), 'Setting up the routers', run);
    }
    await this.#rewire(keys, run);
    await this.#removeVrfs(plan, run);
    this.#plan = plan;

    let started = 0;
    await inTurns(cold, AT_ONCE, async (planned) => {
      signal?.throwIfAborted();
      const address = this.#addressOf(planned.node);
      for (const vrf of [GLOBAL_VRF, ...planned.vrfs])
        await this.inside.ip(
          freshInterfaces(planned.ports.filter((port) => port.vrf === vrf)),
          this.#netnsOfTable(planned.node, vrf),
          run,
        );
      this.#routers.set(planned.node, { address, planned, refused: await this.#start(planned, run) });
      started += 1;
      onProgress?.(`started ${started} of ${cold.length} routers`);
    });
    return restart.map(({ node }) => node);
  }

  /**
   * Gives running daemons a changed configuration, where only its text changed and FRR's own program does it without a
   * rest. Lines that were refused before or are refused now need a cold start, which says which they are.
   */
  async #reload(planned: PlannedRouter, run: RunOptions): Promise<boolean> {
    const running = this.#routers.get(planned.node);
    if (!running || running.refused.length > 0 || !this.canReload) return false;
    const { config, ...others } = planned;
    const { config: _, ...before } = running.planned;
    if (JSON.stringify(others) !== JSON.stringify(before)) return false;
    await this.inside.files.write(`/etc/frr/${running.address.id}/frr.conf`, config.text);
    if (!(await this.inside.reload(running.address, run))) return false;
    this.#routers.set(planned.node, { ...running, planned });
    return true;
  }

  async #rewire(keys: ReadonlyMap<string, TwinPlan['segments'][number]>, run: RunOptions): Promise<void> {
    const removal: string[] = [];
    for (const [key, built] of this.#segments) {
      if (keys.has(key)) continue;
      // The end of a router that is gone went with its namespace, and took the other end along.
      removal.push(...built.removal.map((command) => `${command} 2>/dev/null || :`));
      this.#segments.delete(key);
    }
    if (removal.length > 0) await this.inside.script(removal.join('\n'), 'Removing links', run);
    const commands: string[] = [];
    const inHosts: string[] = [];
    for (const [key, segment] of keys) {
      if (this.#segments.has(key)) continue;
      const built = buildSegment(segment, (node, vrf) => this.#netnsOfTable(node, vrf), this.#numbers);
      commands.push(...built.commands);
      for (const { netns, commands: own } of built.hosts?.values() ?? [])
        inHosts.push(`ip -n ${netns} -batch - <<.`, ...own, '.');
      this.#segments.set(key, built);
    }
    await this.inside.ip(commands, undefined, run);
    if (inHosts.length > 0) await this.inside.script(inHosts.join('\n'), 'Setting up hosts', run);
  }

  /** The namespace in which a router, or a host that stands for an address, lies. */
  netnsOf({ node, address, host }: ProbePoint): string {
    if (!host) return this.#addressOf(node).id;
    for (const { hosts } of this.#segments.values()) {
      const found = hosts?.get(address);
      if (found) return found.netns;
    }
    throw new TwinFailure(`The twin has no host ${address}.`);
  }

  /** Writes a router's configuration, starts its daemons and lets vtysh load it; the lines that FRR did not take. */
  async #start(planned: PlannedRouter, run: RunOptions): Promise<readonly RefusedLine[]> {
    const { node, config, daemons } = planned;
    const address = this.#addressOf(node);
    const { files } = this.inside;
    await files.write(`/etc/frr/${address.id}/vtysh.conf`, 'service integrated-vtysh-config\n');
    await files.write(`/etc/frr/${address.id}/frr.conf`, config.text);
    const vrfs = planned.vrfs.map((name) => ({ name, netns: this.#netnsOfTable(node, name) }));
    const refused = refusedLines(await this.inside.start(address, daemons, vrfs, run));
    const zebra = await this.inside.ask(address, 'zebra', 'show running-config');
    if (!zebra.split('\n').some((line) => line.trim() === LAST_LINE)) {
      const errors = config.native ? asErrors(node, config, refused) : [];
      if (errors.length > 0)
        throw new ConfigurationRefused(
          errors.map((error) => ({ ...error, message: `${error.message} FRR then stopped reading the file.` })),
        );
      throw new TwinFailure(
        `FRR did not read the configuration of ${node} to its end${refused[0] ? `: ${refused[0].message}` : '.'}`,
      );
    }
    if (planned.vrfs.length > 0) {
      const listed = await this.inside.ask(address, 'zebra', 'show vrf');
      const inactive = planned.vrfs.find((vrf) => !listed.includes(`vrf ${vrf} id `));
      if (inactive !== undefined)
        throw new TwinFailure(
          `The VRF ${inactive} of ${node} stays inactive in FRR, so that its routes would not be seen. Test the lab on the simulator (--backend simulator).`,
        );
    }
    return refused;
  }

  /** The network namespace of a table of a router. */
  #netnsOfTable(node: string, vrf: string = GLOBAL_VRF): string {
    if (vrf === GLOBAL_VRF) return this.#addressOf(node).id;
    const netns = this.#vrfs.get(vrfKey(node, vrf));
    if (!netns) throw new TwinFailure(`The twin has no VRF ${vrf} on ${node}.`);
    return netns.id;
  }

  async #addVrfs(plan: TwinPlan, run: RunOptions): Promise<void> {
    const added: RouterAddress[] = [];
    for (const { node, vrfs } of plan.routers.values())
      for (const vrf of vrfs) {
        const key = vrfKey(node, vrf);
        if (this.#vrfs.has(key)) continue;
        const address = { id: `v${this.#numbers.next++}`, node };
        this.#vrfs.set(key, address);
        added.push(address);
      }
    if (added.length === 0) return;
    const commands = added.map(({ id }) => `netns add ${id}`);
    await this.inside.ip(commands, undefined, run);
    await this.inside.script(added.map(({ id }) => settingsOf(id)).join('\n'), 'Setting up the VRFs', run);
  }

  async #removeVrfs(plan: TwinPlan, run: RunOptions): Promise<void> {
    const kept = new Set([...plan.routers.values()].flatMap(({ node, vrfs }) => vrfs.map((vrf) => vrfKey(node, vrf))));
    for (const [key, { id, node }] of this.#vrfs) {
      if (kept.has(key)) continue;
      this.#vrfs.delete(key);
      await this.inside.script(`ip netns del ${id}`, `Removing a VRF of ${node}`, run);
    }
  }

  /** Every network namespace of the twin but that in which the cables end, with the router that it belongs to. */
  get namespaces(): readonly RouterAddress[] {
    const hosts = [...this.#segments.values()].flatMap(({ hosts: own, segment }) =>
      [...(own?.values() ?? [])].map(({ netns }) => ({ id: netns, node: `a host at ${segment.ends[0]?.node}` })),
    );
    return [...[...this.#routers.values()].map(({ address }) => address), ...this.#vrfs.values(), ...hosts];
  }

  #addressOf(node: string): RouterAddress {
    let id = this.#ids.get(node);
    if (id === undefined) {
      id = `r${this.#ids.size}`;
      this.#ids.set(node, id);
    }
    return { id, node };
  }

  /** Ends everything. Never fails, and may be called again. */
  async end(): Promise<void> {
    await this.inside.end();
  }
}

const vrfKey = (node: string, vrf: string): string => `${node} ${vrf}`;

const settingsOf = (id: string): string =>
  [
    `nsenter --net=/run/netns/${id} sh -ec '`,
    ...ROUTER_SETTINGS.map(([path, value]) => `echo ${value} >/proc/sys/${path}`),
    "'",
  ].join('\n');

const sameRouter = (a: PlannedRouter | undefined, b: PlannedRouter): boolean =>
  a !== undefined &&
  a.config.text === b.config.text &&
  a.daemons.join(' ') === b.daemons.join(' ') &&
  a.vrfs.join(' ') === b.vrfs.join(' ') &&
  JSON.stringify(a.ports) === JSON.stringify(b.ports);
