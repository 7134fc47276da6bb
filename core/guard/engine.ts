import type { Span } from '../config/span.ts';
import { type DeviceChange, touches } from '../network/change.ts';
import type { ParsedConfig, Snapshot } from '../network/snapshot.ts';
import { internalErrorId } from './documentation.ts';
import type { DeviceContext, Finding, NetworkContext, Priority, RawFinding, Rule } from './rule.ts';
import { rules as allRules } from './rules/index.ts';
import { withSuppression } from './suppressions.ts';

type NodeFinding = RawFinding & { readonly node: string };
type Result = { readonly findings: readonly NodeFinding[] } | { readonly error: unknown };

export interface ConfigOptions {
  /** The same configuration before the change. Absent with a `change` of kind `added`: everything is new. */
  readonly before?: ParsedConfig;
  readonly change?: DeviceChange;
  /** The lab to which the configuration belongs, as it is now and as it was before the change. */
  readonly snapshot?: Snapshot;
  readonly beforeSnapshot?: Snapshot;
  readonly rules?: readonly Rule[];
}

export interface SnapshotOptions {
  readonly before?: Snapshot;
  readonly changes?: readonly DeviceChange[];
  readonly rules?: readonly Rule[];
}

const attempt = (run: () => readonly NodeFinding[]): Result => {
  try {
    return { findings: run() };
  } catch (error) {
    return { error };
  }
};

const keyOf = (finding: NodeFinding): string => `${finding.node}\n${finding.key ?? finding.message}`;

const sentenceOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

/** A rule that failed may have missed what it looks for, so its failure counts as a new P0 and no verdict is ready. */
const internalFinding = (rule: Rule, error: unknown, node: string, file: string, when: string): Finding => ({
  rule: internalErrorId,
  priority: 'P0',
  node,
  file,
  span: { line: 0, start: 0, end: 0 },
  message: `Rule ${rule.id} could not be evaluated${when}: ${sentenceOf(error)}. Its result is unknown; report this configuration to the maintainers.`,
  related: [],
  introduced: true,
});

const rank: Record<Priority, number> = { P0: 0, P1: 1, P2: 2 };

function escalated(rule: Rule, raw: RawFinding, introduced: boolean): Priority {
  const priority = raw.priority ?? rule.priority;
  const to = introduced && raw.escalates !== false ? rule.escalation?.to : undefined;
  return to && rank[to] < rank[priority] ? to : priority;
}

/**
 * Marks each finding as caused by the change or not. A finding that the rule also reports for the state before,
 * recognised by node and key and never by its line, was there already. Of several findings with one key as many are
 * old as there were before; those on changed lines count as the new ones first.
 */
function markIntroduced(
  after: readonly NodeFinding[],
  before: Result,
  isChanged: (finding: NodeFinding) => boolean,
): boolean[] {
  if ('error' in before) return after.map(() => true);
  const old = new Map<string, number>();
  for (const finding of before.findings) old.set(keyOf(finding), (old.get(keyOf(finding)) ?? 0) + 1);
  const introduced = after.map(() => true);
  const unchangedFirst = after
    .map((finding, index) => ({ key: keyOf(finding), index, changed: isChanged(finding) }))
    .sort((a, b) => Number(a.changed) - Number(b.changed) || a.index - b.index);
  for (const { key, index } of unchangedFirst) {
    const left = old.get(key) ?? 0;
    if (left === 0) continue;
    old.set(key, left - 1);
    introduced[index] = false;
  }
  return introduced;
}

interface Comparison {
  readonly rule: Rule;
  readonly after: Result;
  /** The rule's result for the state before; absent when no change is under consideration. */
  readonly before?: Result;
  readonly fileOf: (node: string) => string;
  readonly node: string;
  readonly isChanged: (finding: NodeFinding) => boolean;
}

function findingsOf({ rule, after, before, fileOf, node, isChanged }: Comparison): Finding[] {
  const failures: Finding[] = [];
  if (before && 'error' in before)
    failures.push(internalFinding(rule, before.error, node, fileOf(node), ' on the state before the change'));
  if ('error' in after) return [...failures, internalFinding(rule, after.error, node, fileOf(node), '')];
  const introduced = before ? markIntroduced(after.findings, before, isChanged) : after.findings.map(() => false);
  const findings = after.findings.map((raw, index): Finding => {
    const isNew = introduced[index] ?? true;
    return {
      rule: rule.id,
      priority: escalated(rule, raw, isNew),
      node: raw.node,
      file: raw.span.file ?? fileOf(raw.node),
      span: raw.span,
      message: raw.message,
      related: raw.related ?? [],
      ...(raw.fix && { fix: raw.fix }),
      introduced: isNew,
    };
  });
  return [...findings, ...failures];
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Order of findings everywhere: node, line, rule, then column and message, so that equal input gives equal output. */
export const compareFindings = (a: Finding, b: Finding): number =>
  compareText(a.node, b.node) ||
  compareText(a.file, b.file) ||
  a.span.line - b.span.line ||
  compareText(a.rule, b.rule) ||
  a.span.start - b.span.start ||
  compareText(a.message, b.message);

const touched = (change: DeviceChange | undefined, span: Span): boolean =>
  change !== undefined && touches(change, span);

/** Results for the state before a change, which stays the same while the state after it is typed. */
const oldResults = new WeakMap<ParsedConfig, { readonly snapshot?: Snapshot; readonly byRule: Map<Rule, Result> }>();

function resultBefore(rule: Rule, before: ParsedConfig, snapshot: Snapshot | undefined, run: () => Result): Result {
  let known = oldResults.get(before);
  if (!known || known.snapshot !== snapshot) {
    known = { snapshot, byRule: new Map() };
    oldResults.set(before, known);
  }
  const result = known.byRule.get(rule) ?? run();
  known.byRule.set(rule, result);
  return result;
}

/** One configuration with the rules of scope `device`. */
function deviceFindings(config: ParsedConfig, node: string, options: ConfigOptions): Finding[] {
  const { before, change, snapshot, beforeSnapshot } = options;
  const run = (rule: Rule & { scope: 'device' }, context: DeviceContext): Result =>
    attempt(() => rule.check(context).map((finding) => ({ ...finding, node })));
  return (options.rules ?? allRules).flatMap((rule) => {
    if (rule.scope !== 'device') return [];
    const after = run(rule, { device: config.device, config, behaviour: config.behaviour, before, change, snapshot });
    const ofBefore = (old: ParsedConfig): Result =>
      resultBefore(rule, old, beforeSnapshot, () =>
        run(rule, { device: old.device, config: old, behaviour: old.behaviour, snapshot: beforeSnapshot }),
      );
    return findingsOf({
      rule,
      after,
      before: before ? ofBefore(before) : change ? { findings: [] } : undefined,
      fileOf: () => config.file,
      node,
      isChanged: (finding) => touched(change, finding.span),
    }).map((finding) => withSuppression(finding, config));
  });
}

/**
 * Checks one configuration with the rules of scope `device` (those that need no other device), sorted. Cheap enough
 * for every keystroke. With `before` or `change`, findings that the change causes are marked as introduced.
 */
export function lintConfig(config: ParsedConfig, options: ConfigOptions = {}): readonly Finding[] {
  return deviceFindings(config, options.change?.node ?? config.device.name, options).sort(compareFindings);
}

/** The same for a lab before a change. */
const oldNetworkResults = new WeakMap<Snapshot, Map<Rule, Result>>();

function networkResultBefore(rule: Rule, before: Snapshot, run: () => Result): Result {
  const known = oldNetworkResults.get(before) ?? new Map<Rule, Result>();
  oldNetworkResults.set(before, known);
  const result = known.get(rule) ?? run();
  known.set(rule, result);
  return result;
}

/** Findings of the rules of scope `network` alone, sorted: what `lintSnapshot` adds to `lintConfig` of each device. */
export function lintNetwork(snapshot: Snapshot, options: SnapshotOptions = {}): readonly Finding[] {
  const { before, changes = [] } = options;
  const firstNode = snapshot.nodes.keys().next().value ?? snapshot.name;
  const changeOf = new Map(changes.map((change) => [change.node, change]));
  const run = (rule: Rule & { scope: 'network' }, context: NetworkContext): Result =>
    attempt(() => rule.check(context));
  return (options.rules ?? allRules)
    .flatMap((rule) =>
      rule.scope !== 'network'
        ? []
        : findingsOf({
            rule,
            after: run(rule, { snapshot, before }),
            before: before && networkResultBefore(rule, before, () => run(rule, { snapshot: before })),
            fileOf: (node) => snapshot.nodes.get(node)?.config.file ?? snapshot.topologyFile ?? snapshot.folder,
            node: firstNode,
            isChanged: (finding) => touched(changeOf.get(finding.node), finding.span),
          }).map((finding) => withSuppression(finding, snapshot.nodes.get(finding.node)?.config)),
    )
    .sort(compareFindings);
}

/** Checks a lab: every device and the rules that compare devices, sorted by node, line and rule. */
export function lintSnapshot(snapshot: Snapshot, options: SnapshotOptions = {}): readonly Finding[] {
  const { before, changes = [], rules } = options;
  const changeOf = new Map(changes.map((change) => [change.node, change]));
  const findings = [...snapshot.nodes.values()].flatMap((node) => {
    const old = before?.nodes.get(node.name)?.config;
    // With a lab before the change, a device without one is new, and so is all that it says.
    const added: DeviceChange | undefined =
      before && !old
        ? {
            node: node.name,
            file: node.config.file,
            kind: 'added',
            beforeText: '',
            afterText: node.config.text,
            hunks: [],
          }
        : undefined;
    const change = changeOf.get(node.name) ?? added;
    return deviceFindings(node.config, node.name, { before: old, change, snapshot, beforeSnapshot: before, rules });
  });
  return [...findings, ...lintNetwork(snapshot, options)].sort(compareFindings);
}

/** Whether guard findings forbid a ready verdict: a P0 that the change causes, or any P0 where no change is known. */
export const blocks = (finding: Finding, changeKnown: boolean): boolean =>
  finding.priority === 'P0' && !finding.setAside && (finding.introduced || !changeKnown);
