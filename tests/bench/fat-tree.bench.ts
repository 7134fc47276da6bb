import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { BenchmarkRow } from '../support/benchmark.ts';
import type { SimulationCost } from '../support/measure-simulation.ts';

export const name =
  'Fat-trees of FRR, EOS and IOS, external BGP with policies on every link: parsed and simulated, each in a process of its own';

/** Each process may have this much for its objects, so that the table shows what suffices and not what was at hand. */
const HEAP_MB = 1700;
const SIZES = [20, 80, 320, 1280];
const program = join(import.meta.dirname, '../support/measure-simulation.ts');

/** `growth` is the time per route against that of the size before: 1 is linear. */
export async function run(): Promise<readonly BenchmarkRow[]> {
  const rows: BenchmarkRow[] = [];
  let before: number | undefined;
  for (const size of SIZES) {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [`--max-old-space-size=${HEAP_MB}`, program, String(size)],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`The fat-tree of ${size} ended with ${status}: ${stderr}`);
    const cost = JSON.parse(stdout) as SimulationCost;
    const perRoute = (1000 * cost.simulateMs) / cost.routes;
    rows.push({
      switches: size,
      lines: cost.lines,
      sessions: cost.sessions,
      routes: cost.routes,
      'parse ms': Math.round(cost.parseMs),
      'simulate ms': Math.round(cost.simulateMs),
      'of CPU ms': Math.round(cost.cpuMs),
      'µs per route': perRoute,
      growth: before === undefined ? '' : (perRoute / before).toFixed(2),
      'heap MB': Math.round(cost.heapMb),
      'largest RSS MB': Math.round(cost.rssMb),
    });
    before = perRoute;
  }
  return rows;
}
