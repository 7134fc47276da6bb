/**
 * What a bundle may not say at once. The schema checks each part; this table checks the parts against each other, so
 * that no bundle with a verdict that its own facts do not carry is ever sealed, or passes verification.
 */
import type { EvidenceBundle, StateDifference } from './bundle.ts';
import { describedFiles } from './package/layout.ts';

interface Consistency {
  readonly id: string;
  /** One sentence per contradiction; empty when the bundle agrees with itself. */
  readonly check: (bundle: EvidenceBundle) => readonly string[];
}

const TIER_ORDER = ['low', 'medium', 'high', 'critical'] as const;
const AUTHORITY_ORDER = ['AUTO', 'HOTL', 'HITL', 'BLOCK'] as const;

/** Whether two states are the same. */
export function isEmptyDifference(difference: StateDifference): boolean {
  return difference.routes.length + difference.sessions.length + difference.adjacencies.length === 0;
}

/** The sessions and adjacencies that were up before and are down after. */
export function lostCount(difference: StateDifference): number {
  const lost = (change: { readonly kind: string }): boolean => change.kind === 'lost';
  return difference.sessions.filter(lost).length + difference.adjacencies.filter(lost).length;
}

function duplicates(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

/** What stands between this bundle and `ship_ready`. */
function obstacles(bundle: EvidenceBundle): readonly string[] {
  const { twin, stateDiff, rollback, risk, authority, egress } = bundle;
  const found: string[] = [];
  for (const stage of bundle.stages) if (stage.status === 'failed') found.push(`stage ${stage.id} failed`);
  if (bundle.findings.some((finding) => finding.severity === 'error' && finding.origin === 'introduced')) {
    found.push('the change introduces findings of error severity');
  }
  if (bundle.suppressions.some(({ origin, priority }) => origin === 'introduced' && priority !== 'P2')) {
    found.push('findings that the change introduces were set aside');
  }
  if (twin.status !== 'run') found.push('the twin was not run');
  else if (!twin.converged) found.push('the twin did not converge');
  if (stateDiff.status !== 'measured') found.push('the state difference was not measured');
  else if (lostCount(stateDiff) > 0) found.push('sessions or adjacencies were lost');
  if (!rollback.executed) found.push('the rollback was not executed');
  else if (rollback.residual && !isEmptyDifference(rollback.residual)) {
    found.push('the rollback did not restore the state before the change');
  }
  const { compliance, failures, invariants, reachability, rollout } = bundle;
  if (invariants.status === 'checked' && invariants.rows.some(({ after }) => after !== 'held'))
    found.push('an invariant does not hold, or was not tested');
  if (reachability.status !== 'measured') found.push('reachability was not compared');
  else if (reachability.changes.some(({ kind }) => kind === 'lost'))
    found.push('destinations that were reached are not reached any more');
  if (compliance.status !== 'checked') found.push('the controls were not asked');
  else if (compliance.worsened.length > 0) found.push('a control fails that held before the change');
  if (failures.status === 'checked' && failures.scenarios.some(({ worse }) => worse.length > 0)) {
    found.push('a single failure does more harm than before the change');
  }
  if (
    rollout.status === 'checked'
      ? !rollout.lossless || rollout.steps.some(({ measured }) => (measured ?? []).length > 0)
      : bundle.change.devices.length > 1
  ) {
    found.push('something is lost between the steps of the change, or may be');
  }
  if (risk.status !== 'decided') found.push('the risk was not decided');
  else if (risk.tier !== 'low') found.push(`the risk tier is ${risk.tier}`);
  if (authority.status === 'decided' && AUTHORITY_ORDER.indexOf(authority.effective) >= 2) {
    found.push(`the effective authority is ${authority.effective}`);
  }
  if (egress.status === 'measured' && egress.result === 'observed') found.push('calls to outside addresses were seen');
  return found;
}

const CONSISTENCY: readonly Consistency[] = [
  {
    id: 'ready-means-tested',
    check: (bundle) =>
      bundle.verdict.value === 'ship_ready'
        ? obstacles(bundle).map((obstacle) => `The verdict is ship_ready although ${obstacle}.`)
        : [],
  },
  {
    id: 'non-convergence-or-lost-session-blocks',
    check: ({ verdict, twin, stateDiff }) => {
      if (verdict.value === 'blocked') return [];
      const found: string[] = [];
      if (twin.status === 'run' && !twin.converged) found.push('the twin did not converge');
      if (stateDiff.status === 'measured' && lostCount(stateDiff) > 0) found.push('sessions were lost');
      return found.map((cause) => `The verdict is ${verdict.value} although ${cause}, which must block.`);
    },
  },
  {
    id: 'rollback-claim',
    check: ({ rollback }) =>
      rollback.executed === (rollback.residual !== null) && rollback.executed === (rollback.reason === null)
        ? []
        : ['The rollback must hold either a residual difference (executed) or a reason (not executed), not both.'],
  },
  {
    id: 'tier-is-the-highest-that-applies',
    check: ({ risk }) => {
      if (risk.status !== 'decided') return [];
      const highest = Math.max(
        0,
        ...risk.rules.filter((rule) => rule.applies).map((rule) => TIER_ORDER.indexOf(rule.tier)),
      );
      return TIER_ORDER[highest] === risk.tier
        ? []
        : [`The risk tier is ${risk.tier}, but the highest rule that applies is ${TIER_ORDER[highest]}.`];
    },
  },
  {
    id: 'authority-is-the-more-restrictive',
    check: ({ authority }) => {
      if (authority.status !== 'decided') return [];
      const levels = [authority.required, ...(authority.ceiling === null ? [] : [authority.ceiling])];
      const strictest = AUTHORITY_ORDER[Math.max(...levels.map((level) => AUTHORITY_ORDER.indexOf(level)))];
      return strictest === authority.effective
        ? []
        : [`The effective authority is ${authority.effective}; required and ceiling give ${strictest}.`];
    },
  },
  {
    id: 'devices-once',
    check: ({ change }) => {
      // Compared without case: configs/before/R1.cfg and r1.cfg are one file on many systems.
      const names = [...change.devices, ...change.unchanged].map(({ name }) => name.toLowerCase());
      return duplicates(names).map((name) => `The device name ${name} occurs twice (capitals do not count).`);
    },
  },
  {
    id: 'files-once',
    check: (bundle) => {
      const paths = describedFiles(bundle).map(({ path }) => path.toLowerCase());
      return duplicates(paths).map((path) => `The bundle describes the file ${path} twice (capitals do not count).`);
    },
  },
  {
    id: 'change-is-a-change',
    check: ({ change }) =>
      change.devices
        .filter((device) => device.before === device.after)
        .map((device) => `Device ${device.name} is listed as changed, but its digests before and after are the same.`),
  },
  {
    id: 'stages-once',
    check: ({ stages }) => duplicates(stages.map(({ id }) => id)).map((id) => `The stage ${id} occurs twice.`),
  },
  {
    id: 'finding-lines-in-order',
    check: ({ findings }) =>
      findings
        .filter(({ lines }) => lines.to < lines.from)
        .map(({ rule, file }) => `A finding of ${rule} in ${file} ends before it begins.`),
  },
  {
    id: 'difference-has-its-sides',
    check: ({ stateDiff, rollback }) => {
      const differences = [
        ...(stateDiff.status === 'measured' ? [stateDiff] : []),
        ...(rollback.residual ? [rollback.residual] : []),
      ];
      return differences.flatMap(({ routes }) =>
        routes
          .filter(
            ({ kind, before, after }) =>
              (kind === 'added') !== (before.length === 0) || (kind === 'removed') !== (after.length === 0),
          )
          .map(
            ({ device, prefix, kind }) =>
              `The route ${prefix} on ${device} is ${kind}, but its routes before and after say otherwise.`,
          ),
      );
    },
  },
  {
    id: 'states-recorded',
    check: ({ stateDiff, rollback, states }) => {
      const found: string[] = [];
      if (stateDiff.status === 'measured' && (states.before === null || states.after === null)) {
        found.push('A state difference is given without the digests of the two states.');
      }
      if (rollback.executed && states.rolledBack === null) {
        found.push('The rollback is said to be executed, but the digest of the restored state is missing.');
      }
      return found;
    },
  },
  {
    id: 'topology-digest',
    check: ({ twin }) =>
      twin.status === 'run' && (twin.topology.file === null) !== (twin.topology.sha256 === null)
        ? ['The topology must have both a file and its digest, or neither.']
        : [],
  },
];

/** Every contradiction in the bundle, one sentence each; an empty list for a bundle that agrees with itself. */
export function contradictions(bundle: EvidenceBundle): readonly string[] {
  return CONSISTENCY.flatMap(({ check }) => check(bundle));
}
