/** Runs the tools that an examiner has, with no shell in between. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether every one of these programs is installed. */
export function installed(...programs: readonly string[]): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return programs.every((program) =>
    folders.some((folder) => {
      try {
        accessSync(join(folder, program), constants.X_OK);
        return true;
      } catch {
        // Not in this folder of the path.
        return false;
      }
    }),
  );
}

export interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a program in a folder; `input` goes to its standard input. The output is both streams. */
export function run(folder: string, program: string, parameters: readonly string[], input?: Uint8Array): Outcome {
  const result = spawnSync(program, parameters, { cwd: folder, input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (result.error) throw result.error;
  return { status: result.status, output: `${result.stdout}${result.stderr}` };
}
