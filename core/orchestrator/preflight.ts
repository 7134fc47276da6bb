import type { PreflightRequest, PreflightRun, PreflightServices, SealedEvidence } from './run.ts';
import type { StageEvent, StageOutcome, StageRecord } from './stage.ts';
import type { Stage } from './stages/define.ts';
import { stages as allStages } from './stages.ts';
import type { Verdict } from './verdict.ts';

export interface PreflightOptions {
  readonly signal?: AbortSignal;
  readonly onStage?: (event: StageEvent) => void;
  /** All stages when absent. */
  readonly stages?: readonly Stage[];
}

export interface PreflightOutcome {
  readonly runId: string;
  readonly verdict: Verdict;
  readonly stages: readonly StageRecord[];
  /** What the stages found; see `PreflightRun`. */
  readonly run: Readonly<PreflightRun>;
  /** Undefined when no evidence was asked for, or none could be made. */
  readonly evidence?: SealedEvidence;
  readonly durationMs: number;
}

/** The verdict of a run in which the stage of that name did not come to one. */
const NO_VERDICT: Verdict = {
  value: 'blocked',
  reasons: [{ code: 'stage-incomplete', message: 'No verdict was reached: the stage that decides it failed.' }],
};

/**
 * Runs every stage in order. A stage that fails unexpectedly is recorded as failed and the others still run, so that
 * the evidence shows how far it came; such a run is never ready. A cancelled run rejects with the signal's reason and
 * leaves no evidence. The twin is torn down in every case.
 */
export async function runPreflight(
  request: PreflightRequest,
  services: PreflightServices,
  options: PreflightOptions = {},
): Promise<PreflightOutcome> {
  const { signal, onStage, stages = allStages } = options;
  const { clock } = services;
  const begun = clock.monotonic();
  const endWatch = services.egress?.start();
  let current = '';
  const run: PreflightRun = {
    request,
    services,
    signal,
    progress: (text) => onStage?.({ kind: 'progress', id: current, text }),
    records: [],
    created: clock.now(),
    // Who leaves stages out may look at what the others found, but not seal it as ready.
    requiredStages: (services.seal ? allStages : stages).filter(({ required }) => required).map(({ id }) => id),
    endEgressWatch: endWatch && once(endWatch),
  };
  try {
    for (const [index, stage] of stages.entries()) {
      signal?.throwIfAborted();
      current = stage.id;
      onStage?.({ kind: 'started', id: stage.id, title: stage.title, index, total: stages.length });
      const record = await runStage(stage, run);
      run.records.push(record);
      onStage?.({ kind: 'ended', index, total: stages.length, record });
    }
    signal?.throwIfAborted();
  } finally {
    run.endEgressWatch?.();
    if (run.twin) await services.backend.teardownTwin(run.twin);
  }
  return {
    runId: services.runId,
    verdict: withoutSeal(run, run.verdict ?? NO_VERDICT),
    stages: run.records,
    run,
    ...(run.evidence && { evidence: run.evidence }),
    durationMs: Math.round(clock.monotonic() - begun),
  };
}

async function runStage(stage: Stage, run: PreflightRun): Promise<StageRecord> {
  const { clock } = run.services;
  const startedAt = clock.now();
  const start = clock.monotonic();
  let outcome: StageOutcome;
  try {
    outcome = await stage.run(run);
  } catch (error) {
    if (run.signal?.aborted) throw error;
    const message = error instanceof Error ? error.message : String(error);
    outcome = { status: 'failed', summary: `The stage could not be completed: ${message}` };
  }
  const { status, summary, details = [] } = outcome;
  return {
    id: stage.id,
    title: stage.title,
    status,
    startedAt,
    durationMs: Math.max(0, Math.round(clock.monotonic() - start)),
    summary,
    details,
  };
}

/** A change is not ready while its evidence could not be made. */
function withoutSeal({ records, services }: PreflightRun, verdict: Verdict): Verdict {
  const seal = records.find(({ id }) => id === 'seal');
  if (!services.seal || seal?.status === 'passed') return verdict;
  const reason = {
    code: 'not-sealed',
    message: `The evidence was not sealed: ${seal?.summary ?? 'the stage did not run.'}`,
  };
  return verdict.value === 'ship_ready'
    ? { value: 'needs_approval', reasons: [reason] }
    : { ...verdict, reasons: [...verdict.reasons, reason] };
}

function once<T>(end: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => {
    result ??= { value: end() };
    return result.value;
  };
}
