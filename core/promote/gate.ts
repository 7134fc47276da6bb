/**
 * The gate: a table of rules, each of which gives what it was given and its answer. Everything is decided anew from
 * signatures, bytes and the signed policy; nothing that a bundle says about authority is believed. One denial denies.
 */
import type { EvidenceBundle } from '../evidence/bundle.ts';
import type { LedgerVerification } from '../evidence/ledger/verify-ledger.ts';
import type { Verification } from '../evidence/package/verify.ts';
import { ceilingOf, type PolicyDecision } from '../evidence/policy.ts';
import type { Recomputed } from '../risk/recompute.ts';
import { TIERS, type Tier } from '../risk/tier.ts';
import type { JudgedApproval } from './judge-approvals.ts';

/** The comparison of what runs on a device with the configuration before the change. */
export interface DriftAnswer {
  readonly device: string;
  readonly status: 'same' | 'drifted' | 'unreadable';
  readonly detail: string;
}

export interface GateFacts {
  readonly runId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly verification: Verification;
  readonly ledger: LedgerVerification | null;
  /** The ledger has a record of exactly this package. */
  readonly recorded: boolean;
  readonly policy: PolicyDecision;
  readonly approvals: readonly JudgedApproval[];
  /** Who rejected this package by the ledger, so that removing the file takes nothing back. */
  readonly rejections: readonly string[];
  readonly recomputed: Recomputed;
  /** Whether the command line asked for a live push. */
  readonly live: boolean;
  /** What runs on the devices; null where it was not read, which a dry run need not. */
  readonly drift: readonly DriftAnswer[] | null;
}

export interface GateAnswer {
  readonly id: string;
  readonly title: string;
  readonly answer: 'pass' | 'deny';
  /** What the rule was given, one line each. */
  readonly inputs: readonly string[];
  /** Why, one sentence each. */
  readonly reasons: readonly string[];
}

export interface GateDecision {
  readonly allowed: boolean;
  readonly answers: readonly GateAnswer[];
}

interface Findings {
  readonly inputs: readonly string[];
  /** What speaks against the promotion; empty when nothing does. */
  readonly against: readonly string[];
}

interface GateRule {
  readonly id: string;
  readonly title: string;
  readonly ask: (facts: GateFacts, bundle: EvidenceBundle) => Findings;
}

const AUTHORITIES = ['AUTO', 'HOTL', 'HITL', 'BLOCK'] as const;
const HOUR = 3_600_000;

const when = (applies: boolean, sentence: string): readonly string[] => (applies ? [sentence] : []);

/** The tier that counts: the higher of what was recorded and what the configurations say. */
function tierOf({ recomputed }: GateFacts, { risk }: EvidenceBundle): Tier {
  const recorded = risk.status === 'decided' ? risk.tier : 'critical';
  const computed = recomputed.ok ? recomputed.risk.tier : 'critical';
  return TIERS[Math.max(TIERS.indexOf(recorded), TIERS.indexOf(computed))] ?? 'critical';
}

/** How many approvals a change needs, whatever a policy says less. */
function needed(facts: GateFacts, bundle: EvidenceBundle): number {
  const tier = tierOf(facts, bundle);
  const { policy, recomputed } = facts;
  const bySite = policy.status === 'trusted' ? policy.policy.approvals.required[tier] : Number.POSITIVE_INFINITY;
  const asks = recomputed.ok ? AUTHORITIES.indexOf(recomputed.authority.effective) >= 2 : true;
  const least = tier !== 'low' || asks || bundle.verdict.value !== 'ship_ready' ? 1 : 0;
  return Math.max(bySite, least);
}

const RULES: readonly GateRule[] = [
  {
    id: 'G1-ledger',
    title: 'The run is recorded in a ledger that is in order',
    ask: ({ ledger, recorded }) => ({
      inputs: ledger
        ? [`${ledger.records.length} records`, `head ${ledger.head?.size ?? 'not trusted'}`]
        : ['no ledger'],
      against: [
        ...when(ledger === null, 'There is no ledger beside the package.'),
        ...(ledger?.problems ?? []).map(({ message }) => message),
        ...when(!recorded, 'The ledger does not record this package.'),
      ],
    }),
  },
  {
    id: 'G2-verdict',
    title: 'The verdict may be promoted, and is recent',
    ask: ({ policy, now }, { verdict, created }) => {
      const age = now - Date.parse(created);
      const most = policy.status === 'trusted' ? policy.policy.promotion.maxAgeHours : 0;
      return {
        inputs: [`verdict ${verdict.value}`, `sealed ${created}`, `at most ${most} hours old`],
        against: [
          ...when(verdict.value === 'blocked', 'A blocked change is never promoted.'),
          ...when(age < 0, 'The package is from the future: one of the clocks is wrong.'),
          ...when(age > most * HOUR, `The package is ${Math.floor(age / HOUR)} hours old.`),
        ],
      };
    },
  },
  {
    id: 'G2-window',
    title: 'The change is within its window',
    ask: ({ now }, { request: { window } }) => ({
      inputs: [window ? `${window.from} to ${window.to}` : 'no window was asked for'],
      against: when(
        window !== null && (now < Date.parse(window.from) || now > Date.parse(window.to)),
        'The present time is outside of the window of the change.',
      ),
    }),
  },
  {
    id: 'G3-approvals',
    title: 'Enough people approved this package',
    ask: (facts, bundle) => {
      const good = facts.approvals.filter(({ approval, reasons }) => approval && reasons.length === 0);
      const approving = good.filter(({ approval }) => approval?.decision === 'approve');
      const count = needed(facts, bundle);
      const tier = tierOf(facts, bundle);
      const roles =
        facts.policy.status === 'trusted' && TIERS.indexOf(tier) >= 2 ? facts.policy.policy.approvals.roles : [];
      return {
        inputs: [
          `tier ${tier}: ${Number.isFinite(count) ? count : 'unknown'} needed`,
          ...facts.approvals.map(({ file, approval, reasons }) =>
            reasons.length > 0
              ? `${file} does not count: ${reasons.join('; ')}`
              : `${file}: ${approval?.decision} by ${approval?.approver} as ${approval?.role}`,
          ),
        ],
        against: [
          ...good
            .filter(({ approval }) => approval?.decision === 'reject')
            .map(({ approval }) => `${approval?.approver} rejected the change.`),
          ...facts.rejections.map((who) => `${who} rejected the change, by the ledger.`),
          ...when(
            !(approving.length >= count),
            `${approving.length} valid approvals, ${Number.isFinite(count) ? count : 'an unknown number of them'} needed.`,
          ),
          ...roles
            .filter((role) => !approving.some(({ approval }) => approval?.role === role))
            .map((role) => `Nobody approved in the role ${role}.`),
        ],
      };
    },
  },
  {
    id: 'G4-live',
    title: 'A live push was asked for twice: on the command line and by the policy',
    ask: ({ live, policy }, { change }) => {
      if (!live) return { inputs: ['dry run'], against: [] };
      const promotion = policy.status === 'trusted' ? policy.policy.promotion : null;
      return {
        inputs: ['live, by the command line', `policy: ${promotion?.live === true ? 'live' : 'not live'}`],
        against: [
          ...when(promotion?.live !== true, 'The policy does not allow live pushes.'),
          ...change.devices
            .filter(({ name }) => promotion && !Object.hasOwn(promotion.targets, name))
            .map(({ name }) => `The policy names no way to reach ${name}.`),
          ...change.devices
            .filter(({ before, after }) => before === null || after === null)
            .map(({ name }) => `${name} is added or removed, which is not done by a push.`),
        ],
      };
    },
  },
  {
    id: 'G5-policy',
    title: 'The policy is signed by a pinned key, and is the one of the preflight',
    ask: ({ policy }, bundle) => ({
      inputs: [`policy ${policy.status}`, `of the preflight: ${bundle.policy.sha256 ?? 'none'}`],
      against: [
        ...when(policy.status === 'absent', 'There is no policy, so nobody said how far a change may go.'),
        ...(policy.status === 'untrusted' ? [policy.reason] : []),
        ...when(
          policy.status === 'trusted' && bundle.policy.sha256 !== policy.sha256,
          'The policy is another one than at the preflight.',
        ),
      ],
    }),
  },
  {
    id: 'G5-authority',
    title: 'Tier, change classes and authority, computed anew from the configurations',
    ask: ({ recomputed, policy }, { risk, authority }) => {
      if (!recomputed.ok) return { inputs: ['not computed'], against: [recomputed.reason] };
      const computed = recomputed.authority;
      const ceiling = ceilingOf(policy);
      const level = Math.max(AUTHORITIES.indexOf(computed.required), AUTHORITIES.indexOf(ceiling?.level ?? 'BLOCK'));
      const lower = (recorded: string, order: readonly string[], now: string): boolean =>
        order.indexOf(recorded) < order.indexOf(now);
      return {
        inputs: [
          `tier ${recomputed.risk.tier}, recorded ${risk.status === 'decided' ? risk.tier : 'none'}`,
          `classes ${computed.changeClasses.join(', ') || 'none'}`,
          `required ${computed.required}, ceiling ${ceiling?.level ?? 'none'}`,
          ...recomputed.risk.rules.filter(({ applies }) => applies).map(({ id, tier }) => `${id} (${tier})`),
        ],
        against: [
          ...when(AUTHORITIES[level] === 'BLOCK', 'The change is of a kind that is never promoted.'),
          ...when(!recomputed.converged, 'The network has no stable state after the change.'),
          ...when(
            risk.status !== 'decided' || lower(risk.tier, TIERS, recomputed.risk.tier),
            'The recorded tier is lower than what the configurations say.',
          ),
          ...when(
            authority.status !== 'decided' ||
              lower(authority.required, AUTHORITIES, computed.required) ||
              computed.changeClasses.some((name) => !authority.changeClasses.includes(name)),
            'The recorded authority is lower than what the configurations say.',
          ),
          ...when(
            authority.status === 'decided' && authority.ceiling !== (ceiling?.level ?? null),
            'The recorded ceiling is not that of the policy.',
          ),
        ],
      };
    },
  },
  {
    id: 'drift',
    title: 'What runs on the devices is what the preflight started from',
    ask: ({ drift, live }, { change }) => ({
      inputs: drift
        ? drift.map(({ device, status, detail }) => `${device}: ${status} (${detail})`)
        : ['not read: a dry run pushes nothing'],
      against: [
        ...when(live && drift === null, 'The running configurations were not read.'),
        ...(drift ?? [])
          .filter(({ status }) => status !== 'same')
          .map(({ device, status }) =>
            status === 'drifted'
              ? `The running configuration of ${device} is no longer the one before the change.`
              : `The running configuration of ${device} could not be read.`,
          ),
        ...(drift
          ? change.devices
              .filter(({ name }) => !drift.some(({ device }) => device === name))
              .map(({ name }) => `The running configuration of ${name} was not compared.`)
          : []),
      ],
    }),
  },
];

/** Asks every rule. A package that does not verify is denied before anything in it is read. */
export function decideGate(facts: GateFacts): GateDecision {
  const { verification, runId } = facts;
  const { bundle } = verification;
  const problems = verification.checks.filter(({ status }) => status !== 'ok').map(({ summary }) => summary);
  const integrity: GateAnswer = {
    id: 'G1-integrity',
    title: 'The package is sealed by a key that is trusted, and nothing in it was altered',
    answer: bundle ? 'pass' : 'deny',
    inputs: [`key ${verification.keyFingerprint ?? 'unknown'}`, `run ${bundle?.runId ?? runId}`],
    reasons: bundle ? [] : problems.length > 0 ? problems : ['The package did not verify.'],
  };
  if (!bundle) return { allowed: false, answers: [integrity] };
  const answers = RULES.map(({ id, title, ask }): GateAnswer => {
    const { inputs, against } = ask(facts, bundle);
    return { id, title, answer: against.length === 0 ? 'pass' : 'deny', inputs, reasons: against };
  });
  const all = [integrity, ...answers];
  return { allowed: all.every(({ answer }) => answer === 'pass'), answers: all };
}

/** The rules, for documentation. */
export const gateRules: readonly Pick<GateRule, 'id' | 'title'>[] = RULES;
