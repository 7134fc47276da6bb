import { editRange } from './edits.ts';
import type { Finding, Priority } from './rule.ts';

/** A place as people and other programs count: lines and columns from 1; `endColumn` is the one behind the text. */
interface Place {
  readonly node: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

export interface FindingJson extends Place {
  readonly rule: string;
  readonly priority: Priority;
  readonly message: string;
  readonly introduced: boolean;
  /** The reason for which somebody set it aside, and the line of the comment that does so. */
  readonly setAside?: { readonly reason: string; readonly line: number };
  readonly related: readonly (Place & { readonly message: string })[];
  readonly fix?: {
    readonly title: string;
    readonly safe: boolean;
    readonly edits: readonly {
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly endLine: number;
      readonly endColumn: number;
      readonly newText: string;
    }[];
  };
}

export interface FindingsJson {
  readonly counts: Readonly<Record<Priority, number>>;
  readonly findings: readonly FindingJson[];
}

const placeOf = ({ node, file, span }: Pick<Finding, 'node' | 'file' | 'span'>): Place => ({
  node,
  file,
  line: span.line + 1,
  column: span.start + 1,
  endColumn: span.end + 1,
});

function findingJson(finding: Finding): FindingJson {
  const { rule, priority, message, introduced, related, fix, file } = finding;
  const edits = fix?.edits.map((edit) => {
    const { start, end } = editRange(edit);
    return {
      file: edit.span.file ?? file,
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
      newText: edit.newText,
    };
  });
  return {
    rule,
    priority,
    ...placeOf(finding),
    message,
    introduced,
    ...(finding.setAside && { setAside: { reason: finding.setAside.reason, line: finding.setAside.line + 1 } }),
    related: related.map((item) => ({ ...placeOf(item), message: item.message })),
    ...(fix && edits && { fix: { title: fix.title, safe: fix.safe, edits } }),
  };
}

/** What `aegis lint --json` prints: findings in their order, and how many there are of each priority that count. */
export function findingsJson(findings: readonly Finding[]): FindingsJson {
  const count = (priority: Priority): number =>
    findings.filter((finding) => finding.priority === priority && !finding.setAside).length;
  return { counts: { P0: count('P0'), P1: count('P1'), P2: count('P2') }, findings: findings.map(findingJson) };
}
