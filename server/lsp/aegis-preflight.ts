import { type CancellationToken, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { StageEvent as CoreStageEvent } from '../../core/orchestrator/stage.ts';
import type { EngineReason } from '../engine/engine.ts';
import {
  LabsChangedNotification,
  type PreflightParams,
  type PreflightReason,
  type PreflightResult,
  type StageEvent,
  StageNotification,
  type VerdictEvent,
  VerdictNotification,
  type VerdictValue,
} from '../protocol.ts';
import { signalOfToken } from './cancellation.ts';
import { CODES, SOURCE } from './diagnostics.ts';
import { preflightTask } from './lab-task.ts';
import { requireTrust, type Session } from './session.ts';

/** Words for people; never only a colour. */
export const VERDICT_WORDS: Readonly<Record<VerdictValue, string>> = {
  ship_ready: 'ready to ship',
  needs_approval: 'needs approval',
  blocked: 'blocked',
};

/** `aegis/preflight`: the whole pipeline on a lab's working tree, with evidence. */
export async function preflight(
  session: Session,
  { lab: id, intent, token }: PreflightParams,
  cancellation: CancellationToken,
): Promise<PreflightResult> {
  requireTrust(session);
  const lab = await session.requireLab(id);
  const task = await preflightTask(session, lab, intent);
  const stages = new StageReporter(
    token,
    (event) => void session.connection.sendNotification(StageNotification, event),
  );
  const { revision } = await session.workspace.load(lab);
  const outcome = await session.first(lab, () =>
    session.engine.preflight(task, signalOfToken(cancellation), (event) => stages.report(event)),
  );
  session.refusals.set(lab.path, revision, refusedLines(outcome.reasons));
  session.refreshDiagnostics();
  const { verdict, reasons, counts, runId, durationMs, evidence } = outcome;
  const event: VerdictEvent = {
    lab: id,
    verdict,
    source: 'preflight',
    summary: `${outcome.lab}: ${VERDICT_WORDS[verdict]}. ${reasons[0]?.text ?? ''}`,
  };
  void session.connection.sendNotification(VerdictNotification, event);
  void session.connection.sendNotification(LabsChangedNotification);
  return {
    runId,
    lab: id,
    verdict,
    reasons: reasons.map((reason) => reasonOf(session, reason)),
    counts,
    durationMs,
    evidenceFolder: evidence ?? '',
  };
}

/** Errors at the lines that the twin's systems did not take. */
function refusedLines(reasons: readonly EngineReason[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  for (const { code, text, place } of reasons) {
    if (code !== CODES.refused || !place) continue;
    const range = { start: { line: place.line, character: 0 }, end: { line: place.line + 1, character: 0 } };
    const list = found.get(place.file) ?? [];
    found.set(place.file, list);
    list.push({ range, severity: DiagnosticSeverity.Error, code, source: SOURCE, message: text });
  }
  return found;
}

export function reasonOf({ uris }: Session, { text, place }: EngineReason): PreflightReason {
  if (!place) return { text };
  const start = { line: place.line, character: 0 };
  return { text, uri: uris.uriOf(place.file), range: { start, end: { line: place.line + 1, character: 0 } } };
}

/** Stages as the client shows them: progress within a stage is its summary while it runs. */
class StageReporter {
  readonly #token: string;
  readonly #send: (event: StageEvent) => void;
  #running: Pick<StageEvent, 'id' | 'title' | 'index' | 'total'> | undefined;

  constructor(token: string, send: (event: StageEvent) => void) {
    this.#token = token;
    this.#send = send;
  }

  report(event: CoreStageEvent): void {
    const token = this.#token;
    if (event.kind === 'started') {
      const { id, title, index, total } = event;
      this.#running = { id, title, index, total };
      this.#send({ token, ...this.#running, status: 'running' });
    } else if (event.kind === 'ended') {
      const { id, title, status, summary } = event.record;
      this.#send({ token, id, title, index: event.index, total: event.total, status, summary });
    } else if (this.#running) this.#send({ token, ...this.#running, status: 'running', summary: event.text });
  }
}
