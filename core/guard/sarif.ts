import { internalErrorId, renderRule } from './documentation.ts';
import { editRange } from './edits.ts';
import { groupBy } from './group-by.ts';
import type { Finding, Fix, Priority, Rule } from './rule.ts';

/*
 * SARIF 2.1.0 (OASIS Standard, 27 March 2020). Only the properties that a reader of code-scanning results uses.
 * Columns are 1-based and count UTF-16 units (section 3.14.18); a region's endColumn is the one behind the text.
 */

const levels: Record<Priority, 'error' | 'warning' | 'note'> = { P0: 'error', P1: 'warning', P2: 'note' };

/** CVSS-like score that code-scanning services sort by. */
const severity: Record<Priority, string> = { P0: '9.0', P1: '6.0', P2: '3.0' };

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

const regionOf = (span: Finding['span']): Region => ({
  startLine: span.line + 1,
  startColumn: span.start + 1,
  endLine: span.line + 1,
  endColumn: span.end + 1,
});

/** A path as a relative URI reference: forward slashes, every other reserved character encoded. */
export const uriOf = (path: string): string =>
  path
    .replaceAll('\\', '/')
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');

const location = (file: string, span: Finding['span'], extra: Record<string, unknown> = {}) => ({
  physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: regionOf(span) },
  ...extra,
});

function fixOf(fix: Fix, file: string) {
  const byFile = groupBy(fix.edits, (edit) => edit.span.file ?? file);
  return {
    description: { text: fix.title },
    artifactChanges: [...byFile].map(([name, edits]) => ({
      artifactLocation: { uri: uriOf(name) },
      replacements: edits.map((edit) => {
        const { start, end } = editRange(edit);
        return {
          deletedRegion: {
            startLine: start.line + 1,
            startColumn: start.character + 1,
            endLine: end.line + 1,
            endColumn: end.character + 1,
          },
          insertedContent: { text: edit.newText },
        };
      }),
    })),
  };
}

const internalRule = {
  id: internalErrorId,
  name: 'GuardInternalError',
  shortDescription: { text: 'A guard rule could not be evaluated' },
  fullDescription: { text: 'The result of the rule is unknown, and so the change cannot be ready.' },
  defaultConfiguration: { level: 'error' },
};

const pascalCase = (id: string): string =>
  id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const descriptorOf = (rule: Rule) => ({
  id: rule.id,
  name: pascalCase(rule.id),
  shortDescription: { text: rule.title },
  fullDescription: { text: rule.why },
  help: { text: `${rule.remedy}\n\nBehind it: ${rule.sources.join('; ')}.`, markdown: renderRule(rule) },
  defaultConfiguration: { level: levels[rule.priority] },
  properties: {
    number: rule.number,
    priority: rule.priority,
    'security-severity': severity[rule.priority],
    tags: ['network', rule.priority],
  },
});

export interface SarifOptions {
  readonly rules: readonly Rule[];
  /** Version of the program, semantic versioning. */
  readonly version: string;
  /** A baseline was compared with: results say whether they are new. */
  readonly hasBaseline?: boolean;
}

/** Findings as one SARIF run. Paths of files become relative URIs, so give them relative to the root of the repository. */
export function toSarif(findings: readonly Finding[], { rules, version, hasBaseline = false }: SarifOptions) {
  const descriptors = [
    ...rules.map(descriptorOf),
    ...(findings.some(({ rule }) => rule === internalErrorId) ? [internalRule] : []),
  ];
  const indexOf = new Map(descriptors.map(({ id }, index) => [id, index]));
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'AEGIS', semanticVersion: version, rules: descriptors } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: indexOf.get(finding.rule) ?? -1,
          level: levels[finding.priority],
          message: { text: finding.message },
          locations: [
            location(finding.file, finding.span, { logicalLocations: [{ name: finding.node, kind: 'device' }] }),
          ],
          ...(finding.related.length > 0 && {
            relatedLocations: finding.related.map((item, id) =>
              location(item.file, item.span, { id, message: { text: `${item.node}: ${item.message}` } }),
            ),
          }),
          ...(finding.fix && { fixes: [fixOf(finding.fix, finding.file)] }),
          ...(finding.setAside && {
            suppressions: [{ kind: 'inSource', justification: finding.setAside.reason }],
          }),
          ...(hasBaseline && { baselineState: finding.introduced ? 'new' : 'unchanged' }),
          properties: { priority: finding.priority, node: finding.node, introduced: finding.introduced },
        })),
      },
    ],
  };
}
