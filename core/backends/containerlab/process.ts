/* Every process of the containerlab twin is started here, each with a list of arguments and no shell (ISO-6). */
import { execa } from 'execa';
import { ContainerlabUnusable } from './failure.ts';

export interface Programs {
  /** Path or name of the program. */
  readonly containerlab: string;
  readonly docker: string;
}

export const DEFAULT_PROGRAMS: Programs = { containerlab: 'containerlab', docker: 'docker' };

export interface ProgramResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds. */
  readonly limit?: number;
  readonly input?: string;
}

const MOST_BYTES = 64 * 1024 * 1024;

/** Runs a program to its end. A program that is missing or takes too long rejects with `ContainerlabUnusable`. */
export async function run(
  program: string,
  programArguments: readonly string[],
  { signal, limit = 300_000, input = '' }: ProgramOptions = {},
): Promise<ProgramResult> {
  signal?.throwIfAborted();
  const result = await execa(program, programArguments, {
    input,
    reject: false,
    timeout: limit,
    maxBuffer: MOST_BYTES,
    ...(signal && { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (result.timedOut)
    throw new ContainerlabUnusable(
      `${program} ${programArguments[0]} did not end within ${Math.round(limit / 1000)} s.`,
    );
  if (result.exitCode === undefined)
    throw new ContainerlabUnusable(
      result.code === 'ENOENT'
        ? `${program} is not installed on this machine; install it, or choose another backend.`
        : `${program} ${programArguments[0]} could not be run: ${result.originalMessage ?? result.signal ?? 'no reason was given'}.`,
    );
  return { code: result.exitCode, stdout: String(result.stdout), stderr: String(result.stderr) };
}
