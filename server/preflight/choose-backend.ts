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

type Found = { readonly backend: Backend } | { readonly obstacle: string };

export interface BackendWishes {
  readonly choice: BackendChoice;
  /** Address of the tool inside the perimeter, for `http`. */
  readonly address?: string;
  /** Folders of the workspace: containers are run for labs inside of them only. */
  readonly workspaces: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * Chooses what a preflight of these labs runs on. The systems of production prove more than other daemons, and real
 * daemons more than a computation: `auto` takes the first of containerlab, FRR and the simulator that this machine has
 * and that can run every device. A tool inside the perimeter is used only when it is asked for. Throws
 * `BackendNotAvailable` where a backend is asked for by name and cannot run.
 */
export async function chooseBackend(
  { choice, address, workspaces, signal }: BackendWishes,
  snapshots: readonly Snapshot[],
): Promise<ChosenBackend> {
  const asked = `It was asked for (--backend ${choice}).`;
  if (address !== undefined && choice !== 'http')
    throw new BackendNotAvailable('An address of a backend goes with --backend http.');
  if (choice === 'simulator') return { backend: simulatorBackend(), choice: asked };
  if (choice === 'http') return { backend: named(await httpAt(address)), choice: asked };
  if (choice === 'containerlab')
    return { backend: named(await containerlabFor(snapshots, workspaces, signal)), choice: asked };
  if (choice === 'frr') return { backend: named(await frrFor(snapshots, signal)), choice: asked };

  const containers = await containerlabFor(snapshots, workspaces, signal);
  if ('backend' in containers)
    return {
      backend: containers.backend,
      choice: 'The strongest engine that is there: the network systems in containers.',
    };
  const frr = await frrFor(snapshots, signal);
  if ('backend' in frr)
    return {
      backend: frr.backend,
      choice: `The strongest engine that is there: real routing daemons of FRR. No containers: ${containers.obstacle}`,
    };
  return {
    backend: simulatorBackend(),
    choice: `The strongest engine that is there: no real daemons can run this lab here. ${frr.obstacle} ${containers.obstacle}`,
  };
}

function named(found: Found): Backend {
  if ('obstacle' in found) throw new BackendNotAvailable(found.obstacle);
  return found.backend;
}

/** The backend of a tool inside the perimeter; an address that the air gap refuses is an obstacle. */
async function httpAt(address: string | undefined): Promise<Found> {
  if (address === undefined)
    return { obstacle: 'The backend http needs the address of the tool: --backend-address http://127.0.0.1:5757' };
  const { httpBackend, ToolUnusable } = await import('../../core/backends/http/http.ts');
  try {
    return { backend: httpBackend({ address }) };
  } catch (error) {
    if (error instanceof ToolUnusable) return { obstacle: error.message };
    throw error;
  }
}

/** Containers of the systems themselves, where containerlab, its engine and a reader for every device are there. */
async function containerlabFor(
  snapshots: readonly Snapshot[],
  workspaces: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Found> {
  const { containerlabBackend, findContainerlab, whyNot } = await import(
    '../../core/backends/containerlab/containerlab.ts'
  );
  const obstacle = whyNot(snapshots);
  if (obstacle !== undefined) return { obstacle };
  const version = await findContainerlab(undefined, signal).catch((error: Error) => {
    if (signal?.aborted) throw error;
    return { obstacle: error.message };
  });
  return typeof version === 'string' ? { backend: containerlabBackend(version, { workspaces }) } : version;
}

/** The FRR backend where it can hold these labs; otherwise the reason. Loaded only when it is wanted. */
async function frrFor(snapshots: readonly Snapshot[], signal: AbortSignal | undefined): Promise<Found> {
  const { findFrr, frrBackend, obstacleFor } = await import('../../core/backends/frr/index.ts');
  for (const snapshot of snapshots) {
    const obstacle = await obstacleFor(snapshot);
    if (obstacle !== undefined) return { obstacle };
  }
  const host = await findFrr(signal);
  return 'obstacle' in host ? host : { backend: frrBackend(host) };
}
