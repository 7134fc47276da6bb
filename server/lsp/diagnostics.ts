import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { ParsedConfig } from '../../core/config/parse.ts';
import type { Span } from '../../core/config/span.ts';
import type { Finding, Priority } from '../../core/guard/rule.ts';
import type { Checked } from './findings.ts';
import { rangeOf } from './ranges.ts';
import type { Session } from './session.ts';

/** Who speaks, in the editor's list of problems. */
export const SOURCE = 'AEGIS';

const SEVERITIES: Readonly<Record<Priority, DiagnosticSeverity>> = {
  P0: DiagnosticSeverity.Error,
  P1: DiagnosticSeverity.Warning,
  P2: DiagnosticSeverity.Information,
};

/** Codes of diagnostics that are no guard rule's. */
export const CODES = {
  syntax: 'syntax',
  unmodelled: 'not-modelled',
  lab: 'lab',
  policy: 'policy',
  save: 'preflight',
  refused: 'rejected-line',
} as const;

/** Runs of unmodelled lines become one hint each; beyond this many the file is not one that is modelled. */
const MOST_UNMODELLED = 200;

/** Everything that is said about a configuration, in the order of its lines. */
export function diagnosticsOf(session: Session, checked: Checked): readonly Diagnostic[] {
  const { config, lab, loaded, findings } = checked;
  const checks = [session.saveChecks, session.refusals].flatMap((one) =>
    lab && loaded ? one.of(lab.path, loaded.revision, config.file) : [],
  );
  const all = [
    ...findings.map((finding) => findingDiagnostic(session, finding)),
    ...config.tree.problems.map(({ span, message }) =>
      problem(span, message, CODES.syntax, DiagnosticSeverity.Warning),
    ),
    ...checks,
    ...(session.settings.unmodelledLines ? unmodelled(config) : []),
  ];
  return all.sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
}

export function findingDiagnostic(session: Session, finding: Finding): Diagnostic {
  const { rule, priority, span, message, related, setAside } = finding;
  return {
    range: rangeOf(span),
    severity: setAside ? DiagnosticSeverity.Hint : SEVERITIES[priority],
    code: rule,
    source: SOURCE,
    message: setAside ? `${message} (set aside: ${setAside.reason})` : message,
    ...(related.length > 0 && {
      relatedInformation: related.map((other) => ({
        location: { uri: session.uris.uriOf(other.file), range: rangeOf(other.span) },
        message: `${other.node}: ${other.message}`,
      })),
    }),
  };
}

export const problem = (
  span: Span | undefined,
  message: string,
  code: string,
  severity: DiagnosticSeverity,
): Diagnostic => ({
  range: rangeOf(span ?? { line: 0, start: 0, end: 0 }),
  severity,
  code,
  source: SOURCE,
  message,
});

/**
 * Lines that may affect routing and that the model leaves out: a hint at the first line of each run. A file in a
 * language that is not modelled at all gets one hint instead of one per line.
 */
function unmodelled({ device, dialect, tree }: ParsedConfig): readonly Diagnostic[] {
  if (dialect === 'unknown' || device.notModelled.length === 0) return [];
  const lines = device.notModelled.filter(({ mayAffectRouting }) => mayAffectRouting);
  const runs: { first: Span; last: number; count: number }[] = [];
  for (const { span } of lines) {
    const run = runs.at(-1);
    // Comments and blank lines between two such lines do not make two runs.
    if (run && onlyBlank(tree.lines, run.last + 1, span.line)) {
      run.last = span.line;
      run.count += 1;
    } else runs.push({ first: span, last: span.line, count: 1 });
  }
  return runs.slice(0, MOST_UNMODELLED).map(
    ({ first, count }): Diagnostic => ({
      ...problem(
        first,
        count === 1
          ? 'This line is not modelled: the twin does not know what it does.'
          : `This line and the ${count - 1} below it are not modelled: the twin does not know what they do.`,
        CODES.unmodelled,
        DiagnosticSeverity.Hint,
      ),
    }),
  );
}

const onlyBlank = (lines: readonly string[], from: number, to: number): boolean => {
  for (let line = from; line < to; line += 1) if (!/^\s*(!.*|#.*)?$/.test(lines[line] ?? '')) return false;
  return true;
};
