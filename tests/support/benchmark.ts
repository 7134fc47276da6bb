/** One line of a benchmark's table: column -> value. */
export type BenchmarkRow = Readonly<Record<string, string | number>>;

/** What each file tests/bench/<name>.bench.ts exports. */
export interface Benchmark {
  readonly name: string;
  run(): Promise<readonly BenchmarkRow[]>;
}

/** Percentiles of durations, in the unit of the input. */
export function percentiles(samples: readonly number[]): {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
} {
  if (samples.length === 0) throw new Error('A benchmark measured nothing.');
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
  return { p50: at(0.5), p95: at(0.95), max: sorted.at(-1)! };
}

/** Runs a function several times, after a few runs that warm up. @returns milliseconds of each run */
export async function measure(runs: number, warmUp: number, once: () => unknown): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let index = 0; index < runs + warmUp; index += 1) {
    const start = performance.now();
    await once();
    if (index >= warmUp) samples.push(performance.now() - start);
  }
  return samples;
}
