import { l10n } from 'vscode';
import { type RuleParams, RuleRequest, type RuleResult } from '../../server/protocol.ts';
import type { Services } from '../services.ts';

/** Shows the documentation of a guard rule; code actions and hovers lead here. Argument: the rule's id. */
export async function explainRule({ server, pages }: Services, argument?: unknown): Promise<string | undefined> {
  if (typeof argument !== 'string') return undefined;
  const parameters: RuleParams = { rule: argument };
  const { markdown } = await server.request<RuleResult>(RuleRequest, parameters);
  await pages.show(l10n.t('Rule {0}', argument), markdown);
  return markdown;
}
