import { readFileSync } from 'node:fs';
import { findFrr, frrBackend } from '../../core/backends/frr/index.ts';
import { diffStates } from '../../core/network/diff-states.ts';
import { simulate } from '../../core/network/simulate.ts';
import { twinProcesses } from '../frr/kills.ts';
import type { BenchmarkRow } from '../support/benchmark.ts';
import { generateNetwork, snapshotOf } from '../support/generate-network.ts';

export const name = 'A twin of FRR daemons: leaf-spine, external BGP';

/** Memory that processes have for themselves, in MB: shared libraries are counted in shares (PSS). */
const memoryMb = (pids: readonly string[]): number =>
  pids.reduce((sum, pid) => {
    try {
      return sum + Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
    } catch {
      return sum;
    }
  }, 0);

export async function run(): Promise<readonly BenchmarkRow[]> {
  const host = await findFrr();
  if ('obstacle' in host) throw new Error(host.obstacle);
  const rows: BenchmarkRow[] = [];
  for (const size of [4, 10, 20, 50]) {
    const lab = snapshotOf(
      generateNetwork({ shape: 'leaf-spine', size, seed: 1, policies: 'none', dialects: ['frr'] }),
    );
    const backend = frrBackend(host);
    let started = 0;
    const start = performance.now();
    const twin = await backend.spawnTwin(lab, {
      onProgress: (text) => {
        if (text.startsWith('started')) started = performance.now() - start;
      },
    });
    const ready = performance.now() - start;
    try {
      const memory = memoryMb(twinProcesses(process.pid));
      const begun = performance.now();
      const again = await backend.applyAndConverge(twin, withoutLoopback(lab), {});
      const applied = performance.now() - begun;
      const { counts } = diffStates(simulate(lab), twin.initial);
      rows.push({
        routers: lab.nodes.size,
        links: lab.links.length,
        routes: [...twin.initial.nodes.values()].reduce(
          (sum, vrfs) => sum + (vrfs.get('default')?.routes.length ?? 0),
          0,
        ),
        'started s': started / 1000,
        'ready s': ready / 1000,
        'change s': applied / 1000,
        'MB a router': memory / lab.nodes.size,
        'differs from simulator': counts.devicesAffected,
        'stable after change': again.converged ? 'yes' : 'no',
      });
    } finally {
      await backend.teardownTwin(twin);
    }
  }
  return rows;
}

/** The lab with one router that announces one network less. */
function withoutLoopback(lab: ReturnType<typeof snapshotOf>): ReturnType<typeof snapshotOf> {
  const { devices, links } = generateNetwork({
    shape: 'leaf-spine',
    size: lab.nodes.size,
    seed: 1,
    policies: 'none',
    dialects: ['frr'],
  });
  const [first, ...others] = devices;
  if (!first) return lab;
  return snapshotOf({
    links,
    devices: [{ ...first, text: first.text.replace(/^ {2}network 172\.16\.0\.0\/32\n/m, '') }, ...others],
  });
}
