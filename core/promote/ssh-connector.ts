import { createHash } from 'node:crypto';
import { type AirGap, decideAddress } from '../airgap/address.ts';
import type { PolicyTarget } from '../evidence/policy.ts';
import type { Connector, DevicePush, PushResult, StepRecord } from './connector.ts';
import { frrScripts } from './frr-scripts.ts';
import type { DriftAnswer } from './gate.ts';
import type { SshOutcome, SshTarget } from './process.ts';
import { comparable, PROMOTION_SYSTEMS } from './systems.ts';

export interface SshConnectorOptions {
  readonly targets: Readonly<Record<string, PolicyTarget>>;
  readonly airGap: AirGap;
  readonly identity: string;
  /** Writes a known_hosts file and gives its path. */
  readonly knownHosts: (lines: string) => Promise<string>;
  /** Runs a remote command, as `ssh` of process.ts does. */
  readonly run: (
    target: SshTarget,
    command: string,
    options: { readonly input?: string; readonly timeoutMs: number },
  ) => Promise<SshOutcome>;
  /** Name of the folder on the device: different for each promotion, a safe file name. */
  readonly token: string;
  /** Seconds after which the device restores itself unless it is told that all is well. */
  readonly revertAfter: number;
  /** Milliseconds that never go back, and a wait between two looks at a device. */
  readonly monotonic: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly onStep?: (step: StepRecord) => void;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Two looks at a device whose sessions are still coming up. */
const LOOK_AGAIN_MS = 250;
/** What is left of the time until the device restores itself when the check gives up. */
const RESERVE = 0.4;
const COMMAND_MS = 60_000;

/** A step that ended the push. */
class StepFailed extends Error {
  /** The connection died, so that nothing is known of what the device did. */
  readonly lost: boolean;
  constructor(message: string, lost: boolean) {
    super(message);
    this.lost = lost;
  }
}

/** The live connector: the system's OpenSSH client, for the systems that are proven. */
export function sshConnector(options: SshConnectorOptions): Connector {
  const reach = async (device: string): Promise<SshTarget | string> => {
    const target = Object.hasOwn(options.targets, device) ? options.targets[device] : undefined;
    if (!target) return 'the policy names no way to reach it';
    const decision = decideAddress(target.address, options.airGap);
    if (!decision.allowed) return decision.reason;
    const { destination } = decision;
    if (destination.kind !== 'tcp' || !target.address.startsWith('ssh://') || destination.user === null)
      return `${target.address} is not an address of the form ssh://user@address`;
    const name = destination.port === 22 ? destination.host : `[${destination.host}]:${destination.port}`;
    const knownHosts = await options.knownHosts(target.hostKeys.map((key) => `${name} ${key}\n`).join(''));
    return {
      host: destination.host,
      port: destination.port,
      user: destination.user,
      knownHosts,
      identity: options.identity,
    };
  };
  const running = async (target: SshTarget, system: string): Promise<string | null> => {
    const known = PROMOTION_SYSTEMS[system];
    if (!known) return null;
    const { status, stdout } = await options.run(target, known.showRunning, { timeoutMs: COMMAND_MS });
    return status === 0 ? comparable(stdout, known) : null;
  };

  const drift = async ({ device, system, before }: DevicePush): Promise<DriftAnswer> => {
    const known = PROMOTION_SYSTEMS[system];
    if (!known?.live)
      return { device, status: 'unreadable', detail: `no proven live connector for ${known?.title ?? system}` };
    if (options.targets[device]?.system !== system)
      return {
        device,
        status: 'unreadable',
        detail: `the policy says ${options.targets[device]?.system}, the package ${system}`,
      };
    const target = await reach(device);
    if (typeof target === 'string') return { device, status: 'unreadable', detail: target };
    const text = await running(target, system);
    if (text === null) return { device, status: 'unreadable', detail: 'it did not answer' };
    const [now, then] = [digest(text), digest(comparable(before, known))];
    return {
      device,
      status: now === then ? 'same' : 'drifted',
      detail: `runs ${now.slice(0, 16)}, preflight ${then.slice(0, 16)}`,
    };
  };

  return {
    name: 'ssh',
    live: true,
    drift: (pushes) => Promise.all(pushes.map(drift)),
    push: (push) => pushFrr(push, options, reach, running),
  };
}

type Reach = (device: string) => Promise<SshTarget | string>;
type Running = (target: SshTarget, system: string) => Promise<string | null>;

async function pushFrr(
  push: DevicePush,
  options: SshConnectorOptions,
  reach: Reach,
  running: Running,
): Promise<PushResult> {
  const { device, system, before, after, expectedSessions } = push;
  const steps: StepRecord[] = [];
  const note = (step: string, status: StepRecord['status'], detail: string): void => {
    const record = { device, step, status, detail };
    steps.push(record);
    options.onStep?.(record);
  };
  const known = PROMOTION_SYSTEMS[system];
  const target = await reach(device);
  if (!known?.live || system !== 'frr' || typeof target === 'string') {
    note('reach', 'failed', typeof target === 'string' ? target : `${system} has no proven live connector`);
    return { device, outcome: 'unchanged', steps };
  }
  const folder = `/var/tmp/aegis-${options.token}`;
  const begun = options.monotonic();
  const step = async (name: string, command: string, input?: string): Promise<string> => {
    const outcome = await options.run(target, command, {
      timeoutMs: COMMAND_MS,
      ...(input !== undefined && { input }),
    });
    if (outcome.status === 0) {
      note(name, 'done', lastLine(outcome.stdout));
      return outcome.stdout;
    }
    const detail =
      outcome.status === null
        ? `the link died: ${lastLine(outcome.stderr)}`
        : lastLine(outcome.stderr || outcome.stdout);
    note(name, 'failed', detail);
    throw new StepFailed(`${name}: ${detail}`, outcome.status === null);
  };
  const wanted = digest(comparable(after, known));
  const former = digest(comparable(before, known));

  let applying = false;
  try {
    await step(
      'save the running configuration and check the new one',
      frrScripts.prepare(folder),
      `${comparable(after, known)}
`,
    );
    // Read again after the copy was made: what is saved is what was tested.
    const found = await running(target, system);
    if (found === null) throw new StepFailed('the running configuration cannot be read', true);
    if (digest(found) !== former) {
      note('compare with the configuration before the change', 'failed', 'it drifted');
      await options.run(target, frrScripts.clean(folder), { timeoutMs: COMMAND_MS });
      return { device, outcome: 'unchanged', steps };
    }
    note('compare with the configuration before the change', 'done', former.slice(0, 16));
    await step(
      `start the guard: the device restores itself after ${options.revertAfter} s`,
      frrScripts.arm(folder, options.revertAfter),
    );
    applying = true;
    await step('apply', frrScripts.apply(folder));
    await check();
    await step('stop the guard and make it permanent', frrScripts.confirm(folder));
    return { device, outcome: 'changed', steps };
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    if (error.lost) {
      const says = applying
        ? 'the device restores itself; look at it before anything else is done'
        : 'nothing was applied';
      note('after the link died', 'not_reached', says);
      return { device, outcome: applying ? 'unknown' : 'unchanged', steps };
    }
    return { device, outcome: applying ? await restore() : await abandon(), steps };
  }

  /** The configuration is the new one, and every session that the twin has up comes up. */
  async function check(): Promise<void> {
    const end = begun + options.revertAfter * 1000 * (1 - RESERVE);
    for (;;) {
      const text = await running(target as SshTarget, system);
      const missing = text === null ? null : await missingSessions();
      if (text !== null && missing !== null && digest(text) === wanted && missing.length === 0) {
        note(
          'check the device',
          'done',
          `runs ${wanted.slice(0, 16)}, ${expectedSessions.length} sessions established`,
        );
        return;
      }
      if (text === null || missing === null) throw lost('the device does not answer any more');
      if (options.monotonic() > end || digest(text) !== wanted) {
        const detail =
          digest(text) === wanted
            ? `sessions that do not come up: ${missing.join(', ')}`
            : 'it does not run the new configuration';
        note('check the device', 'failed', detail);
        throw new StepFailed(detail, false);
      }
      await options.wait(LOOK_AGAIN_MS);
    }
  }

  function lost(detail: string): StepFailed {
    note('check the device', 'failed', detail);
    return new StepFailed(detail, true);
  }

  async function missingSessions(): Promise<readonly string[] | null> {
    if (expectedSessions.length === 0) return [];
    const { status, stdout } = await options.run(target as SshTarget, frrScripts.sessions, { timeoutMs: COMMAND_MS });
    if (status !== 0) return null;
    const up = establishedPeers(stdout);
    return expectedSessions.filter((peer) => !up.has(peer));
  }

  async function restore(): Promise<PushResult['outcome']> {
    const outcome = await options.run(target as SshTarget, frrScripts.revert(folder), { timeoutMs: COMMAND_MS });
    const text = await running(target as SshTarget, system);
    const back = text !== null && digest(text) === former;
    note(
      'restore the saved configuration',
      back ? 'done' : 'failed',
      back ? former.slice(0, 16) : lastLine(outcome.stderr),
    );
    if (back) await options.run(target as SshTarget, frrScripts.clean(folder), { timeoutMs: COMMAND_MS });
    return back ? 'rolled_back' : 'unknown';
  }

  async function abandon(): Promise<PushResult['outcome']> {
    await options.run(target as SshTarget, frrScripts.clean(folder), { timeoutMs: COMMAND_MS });
    return 'unchanged';
  }
}

/** Peers in state Established in `show bgp vrf all summary json`; anything unexpected is no peer. */
export function establishedPeers(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, child] of Object.entries(value)) {
      if (name === 'peers' && typeof child === 'object' && child !== null) {
        for (const [peer, facts] of Object.entries(child))
          if ((facts as { readonly state?: unknown }).state === 'Established') found.add(peer);
      } else visit(child);
    }
  };
  try {
    visit(JSON.parse(text));
  } catch {
    // No JSON: FRR says so in words when there is no BGP, and then nothing is established.
  }
  return found;
}

const lastLine = (text: string): string =>
  (text.trimEnd().split('\n').at(-1) ?? '').replace(/\p{Cc}/gu, ' ').slice(0, 300) || 'done';
