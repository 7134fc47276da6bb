import { documentationOf } from '../../core/guard/documentation.ts';
import { rules } from '../../core/guard/rules/index.ts';
import type { RuleParams, RuleResult } from '../protocol.ts';

/** `aegis/rule`: a guard rule's documentation. */
export function rule({ rule: id }: RuleParams): RuleResult {
  const markdown = documentationOf(rules, id);
  if (markdown === undefined) throw new Error(`There is no guard rule ${JSON.stringify(id)}.`);
  return { title: rules.find((one) => one.id === id)?.title ?? id, markdown };
}
