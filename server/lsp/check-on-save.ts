import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { Cancelled } from '../engine/cancellation.ts';
import type { CheckOutcome } from '../engine/engine.ts';
import { type VerdictEvent, VerdictNotification } from '../protocol.ts';
import { VERDICT_WORDS } from './aegis-preflight.ts';
import { CODES, SOURCE } from './diagnostics.ts';
import { labTask } from './lab-task.ts';
import { summary } from './line-effects.ts';
import type { Session } from './session.ts';
import type { WorkspaceLab } from './workspace.ts';

/** The guards' own reason: their findings are diagnostics already. */
const SHOWN_BY_GUARDS = 'guard-p0';

/** What runs after a save: one check per lab; a new edit or save of the lab cancels it. */
export class ChecksOnSave {
  readonly #session: Session;
  readonly #running = new Map<string, AbortController>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** A file of the lab was edited: what is being computed is out of date. */
  cancel(lab: string): void {
    this.#running.get(lab)?.abort();
    this.#running.delete(lab);
  }

  async run(lab: WorkspaceLab): Promise<void> {
    const session = this.#session;
    if (!session.options.trusted || !session.settings.preflightOnSave) return;
    this.cancel(lab.path);
    const controller = new AbortController();
    this.#running.set(lab.path, controller);
    try {
      const { revision } = await session.workspace.load(lab);
      const outcome = await session.first(lab, async () =>
        session.engine.check(await labTask(session, lab), controller.signal),
      );
      if (controller.signal.aborted) return;
      session.saveChecks.set(lab.path, revision, warnings(session, outcome));
      const event: VerdictEvent = {
        lab: session.uris.uriOf(lab.path),
        verdict: outcome.verdict,
        source: 'save',
        summary: `${outcome.lab}: ${VERDICT_WORDS[outcome.verdict]}, ${summary(outcome.counts)}. ${outcome.reasons[0]?.text ?? ''}`,
        changes: outcome.changes.length,
      };
      void session.connection.sendNotification(VerdictNotification, event);
      session.refreshDiagnostics();
    } catch (error) {
      if (error instanceof Cancelled) return;
      session.log(
        `The check on save of ${lab.name} did not run: ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      if (this.#running.get(lab.path) === controller) this.#running.delete(lab.path);
    }
  }
}

/**
 * Warnings at the lines of a change that would be blocked. A reason that names a line stands there; every other stands
 * at the first changed line of each changed file.
 */
function warnings(
  { uris }: Session,
  { verdict, reasons, changes }: CheckOutcome,
): ReadonlyMap<string, readonly Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  if (verdict !== 'blocked') return found;
  const put = (file: string, line: number, count: number, message: string): void => {
    const start = { line, character: 0 };
    const diagnostic: Diagnostic = {
      range: { start, end: { line: line + Math.max(1, count), character: 0 } },
      severity: DiagnosticSeverity.Warning,
      code: CODES.save,
      source: SOURCE,
      message: `The change would be blocked: ${message}`,
      ...(changes.length > 1 && {
        relatedInformation: changes.map((change) => ({
          location: {
            uri: uris.uriOf(change.file),
            range: {
              start: { line: change.line, character: 0 },
              end: { line: change.line + change.count, character: 0 },
            },
          },
          message: `${change.node}: changed here`,
        })),
      }),
    };
    const list = found.get(file);
    if (list) list.push(diagnostic);
    else found.set(file, [diagnostic]);
  };
  const first = new Map(changes.toReversed().map((change) => [change.file, change]));
  for (const { code, text, place, blocks } of reasons) {
    if (!blocks || code === SHOWN_BY_GUARDS) continue;
    if (place) put(place.file, place.line, 1, text);
    else
      for (const { file, line, count } of first.values())
        put(file, count === 0 ? Math.max(0, line - 1) : line, count, text);
  }
  return found;
}
