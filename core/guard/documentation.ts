import type { Priority, Rule } from './rule.ts';

/** Rule id of the finding that says that a rule itself failed. */
export const internalErrorId = 'guard-internal-error';

const effects: Record<Priority, string> = {
  P0: 'P0, blocks the change',
  P1: 'P1, warns',
  P2: 'P2, informs',
};

/** A rule as Markdown, for the hover over a finding and for the command "explain this rule". */
export function renderRule(rule: Rule): string {
  return [
    `### ${rule.title}`,
    `\`${rule.id}\` (${effects[rule.priority]})`,
    rule.why,
    ...(rule.escalation ? [`**${rule.escalation.to} when the change causes it:** ${rule.escalation.why}`] : []),
    `**What to do:** ${rule.remedy}`,
    ['**Behind it:**', ...rule.sources.map((source) => `- ${source}`)].join('\n'),
  ].join('\n\n');
}

/** Documentation of a rule by its id; undefined for an id that no rule has. */
export function documentationOf(rules: readonly Rule[], id: string): string | undefined {
  if (id === internalErrorId)
    return '### A guard rule could not be evaluated\n\nIts result is unknown, and so the change cannot be ready. Report the configuration that causes it.';
  const rule = rules.find((candidate) => candidate.id === id);
  return rule && renderRule(rule);
}
