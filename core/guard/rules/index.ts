import { hygieneRules } from '../hygiene.ts';
import type { Rule } from '../rule.ts';

/** Every guard rule, in the order of the catalogue. */
export const rules: readonly Rule[] = [...hygieneRules];
