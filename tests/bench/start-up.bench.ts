import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BenchmarkRow, measure, percentiles } from '../support/benchmark.ts';

const dist = resolve(import.meta.dirname, '../../dist');

export const name = 'Start-up: milliseconds from starting a bundle to its end';

/** Node alone is the floor; the command line comes on top of it. */
export async function run(): Promise<readonly BenchmarkRow[]> {
  const commands: Record<string, readonly string[]> = { 'node alone': ['-e', '0'] };
  const command = join(dist, 'aegis.mjs');
  if (existsSync(command)) commands['aegis --version'] = [command, '--version'];
  const rows: BenchmarkRow[] = [];
  for (const [title, nodeArguments] of Object.entries(commands)) {
    const samples = await measure(10, 2, () => {
      const { status, stderr } = spawnSync(process.execPath, nodeArguments, { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${title} ended with ${status}: ${stderr}`);
    });
    rows.push({ command: title, ...percentiles(samples) });
  }
  return rows;
}
