import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const doomed = fileURLToPath(new URL('./doomed-twin.ts', import.meta.url));

const read = <T>(work: () => T, otherwise: T): T => {
  try {
    return work();
  } catch {
    return otherwise;
  }
};
const processes = (): readonly string[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name));

/** Processes that a twin of that owner consists of, by what their environment says. */
export const twinProcesses = (owner: number): readonly string[] =>
  processes().filter((pid) =>
    read(() => readFileSync(`/proc/${pid}/environ`, 'utf8'), '')
      .split('\0')
      .includes(`AEGIS_TWIN_OWNER=${owner}`),
  );

const namespacesOf = (pid: string): readonly string[] =>
  ['user', 'net', 'mnt', 'pid'].flatMap((kind) => read(() => [readlinkSync(`/proc/${pid}/ns/${kind}`)], []));

/** What the host has that a twin could leave: named network namespaces, and files of FRR's. */
const hostFiles = (): string =>
  ['/run/netns', '/run/frr', '/var/tmp/frr', '/etc/frr', '/run/aegis']
    .map((folder) => `${folder}: ${read(() => readdirSync(folder).sort(), []).join(' ')}`)
    .join('\n');

export interface KillResult {
  readonly afterMs: number;
  /** How many processes its twin had when it was killed. */
  readonly processes: number;
  /** What was still there when the patience was over; empty when nothing was. */
  readonly left: readonly string[];
  /** Milliseconds until all was gone. */
  readonly goneAfterMs: number;
}

const PATIENCE_MS = 10_000;

/** Starts a process that makes twins, kills it with SIGKILL after that time, and looks for what it left. */
export async function killTwin(afterMs: number): Promise<KillResult> {
  const filesBefore = hostFiles();
  const child = spawn(process.execPath, [doomed], { stdio: ['ignore', 'pipe', 'inherit'] });
  const owner = child.pid as number;
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  await pause(afterMs);
  const twin = twinProcesses(owner);
  const own = new Set(namespacesOf('self'));
  const namespaces = new Set(twin.flatMap(namespacesOf).filter((one) => !own.has(one)));
  child.kill('SIGKILL');
  await exited;
  const killed = performance.now();
  const left = (): readonly string[] => {
    const alive = twinProcesses(owner).map((pid) => `process ${pid}`);
    const held = processes().filter((pid) => namespacesOf(pid).some((one) => namespaces.has(one)));
    const files = hostFiles();
    return [
      ...alive,
      ...held.map((pid) => `process ${pid} in a namespace of the twin`),
      ...(files === filesBefore ? [] : [`files: ${files}`]),
    ];
  };
  let found = left();
  while (found.length > 0 && performance.now() - killed < PATIENCE_MS) {
    await pause(20);
    found = left();
  }
  return { afterMs, processes: twin.length, left: found, goneAfterMs: Math.round(performance.now() - killed) };
}
