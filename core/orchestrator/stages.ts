import { applyAndConverge } from './stages/apply-and-converge.ts';
import { attribution } from './stages/attribution.ts';
import { compliance } from './stages/compliance.ts';
import type { Stage } from './stages/define.ts';
import { failures } from './stages/failures.ts';
import { guardPrecheck } from './stages/guard-precheck.ts';
import { invariants } from './stages/invariants.ts';
import { proposal } from './stages/proposal.ts';
import { reachability } from './stages/reachability.ts';
import { riskAndAuthority } from './stages/risk-and-authority.ts';
import { rollback } from './stages/rollback.ts';
import { rollout } from './stages/rollout.ts';
import { seal } from './stages/seal.ts';
import { spawnTwin } from './stages/spawn-twin.ts';
import { stateDiff } from './stages/state-diff.ts';
import { staticCheck } from './stages/static-check.ts';
import { verdict } from './stages/verdict.ts';

/** A preflight, in order. Progress, cancellation, the evidence and the step strip of an editor are read from this list. */
export const stages: readonly Stage[] = [
  guardPrecheck,
  proposal,
  staticCheck,
  spawnTwin,
  applyAndConverge,
  stateDiff,
  attribution,
  reachability,
  invariants,
  rollout,
  failures,
  rollback,
  compliance,
  riskAndAuthority,
  verdict,
  seal,
];
