/*
 * The verdict: a table of what blocks a change and of what a person must decide. A change is ready only when no row of
 * the table speaks against it AND every required stage ran and passed; the second is asked for by itself, so that a
 * stage nobody thought of here cannot be forgotten.
 */
import type { StageStatus } from './stage.ts';
import type { Statement } from './statement.ts';

export type VerdictValue = 'ship_ready' | 'needs_approval' | 'blocked';

export interface Reason extends Statement {
  /** One of `verdictCodes`, or `all-passed`. */
  readonly code: string;
}

export interface Verdict {
  readonly value: VerdictValue;
  /** At least one, also when the change is ready. */
  readonly reasons: readonly Reason[];
}

/** What the stages found. Lists are empty when nothing was found, undefined when it was not looked for. */
export interface VerdictFacts {
  readonly stages: readonly {
    readonly id: string;
    readonly title: string;
    readonly status: StageStatus;
    readonly summary: string;
  }[];
  /** Stages without which nothing is ready. */
  readonly requiredStages: readonly string[];
  /** Why the change was refused before anything was spent on it. */
  readonly refusals: readonly Statement[];
  readonly changedDevices: number;
  /** Lines that a device would reject. */
  readonly rejectedLines: readonly Statement[];
  /** Findings of the guards that the change causes, by priority. */
  readonly introducedP0: readonly Statement[];
  readonly introducedP1: readonly Statement[];
  /** Findings that the change causes and that somebody set aside. */
  readonly setAside?: readonly Statement[];
  readonly convergedBefore?: boolean;
  readonly convergedAfter?: boolean;
  readonly oscillation?: string;
  readonly lostSessions?: readonly Statement[];
  readonly removedSessions?: readonly Statement[];
  readonly outsideEffects?: readonly Statement[];
  readonly removedRoutes?: number;
  readonly movedRoutes?: number;
  /** Changed lines that are not modelled and may affect routing. */
  readonly unmodelledLines: readonly Statement[];
  /** Changed devices whose configuration language has no model. */
  readonly unknownLanguages?: readonly Statement[];
  /** Files beside a configuration that change as well. */
  readonly companionChanges?: readonly Statement[];
  /** What the twin left undecided where the change has an effect. */
  readonly caveats?: readonly Statement[];
  readonly residualDifferences?: number;
  readonly tier?: 'low' | 'medium' | 'high' | 'critical';
  readonly authority?: 'AUTO' | 'HOTL' | 'HITL' | 'BLOCK';
  readonly authorityReasons?: readonly string[];
  /** What is lost in between, in the best order of the devices that was found. */
  /** Invariants that are broken after the change and were not before it. */
  readonly brokenInvariants?: readonly Statement[];
  /** Invariants that are broken before and after, that cannot be told after the change, or that it withdraws. */
  readonly openInvariants?: readonly Statement[];
  /** Networks of the lab's own devices that are not reached any more and are still wanted. */
  readonly cutNetworks?: readonly Statement[];
  /** Packets of the twin that were answered before the change and are not with it. */
  readonly lostProbes?: readonly Statement[];
  /** Other destinations that are not reached any more, or not as far as before, or of which it cannot be told. */
  readonly lostDestinations?: readonly Statement[];
  /** What was not compared to the end. */
  readonly reachabilityGaps?: readonly Statement[];
  readonly rolloutLosses?: readonly Statement[];
  /** Single failures that do more harm than before the change, or that were asked for and not tried. */
  readonly worseFailures?: readonly Statement[];
  /** Controls that held before the change and fail after it. */
  readonly worsenedControls?: readonly Statement[];
  /** Addresses that were called while the preflight ran. */
  readonly egress?: readonly string[];
}

interface VerdictRule {
  readonly code: string;
  readonly value: Exclude<VerdictValue, 'ship_ready'>;
  readonly speaks: (facts: VerdictFacts) => readonly Statement[];
}

const say = (message: string): readonly Statement[] => [{ message }];
const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const RULES: readonly VerdictRule[] = [
  { code: 'refused', value: 'blocked', speaks: ({ refusals }) => refusals },
  { code: 'rejected-line', value: 'blocked', speaks: ({ rejectedLines }) => rejectedLines },
  { code: 'guard-p0', value: 'blocked', speaks: ({ introducedP0 }) => introducedP0 },
  {
    code: 'no-convergence',
    value: 'blocked',
    speaks: ({ convergedAfter, oscillation }) =>
      convergedAfter === false
        ? say(`With the change the network has no stable state${oscillation ? `: ${oscillation}` : ''}.`)
        : [],
  },
  { code: 'session-lost', value: 'blocked', speaks: ({ lostSessions = [] }) => lostSessions },
  { code: 'invariant-broken', value: 'blocked', speaks: ({ brokenInvariants = [] }) => brokenInvariants },
  { code: 'reachability-cut', value: 'blocked', speaks: ({ cutNetworks = [] }) => cutNetworks },
  {
    code: 'authority-block',
    value: 'blocked',
    speaks: ({ authority, authorityReasons = [] }) =>
      authority === 'BLOCK'
        ? say(`The change needs an authority that no preflight gives. ${authorityReasons.join(' ')}`.trim())
        : [],
  },
  {
    code: 'egress',
    value: 'blocked',
    speaks: ({ egress = [] }) =>
      egress.length > 0 ? say(`Connections were opened while the preflight ran: ${egress.join(', ')}.`) : [],
  },
  {
    code: 'no-change',
    value: 'needs_approval',
    speaks: ({ changedDevices }) =>
      changedDevices === 0 ? say('The change alters no configuration: there is nothing that was tested.') : [],
  },
  {
    code: 'baseline-unstable',
    value: 'needs_approval',
    speaks: ({ convergedBefore }) =>
      convergedBefore === false
        ? say('The network has no stable state before the change either, so the difference is not reliable.')
        : [],
  },
  { code: 'session-removed', value: 'needs_approval', speaks: ({ removedSessions = [] }) => removedSessions },
  { code: 'outside-neighbour', value: 'needs_approval', speaks: ({ outsideEffects = [] }) => outsideEffects },
  {
    code: 'routes-removed',
    value: 'needs_approval',
    speaks: ({ removedRoutes = 0 }) => (removedRoutes > 0 ? say(`${plural(removedRoutes, 'route')} removed.`) : []),
  },
  {
    code: 'best-paths-moved',
    value: 'needs_approval',
    speaks: ({ movedRoutes = 0 }) =>
      movedRoutes > 0
        ? say(`${plural(movedRoutes, 'route')} lead${movedRoutes === 1 ? 's' : ''} elsewhere than before.`)
        : [],
  },
  { code: 'line-not-modelled', value: 'needs_approval', speaks: ({ unmodelledLines }) => unmodelledLines },
  { code: 'language-not-modelled', value: 'needs_approval', speaks: ({ unknownLanguages = [] }) => unknownLanguages },
  { code: 'companion-changed', value: 'needs_approval', speaks: ({ companionChanges = [] }) => companionChanges },
  { code: 'caveat', value: 'needs_approval', speaks: ({ caveats = [] }) => caveats },
  { code: 'guard-set-aside', value: 'needs_approval', speaks: ({ setAside = [] }) => setAside },
  { code: 'guard-p1', value: 'needs_approval', speaks: ({ introducedP1 }) => introducedP1 },
  {
    code: 'rollback-residual',
    value: 'needs_approval',
    speaks: ({ residualDifferences = 0 }) =>
      residualDifferences > 0
        ? say(`The rollback leaves ${plural(residualDifferences, 'difference')} from the state before the change.`)
        : [],
  },
  { code: 'invariant-open', value: 'needs_approval', speaks: ({ openInvariants = [] }) => openInvariants },
  { code: 'probe-lost', value: 'needs_approval', speaks: ({ lostProbes = [] }) => lostProbes },
  { code: 'reachability-lost', value: 'needs_approval', speaks: ({ lostDestinations = [] }) => lostDestinations },
  { code: 'reachability-incomplete', value: 'needs_approval', speaks: ({ reachabilityGaps = [] }) => reachabilityGaps },
  { code: 'rollout-loss', value: 'needs_approval', speaks: ({ rolloutLosses = [] }) => rolloutLosses },
  { code: 'failure-worse', value: 'needs_approval', speaks: ({ worseFailures = [] }) => worseFailures },
  { code: 'control-worse', value: 'needs_approval', speaks: ({ worsenedControls = [] }) => worsenedControls },
  {
    code: 'risk-tier',
    value: 'needs_approval',
    speaks: ({ tier }) => (tier !== undefined && tier !== 'low' ? say(`The risk tier is ${tier}.`) : []),
  },
  {
    code: 'authority',
    value: 'needs_approval',
    speaks: ({ authority, authorityReasons = [] }) =>
      authority === 'HITL' ? say(`A person must approve the change first. ${authorityReasons.join(' ')}`.trim()) : [],
  },
  {
    code: 'stage-incomplete',
    value: 'needs_approval',
    speaks: ({ stages, requiredStages }) => {
      const missing = requiredStages.flatMap((id) => {
        const found = stages.filter((stage) => stage.id === id);
        const [stage] = found;
        if (found.length === 1 && stage?.status === 'passed') return [];
        return stage
          ? [{ name: `${stage.title} (${stage.status.replace('_', ' ')})`, summary: stage.summary }]
          : [{ name: `${id} (absent)`, summary: '' }];
      });
      if (missing.length === 0) return [];
      return say(
        `Not every required stage passed: ${missing.map(({ name }) => name).join(', ')}. ${missing[0]?.summary ?? ''}`.trim(),
      );
    },
  },
];

/** How many statements of one row are given as reasons; the findings and the state difference hold all of them. */
const MOST_STATEMENTS = 10;

/** Decides a change. Every row that speaks is a reason; the gravest decides. */
export function decideVerdict(facts: VerdictFacts): Verdict {
  const found = RULES.flatMap(({ code, value, speaks }) => {
    const statements = speaks(facts);
    const more =
      statements.length > MOST_STATEMENTS ? say(`And ${statements.length - MOST_STATEMENTS} more of this kind.`) : [];
    return [...statements.slice(0, MOST_STATEMENTS), ...more].map((statement) => ({
      value,
      reason: { code, ...statement },
    }));
  });
  if (found.length === 0) {
    const { length } = facts.requiredStages;
    return {
      value: 'ship_ready',
      reasons: [
        {
          code: 'all-passed',
          message: `All ${length} required stages ran and passed, and nothing speaks against the change.`,
        },
      ],
    };
  }
  const value = found.some((one) => one.value === 'blocked') ? 'blocked' : 'needs_approval';
  // A blocked change says what blocks it; what would merely need an approval follows.
  const order = (one: (typeof found)[number]): number => (one.value === 'blocked' ? 0 : 1);
  return { value, reasons: [...found].sort((a, b) => order(a) - order(b)).map(({ reason }) => reason) };
}

/** Codes that a reason may have, with what they lead to. */
export const verdictCodes: readonly Pick<VerdictRule, 'code' | 'value'>[] = RULES;
