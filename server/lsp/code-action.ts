import { type CodeAction, CodeActionKind, type Range, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import type { Finding, Fix } from '../../core/guard/rule.ts';
import { rules } from '../../core/guard/rules/index.ts';
import { EXPLAIN_RULE_COMMAND } from '../protocol.ts';
import { findingDiagnostic } from './diagnostics.ts';
import type { OpenDocument } from './documents.ts';
import { editRange, overlap, rangeOf } from './ranges.ts';
import type { Session } from './session.ts';

const FIX_ALL = `${CodeActionKind.SourceFixAll}.aegis`;

/** `textDocument/codeAction`: fixes of the findings in a range, what explains them, and all safe fixes at once. */
export async function codeActions(
  session: Session,
  document: OpenDocument,
  range: Range,
  only: readonly string[] | undefined,
): Promise<CodeAction[]> {
  const wanted = (kind: string): boolean =>
    only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
  const { findings } = await session.findings.of(document);
  const here = findings.filter(({ span }) => overlap(rangeOf(span), range));
  const actions: CodeAction[] = [];
  if (wanted(CodeActionKind.QuickFix)) {
    for (const finding of here) if (finding.fix) actions.push(quickFix(session, finding, finding.fix));
    if (session.options.commands?.includes(EXPLAIN_RULE_COMMAND)) {
      for (const id of new Set(here.map(({ rule }) => rule))) {
        const title = rules.find((rule) => rule.id === id)?.title ?? id;
        actions.push({
          title: `Explain: ${title}`,
          kind: CodeActionKind.QuickFix,
          command: { title: 'Explain rule', command: EXPLAIN_RULE_COMMAND, arguments: [id] },
        });
      }
    }
  }
  // "Fix all" on save must ask for it: offering it at every cursor would hide what it does.
  if (only !== undefined && wanted(FIX_ALL)) {
    const edit = fixAll(session, findings);
    if (edit) actions.push({ title: 'Apply all safe fixes', kind: FIX_ALL, edit });
  }
  return actions;
}

const quickFix = (session: Session, finding: Finding, fix: Fix): CodeAction => ({
  title: fix.title,
  kind: CodeActionKind.QuickFix,
  diagnostics: [findingDiagnostic(session, finding)],
  isPreferred: fix.safe,
  edit: workspaceEdit(session, finding, fix),
});

function workspaceEdit({ uris }: Session, finding: Finding, fix: Fix): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const edit of fix.edits) {
    const uri = uris.uriOf(edit.span.file ?? finding.file);
    changes[uri] = [...(changes[uri] ?? []), { range: editRange(edit), newText: edit.newText }];
  }
  return { changes };
}

/** All safe fixes that do not touch each other; the next run takes the rest. */
function fixAll(session: Session, findings: readonly Finding[]): WorkspaceEdit | undefined {
  const changes: Record<string, TextEdit[]> = {};
  for (const finding of findings) {
    if (!finding.fix?.safe) continue;
    const own = workspaceEdit(session, finding, finding.fix).changes ?? {};
    const collides = Object.entries(own).some(([uri, edits]) =>
      edits.some((edit) => changes[uri]?.some((other) => overlap(edit.range, other.range))),
    );
    if (collides) continue;
    for (const [uri, edits] of Object.entries(own)) changes[uri] = [...(changes[uri] ?? []), ...edits];
  }
  return Object.keys(changes).length > 0 ? { changes } : undefined;
}
