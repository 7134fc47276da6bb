import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BenchmarkRow, percentiles } from '../support/benchmark.ts';

const project = resolve(import.meta.dirname, '../..');
const RUNS = 5;

interface Outcome {
  readonly durationMs: number;
  readonly stages: readonly { readonly id: string; readonly durationMs: number }[];
}

export const name = 'Preflight of dcn-10node: the process, the twin, the signature and the report';

/** Wall-clock time of a whole preflight as people start it. */
export async function run(): Promise<readonly BenchmarkRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'aegis-bench-'));
  try {
    const whole: number[] = [];
    const outcomes: Outcome[] = [];
    const lab = join(project, 'labs/dcn-10node');
    const change = join(lab, 'changes/add-tenant-prefix');
    for (let index = 0; index <= RUNS; index += 1) {
      const start = performance.now();
      const { stdout, status, stderr } = spawnSync(
        process.execPath,
        [
          join(project, 'dist/cli.mjs'),
          'preflight',
          lab,
          '--change',
          change,
          '--evidence',
          join(folder, 'e'),
          '--json',
        ],
        { encoding: 'utf8', env: { ...process.env, XDG_CONFIG_HOME: join(folder, 'c') }, maxBuffer: 1 << 28 },
      );
      if (status !== 0) throw new Error(`The preflight ended with ${status}: ${stderr}`);
      // The first run makes the key and warms the file cache.
      if (index === 0) continue;
      whole.push(performance.now() - start);
      outcomes.push(JSON.parse(stdout) as Outcome);
    }
    const row = (what: string, samples: readonly number[]) => {
      const { p50, max } = percentiles(samples);
      return { what, 'p50 ms': Math.round(p50), 'max ms': Math.round(max) };
    };
    const stage = (id: string): readonly number[] =>
      outcomes.map(({ stages }) => stages.find((one) => one.id === id)?.durationMs ?? 0);
    return [
      row('process, start to end', whole),
      row(
        'pipeline after start-up',
        outcomes.map(({ durationMs }) => durationMs),
      ),
      row('of it: twin spawned', stage('spawn-twin')),
      row('of it: change applied', stage('apply-and-converge')),
      row('of it: rollback executed', stage('rollback')),
      row('of it: evidence sealed', stage('seal')),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
