import { DiagnosticSeverity, type DocumentDiagnosticReport, DocumentDiagnosticReportKind } from 'vscode-languageserver';
import { CODES, diagnosticsOf, problem } from './diagnostics.ts';
import type { OpenDocument } from './documents.ts';
import { labFileProblems } from './lab-file.ts';
import { isConfiguration, isLabFile, isPolicyFile, isTopology } from './languages.ts';
import type { Session } from './session.ts';

/** `textDocument/diagnostic`: everything that is said about one open file. */
export async function diagnostic(
  session: Session,
  document: OpenDocument,
  previousResultId?: string,
): Promise<DocumentDiagnosticReport> {
  const { path } = document;
  if (path !== undefined && isTopology(path)) {
    const lab = await session.workspace.labOfFile(path);
    const loaded = lab && (await session.workspace.load(lab));
    const items = (loaded?.problems ?? [])
      .filter(({ file }) => file === path)
      .map(({ span, message }) => problem(span, message, CODES.lab, DiagnosticSeverity.Error));
    return { kind: DocumentDiagnosticReportKind.Full, items };
  }
  if (path !== undefined && isLabFile(path)) {
    const items = (await labFileProblems(session, path, document.text)).map(({ line, message }) =>
      problem({ line, start: 0, end: 0 }, message, CODES.lab, DiagnosticSeverity.Error),
    );
    return { kind: DocumentDiagnosticReportKind.Full, items };
  }
  if (path !== undefined && isPolicyFile(path)) {
    // Read with its own parser, and only where there is a policy: most labs have none.
    const { policyProblems } = await import('../../core/evidence/policy.ts');
    const items = policyProblems(document.text).map(({ line, message }) =>
      problem({ line, start: 0, end: 0 }, message, CODES.policy, DiagnosticSeverity.Error),
    );
    return { kind: DocumentDiagnosticReportKind.Full, items };
  }
  if (!(await isConfiguration(session, document))) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
  const checked = await session.findings.of(document);
  const newId = session.resultId(checked);
  if (newId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: newId };
  const items = [...diagnosticsOf(session, checked)];
  const resultId = session.reports.idFor(document.uri, items, newId, previousResultId);
  if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}
