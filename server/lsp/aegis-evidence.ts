import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvidenceBundle } from '../../core/evidence/bundle.ts';
import { isMissing } from '../files/node-file-reader.ts';
import type { EvidenceResult, EvidenceRun } from '../protocol.ts';
import { evidenceFolder } from './lab-task.ts';
import { requireTrust, type Session } from './session.ts';

/** Larger files are no bundle that this software wrote; reading them would stop the editor. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_RUNS = 500;

/** `aegis/evidence`: the packages under the evidence folders, newest first. What they say is not verified here. */
export async function evidence(session: Session): Promise<EvidenceResult> {
  requireTrust(session);
  const folders = new Set(session.workspace.folders.map((folder) => evidenceFolder(session, folder)));
  const runs: EvidenceRun[] = [];
  for (const folder of folders) runs.push(...(await runsIn(folder)));
  return runs.sort((a, b) =>
    a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : a.runId < b.runId ? 1 : -1,
  );
}

async function runsIn(folder: string): Promise<readonly EvidenceRun[]> {
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  const runs = names
    .filter((name) => !name.startsWith('.'))
    .sort()
    .slice(-MOST_RUNS)
    .map((name) => readRun(join(folder, name), name));
  return (await Promise.all(runs)).filter((run) => run !== undefined);
}

/** A package's own words; undefined for a folder that is none. */
async function readRun(folder: string, name: string): Promise<EvidenceRun | undefined> {
  const result = await readBundle(folder);
  if (result === undefined) return undefined;
  if (!result.ok) return broken(folder, name, result.problem);
  const { runFacts } = await import('./run-facts.ts');
  const { runId, created, twin, verdict, change, stages } = result.bundle;
  return {
    runId,
    folder,
    lab: twin.status === 'run' ? twin.topology.name : '',
    createdAt: created,
    verdict: verdict.value,
    intent: change.intent ?? '',
    changedDevices: change.devices.map((device) => device.name),
    reasons: verdict.reasons.map(({ message }) => message),
    stages: stages.map(({ title, status, summary }) => ({ title, status, summary })),
    facts: runFacts(result.bundle),
  };
}

export type ReadBundle =
  | { readonly ok: true; readonly bundle: EvidenceBundle }
  | { readonly ok: false; readonly problem: string };

/** The bundle of a package, unverified; undefined for a folder that is no package. */
export async function readBundle(folder: string): Promise<ReadBundle | undefined> {
  const file = join(folder, 'bundle.json');
  let bytes: Uint8Array;
  try {
    const { size } = await stat(file);
    if (size > MOST_BYTES) return { ok: false, problem: 'bundle.json is too large to be read.' };
    bytes = await readFile(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    return { ok: false, problem: 'bundle.json cannot be read.' };
  }
  const { parseBundle } = await import('../../core/evidence/parse-bundle.ts');
  const result = parseBundle(bytes);
  return result.ok
    ? { ok: true, bundle: result.bundle }
    : { ok: false, problem: result.problems[0]?.message ?? 'bundle.json is not valid.' };
}

const broken = (folder: string, runId: string, problem: string): EvidenceRun => ({
  runId,
  folder,
  lab: '',
  createdAt: '',
  verdict: 'blocked',
  intent: '',
  changedDevices: [],
  reasons: [],
  stages: [],
  facts: [],
  problem,
});
