import { type CodeAction, CodeActionKind, type Range, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import type { ParsedConfig } from '../../core/config/parse.ts';
import type { Finding, Fix } from '../../core/guard/rule.ts';
import { rules } from '../../core/guard/rules/index.ts';
import { maySetAside } from '../../core/guard/suppressions.ts';
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
  const { findings, config } = await session.findings.of(document);
  const here = findings.filter(({ span }) => overlap(rangeOf(span), range));
  const actions: CodeAction[] = [];
  if (wanted(CodeActionKind.QuickFix)) {
    for (const finding of here) if (finding.fix) actions.push(quickFix(session, finding, finding.fix));
    for (const finding of here) actions.push(...setAside(session, document, finding, config));
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

/** Sign of a comment in languages that do not use the exclamation mark. */
const HASH: ReadonlySet<string> = new Set(['junos', 'sros', 'srlinux', 'panos', 'gaia', 'fortios']);

/** Begins a comment that sets the finding aside; without a reason, which only a person has, it has no effect. */
function setAside(session: Session, document: OpenDocument, finding: Finding, config: ParsedConfig): CodeAction[] {
  const { rule, span, file } = finding;
  if (finding.setAside || !maySetAside(rule) || file !== config.file || config.text.trimStart().startsWith('{'))
    return [];
  const indent = /^\s*/.exec(config.tree.lines[span.line] ?? '')?.[0] ?? '';
  const sign = HASH.has(config.dialect) ? '#' : '!';
  const at = { line: span.line, character: 0 };
  const newText = `${indent}${sign} aegis: allow ${rule} because \n`;
  return [
    {
      title: `Set aside ${rule}; the reason is yours to write`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [findingDiagnostic(session, finding)],
      edit: { changes: { [document.uri]: [{ range: { start: at, end: at }, newText }] } },
    },
  ];
}

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
