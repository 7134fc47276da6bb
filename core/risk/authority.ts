import { type ChangeClass, classifyChange } from './change-class.ts';
import type { RiskInputs } from './inputs.ts';
import type { Risk } from './tier.ts';

/** Who may ship a change, from the least to the most restrictive: nobody asked, a human watches, a human approves first, never. */
export const AUTHORITIES = ['AUTO', 'HOTL', 'HITL', 'BLOCK'] as const;
export type Authority = (typeof AUTHORITIES)[number];

export interface AuthorityDecision {
  readonly changeClasses: readonly ChangeClass[];
  readonly required: Authority;
  /** The least restrictive level that the site's signed policy allows; null where there is none. */
  readonly ceiling: Authority | null;
  /** The more restrictive of the two. */
  readonly effective: Authority;
  readonly reasons: readonly string[];
}

/** The least restrictive level that a site allows, and why. */
export interface Ceiling {
  readonly level: Authority;
  readonly reason: string;
}

/** What a class asks for by itself. AS numbers and VPN routing identities are never changed on a preflight's word. */
const CLASS_AUTHORITY: Readonly<Record<ChangeClass, Authority>> = {
  asn: 'BLOCK',
  rd_rt: 'BLOCK',
  spine: 'HITL',
  underlay: 'HITL',
};

const strictest = (levels: readonly Authority[]): Authority =>
  AUTHORITIES[Math.max(0, ...levels.map((level) => AUTHORITIES.indexOf(level)))] ?? 'BLOCK';

/** The authority that a change needs, from its tier and its classes. */
export function decideAuthority(inputs: RiskInputs, risk: Risk, limit: Ceiling | null = null): AuthorityDecision {
  const ceiling = limit?.level ?? null;
  const classes = classifyChange(inputs);
  const quiet = inputs.diff.routes.length + inputs.diff.sessions.length + inputs.diff.adjacencies.length === 0;
  const byTier: Authority = risk.tier === 'low' ? (quiet ? 'AUTO' : 'HOTL') : 'HITL';
  const required = strictest([byTier, ...classes.map((found) => CLASS_AUTHORITY[found.class])]);
  return {
    changeClasses: [...new Set(classes.map((found) => found.class))].sort(),
    required,
    ceiling,
    effective: strictest(ceiling === null ? [required] : [required, ceiling]),
    reasons: [
      quiet && risk.tier === 'low'
        ? 'The risk tier is low and no state changes in the twin.'
        : `The risk tier is ${risk.tier}.`,
      ...classes.map(
        ({ class: name, node, reason }) => `${node}: ${reason} (class ${name}, ${CLASS_AUTHORITY[name]}).`,
      ),
      ...(limit ? [limit.reason] : []),
    ],
  };
}
