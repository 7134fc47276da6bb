import { assess, TopicAnswers } from '../../compliance/assess.ts';
import type { RunFacts } from '../../compliance/framework.ts';
import { worsened } from '../../compliance/worsened.ts';
import { approvedServices } from '../../evidence/policy.ts';
import { decideRisk } from '../../risk/tier.ts';
import type { PreflightRun } from '../run.ts';
import { notRun, passed } from '../stage.ts';
import { isAccepted, plural, REFUSED, type Stage } from './define.ts';
import { riskInputs } from './risk-and-authority.ts';
import { differencesIn } from './rollback.ts';

/** What the stages before this one found out, in the words of the frameworks. What did not run is left out. */
function runFacts(run: PreflightRun): RunFacts {
  const { twin, after, diff, reachability, rollback, services, request } = run;
  const lost = (entries: readonly { readonly kind: string }[]): number =>
    entries.filter(({ kind }) => kind === 'lost').length;
  const record = request.record;
  const staticErrors =
    run.findings &&
    [...run.findings.filter(({ introduced, priority }) => introduced && priority === 'P0'), ...(run.rejected ?? [])]
      .length;
  return {
    runId: services.runId,
    before: request.change.before,
    ...(services.policy?.status === 'trusted' &&
      services.policy.policy.services && { approvedServices: approvedServices(services.policy.policy.services) }),
    ...(twin &&
      after &&
      diff && {
        twin: {
          engine: services.backend.name,
          converged: after.converged && twin.initial.converged,
          sessionsLost: lost(diff.sessions),
          adjacenciesLost: lost(diff.adjacencies),
        },
        stateDiff: {
          routes: diff.routes.length,
          sessions: diff.sessions.length,
          adjacencies: diff.adjacencies.length,
        },
      }),
    ...(reachability && {
      reachability: {
        compared: reachability.compared,
        lost: reachability.changes.filter(({ kind }) => kind === 'lost').length,
        gained: reachability.changes.filter(({ kind }) => kind === 'gained').length,
        incomplete: reachability.incomplete.length > 0,
      },
    }),
    ...(rollback && { rollback: { executed: true, restored: differencesIn(rollback.residual) === 0 } }),
    ...(staticErrors !== undefined && { staticErrors }),
    ...(services.seal && { configsRetained: request.change.devices.length }),
    ...(record && {
      request: {
        ticket: record.ticket !== undefined,
        reason: record.reason !== undefined,
        author: record.author !== undefined,
        window: record.window !== undefined,
      },
    }),
    ...(run.risk && { risk: `tier ${run.risk.tier}` }),
  };
}

/** Asks the configurations after the change, and what the run found out, for the controls of every framework. */
export const compliance: Stage = {
  id: 'compliance',
  title: 'Compliance',
  required: true,
  run: async (run) => {
    if (!isAccepted(run)) return notRun(REFUSED);
    const { change } = run.request;
    const inputs = riskInputs(run);
    if (inputs) run.risk ??= decideRisk(inputs);
    const nodes = change.devices.map(({ node }) => node);
    const answers = new TopicAnswers();
    const rows = assess(change.after, { nodes, run: runFacts(run) }, answers);
    run.compliance = { nodes, rows, worsened: worsened(change.before, change.after, nodes, answers) };
    const of = (status: string): number => rows.filter((row) => row.status === status).length;
    const worse = run.compliance.worsened;
    return passed(
      `${plural(rows.length, 'control')}: ${of('pass')} pass, ${of('fail')} fail, ${of('not_tested')} not tested, ${of('not_applicable')} not applicable; ${worse.length === 0 ? 'the change makes none worse' : `${worse.length} made worse by the change`}.`,
      worse.map(({ node, title }) => `${node}: ${title}: held before the change and fails after it`),
    );
  },
};
