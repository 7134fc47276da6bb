import type { Backend } from '../../core/backends/backend.ts';
import { simulatorBackend } from '../../core/backends/simulator.ts';
import type { Snapshot } from '../../core/network/snapshot.ts';
import type { BackendChoice } from './backend-choices.ts';

export interface ChosenBackend {
  readonly backend: Backend;
  /** Why this one, one sentence for people and for the evidence. */
  readonly choice: string;
}

/** A backend that was asked for by name and cannot run here: the message says why and what to do. */
export class BackendNotAvailable extends Error {
  override readonly name = 'BackendNotAvailable';
}

/**
 * Chooses what a preflight of these labs runs on. Real daemons prove more than a computation, so `auto` prefers them
 * where this machine has them and they can run every device. Throws `BackendNotAvailable` where a backend is asked for
 * by name and cannot run.
 */
export async function chooseBackend(
  choice: BackendChoice,
  snapshots: readonly Snapshot[],
  signal?: AbortSignal,
): Promise<ChosenBackend> {
  if (choice === 'simulator') return { backend: simulatorBackend(), choice: 'It was asked for (--backend simulator).' };
  const frr = await frrFor(snapshots, signal);
  if (choice === 'frr') {
    if ('obstacle' in frr) throw new BackendNotAvailable(frr.obstacle);
    return { backend: frr.backend, choice: 'It was asked for (--backend frr).' };
  }
  if ('obstacle' in frr)
    return {
      backend: simulatorBackend(),
      choice: `The strongest engine that is there: no real daemons can run this lab here. ${frr.obstacle}`,
    };
  return { backend: frr.backend, choice: 'The strongest engine that is there: real routing daemons of FRR.' };
}

/** The FRR backend where it can hold these labs; otherwise the reason. Loaded only when it is wanted. */
async function frrFor(
  snapshots: readonly Snapshot[],
  signal: AbortSignal | undefined,
): Promise<{ readonly backend: Backend } | { readonly obstacle: string }> {
  const { findFrr, frrBackend, obstacleFor } = await import('../../core/backends/frr/index.ts');
  for (const snapshot of snapshots) {
    const obstacle = await obstacleFor(snapshot);
    if (obstacle !== undefined) return { obstacle };
  }
  const host = await findFrr(signal);
  return 'obstacle' in host ? host : { backend: frrBackend(host) };
}
