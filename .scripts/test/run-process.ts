import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { projectFolder } from '../install-packages.mjs';

export interface ProcessRequest {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds after which the process and all that it started are ended. */
  readonly limit: number;
  /** File that keeps the output. */
  readonly log: string;
  /** Whether the output is also shown as it comes. */
  readonly show: boolean;
}

export interface ProcessOutcome {
  /** Exit code; null when the process was ended by a signal. */
  readonly code: number | null;
  readonly output: string;
  /** One sentence when the process did not end by itself or did not start. */
  readonly problem: string | null;
}

/** How long a process group has to end by itself once it was asked to. */
const grace = 8_000;

const running = new Set<number>();
// However this process ends, what it started is asked to end too.
process.on('exit', () => {
  for (const group of running) endGroup(group, 'SIGTERM');
});

function endGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // The group has ended already.
  }
}

/** Runs a program in a process group of its own, in the project's folder, within a time limit. Never throws. */
export async function runProcess(request: ProcessRequest): Promise<ProcessOutcome> {
  await mkdir(dirname(request.log), { recursive: true });
  const log = createWriteStream(request.log);
  const chunks: Buffer[] = [];

  const outcome = await new Promise<Omit<ProcessOutcome, 'output'>>((resolve) => {
    const child = spawn(request.command, request.arguments, {
      cwd: projectFolder,
      env: { ...process.env, ...request.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const group = child.pid;
    if (group !== undefined) running.add(group);
    const keep = (chunk: Buffer): void => {
      chunks.push(chunk);
      log.write(chunk);
      if (request.show) process.stdout.write(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);

    let problem: string | null = null;
    let killing: NodeJS.Timeout | undefined;
    const timer = setTimeout(() => {
      problem = `It did not end within ${Math.round(request.limit / 1000)} s.`;
      if (group === undefined) return;
      endGroup(group, 'SIGTERM');
      killing = setTimeout(() => endGroup(group, 'SIGKILL'), grace);
    }, request.limit);

    const done = (code: number | null, reason: string | null): void => {
      clearTimeout(timer);
      clearTimeout(killing);
      if (group !== undefined) {
        running.delete(group);
        // What the process started and left behind ends with it.
        endGroup(group, 'SIGKILL');
      }
      resolve({ code, problem: reason });
    };
    child.on('error', (error) => done(null, `${request.command} does not start: ${error.message}`));
    // 'exit', not 'close': a grandchild that keeps the pipes open must not keep the suite from ending.
    child.on('exit', (code, signal) => {
      setImmediate(() => done(code, problem ?? (signal === null ? null : `It was ended by ${signal}.`)));
    });
  });

  log.end();
  await finished(log);
  return { ...outcome, output: Buffer.concat(chunks).toString('utf8') };
}
