import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const project = resolve(import.meta.dirname, '../..');
const program = join(project, 'dist/cli.mjs');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Working folder; the project's when absent. */
  readonly cwd?: string;
  /** User's configuration folder, where keys are made. */
  readonly config?: string;
  readonly input?: string | Uint8Array;
  /** Command in front of node, for example unshare. */
  readonly wrapper?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the built command line as a process. */
export function aegis(
  args: readonly string[],
  { cwd = project, config, input, wrapper = [], environment = {} }: RunOptions = {},
): Promise<Ended> {
  if (!existsSync(program)) throw new Error('dist/cli.mjs does not exist. Run: npm run build');
  const [command = process.execPath, ...rest] = [...wrapper, process.execPath, program, ...args];
  const child = spawn(command, rest, {
    cwd,
    env: { ...process.env, ...(config !== undefined && { XDG_CONFIG_HOME: config }), ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => stdout.push(part));
  child.stderr.on('data', (part: Buffer) => stderr.push(part));
  child.stdin.on('error', () => undefined); // A command that reads no input may end before it is written.
  child.stdin.end(input ?? '');
  return new Promise((settle, fail) => {
    child.on('error', fail);
    child.on('close', (code) =>
      settle({ code, stdout: Buffer.concat(stdout).toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8') }),
    );
  });
}

/** A temporary folder that is removed when the function ends. */
export async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-test-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
