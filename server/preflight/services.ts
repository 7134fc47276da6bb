import { randomBytes } from 'node:crypto';
import { simulatorBackend } from '../../core/backends/simulator.ts';
import type { ConfigParser } from '../../core/network/load/load-snapshot.ts';
import type { PreflightServices, Sealer } from '../../core/orchestrator/run.ts';
import { toolName, version } from '../version.ts';
import type { ChosenBackend } from './choose-backend.ts';
import { egressMonitor } from './egress-monitor.ts';

/** What a preflight runs on: the chosen engine or the embedded one, the system's clock, and a new run id. */
export function preflightServices(
  lab: string,
  parse: ConfigParser,
  seal?: Sealer,
  chosen?: ChosenBackend,
): PreflightServices {
  return {
    ...(chosen ?? { backend: simulatorBackend() }),
    parse,
    clock: { now: () => new Date().toISOString(), monotonic: () => performance.now() },
    runId: newRunId(lab, new Date()),
    tool: { name: toolName, version },
    egress: egressMonitor,
    ...(seal && { seal }),
  };
}

/** `20260131T093000Z-<lab>-<random>`: sorts by time, names the lab, and never occurs twice. */
function newRunId(lab: string, now: Date): string {
  const time = now.toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '');
  return `${time}-${lab.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, 60)}-${randomBytes(3).toString('hex')}`;
}
