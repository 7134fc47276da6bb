/*
 * Findings that somebody sets aside in the configuration itself, by a comment on the line above:
 *
 *   ! aegis: allow ebgp-without-policy because the route server of the exchange filters for us
 *    neighbor 192.0.2.9 remote-as 65010
 *
 * It holds for the statement below it, with what stands inside. A finding that is set aside is still told, with the
 * reason, and enters the evidence; a change that needs one is never ready by itself.
 */
import type { ParsedConfig } from '../network/snapshot.ts';
import { commandsOf } from './commands.ts';
import { internalErrorId } from './documentation.ts';
import { hygieneRules } from './hygiene.ts';
import type { Finding } from './rule.ts';

export interface Suppression {
  /** Line of the comment, from 0. */
  readonly comment: number;
  readonly rule: string;
  /** Empty when none is given: the suppression is then without effect. */
  readonly reason: string;
  /** First and last line that it holds for; undefined when no statement follows. */
  readonly lines: readonly [number, number] | undefined;
}

const FORM = /\baegis:\s*allow\s+([A-Za-z0-9-]+)(?:\s+because\b\s*(.*?))?\s*(?:\*\/)?\s*$/;

/** A reason of fewer letters says nothing that an examiner could follow. */
export const SHORTEST_REASON = 10;

/** What never may be set aside: what hides or destroys, and what the device would refuse. */
const FINAL: ReadonlySet<string> = new Set([...hygieneRules.map(({ id }) => id), 'line-rejected', internalErrorId]);

export const maySetAside = (rule: string): boolean => !FINAL.has(rule);

const known = new WeakMap<ParsedConfig, readonly Suppression[]>();

/** The suppressions of a configuration, in the order of its lines. Computed once per configuration. */
export function suppressionsOf(config: ParsedConfig): readonly Suppression[] {
  const found = known.get(config) ?? read(config);
  known.set(config, found);
  return found;
}

function read(config: ParsedConfig): readonly Suppression[] {
  const written = config.tree.comments.flatMap(({ line }) => {
    const match = FORM.exec(config.tree.lines[line] ?? '');
    return match ? [{ comment: line, rule: match[1] as string, reason: (match[2] ?? '').trim() }] : [];
  });
  if (written.length === 0) return [];
  const comments = new Set(config.tree.comments.map(({ line }) => line));
  const statements = new Map<number, number>();
  for (const { statement } of commandsOf(config)) {
    const { line, endLine = line } = statement.span;
    statements.set(line, Math.max(statements.get(line) ?? line, endLine));
  }
  return written.map((one): Suppression => {
    let line = one.comment + 1;
    // Several comments may stand above one statement.
    while (comments.has(line) && !statements.has(line)) line += 1;
    const last = statements.get(line);
    return { ...one, lines: last === undefined ? undefined : [line, last] };
  });
}

/** The finding with the reason for which it is set aside; as it is when nobody may, or did. */
export function withSuppression(finding: Finding, config: ParsedConfig | undefined): Finding {
  if (!config || !maySetAside(finding.rule) || (finding.file !== config.file && finding.span.file !== undefined))
    return finding;
  const found = suppressionsOf(config).find(
    ({ rule, reason, lines }) =>
      rule === finding.rule &&
      reason.length >= SHORTEST_REASON &&
      lines !== undefined &&
      finding.span.line >= lines[0] &&
      finding.span.line <= lines[1],
  );
  return found ? { ...finding, setAside: { reason: found.reason, line: found.comment } } : finding;
}
