import {
  type CancellationToken,
  DiagnosticSeverity,
  DocumentDiagnosticReportKind,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { CODES, findingDiagnostic, problem } from './diagnostics.ts';
import type { Session } from './session.ts';

/** Edits that follow each other this closely are answered once. Milliseconds. */
const QUIET = 300;

/**
 * `workspace/diagnostic`: findings of every configuration of every lab that is not open, as a long poll: it is
 * answered when something differs from what the client has.
 */
export class WorkspaceDiagnostics {
  readonly #session: Session;
  #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Something that diagnostics depend on is different. */
  changed(): void {
    if (this.#waiting.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#wake(), QUIET);
  }

  /** Answers everyone who waits. */
  dispose(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const wake of waiting) wake();
  }

  async answer(
    { previousResultIds }: WorkspaceDiagnosticParams,
    token: CancellationToken,
    partial: ResultProgressReporter<WorkspaceDiagnosticReport> | undefined,
  ): Promise<WorkspaceDiagnosticReport> {
    const known = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    for (;;) {
      const next = this.#nextChange(token);
      const items: WorkspaceDocumentDiagnosticReport[] = [];
      for await (const report of this.#reports(token)) {
        if (report.kind === DocumentDiagnosticReportKind.Full && known.get(report.uri) !== report.resultId)
          items.push(report);
      }
      if (token.isCancellationRequested || this.#ended) return { items: [] };
      if (items.length > 0) {
        if (!partial) return { items };
        partial.report({ items });
        for (const { uri, resultId } of items) if (resultId !== undefined) known.set(uri, resultId);
      }
      await next;
    }
  }

  #nextChange(token: CancellationToken): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      token.onCancellationRequested(() => {
        this.#waiting.delete(resolve);
        resolve();
      });
    });
  }

  async *#reports(token: CancellationToken): AsyncGenerator<WorkspaceDocumentDiagnosticReport> {
    const session = this.#session;
    const { workspace, uris, documents, findings } = session;
    for (const lab of await workspace.labs()) {
      const loaded = await workspace.load(lab);
      const topology = loaded.problems.filter(({ file }) => file === lab.path);
      if (lab.format === 'containerlab') {
        const items = topology.map(({ span, message }) => problem(span, message, CODES.lab, DiagnosticSeverity.Error));
        yield report(uris.uriOf(lab.path), `${loaded.revision} ${items.length}`, items);
      }
      for (const { name, config } of loaded.snapshot?.nodes.values() ?? []) {
        if (token.isCancellationRequested || this.#ended) return;
        // Typing goes first.
        await new Promise((resolve) => setImmediate(resolve));
        const uri = uris.uriOf(config.file);
        if (documents.get(uri)) continue;
        const checked = await findings.ofLabFile(uri, name, lab, loaded);
        if (checked)
          yield report(
            uri,
            session.resultId(checked),
            checked.findings.map((one) => findingDiagnostic(session, one)),
          );
      }
    }
  }
}

const report = (
  uri: string,
  resultId: string,
  items: ReturnType<typeof findingDiagnostic>[],
): WorkspaceDocumentDiagnosticReport => ({
  kind: DocumentDiagnosticReportKind.Full,
  uri,
  version: null,
  resultId,
  items,
});
