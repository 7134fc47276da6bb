import { converge } from '../../backends/simulator.ts';
import { type Damage, type Failure, type FailureOutcome, singleFailures, withFailure } from '../../network/failures.ts';
import { lossesAgainst } from '../../network/losses.ts';
import type { Snapshot } from '../../network/snapshot.ts';
import type { NetworkState } from '../../network/state.ts';
import type { PreflightRun } from '../run.ts';
import { notRun, passed, skipped } from '../stage.ts';
import { plural, type Stage } from './define.ts';

const NO_STATE = 'The network has no stable state.';

/** Tries every single failure after the change and before it. Harm is a result, not a failure of the stage. */
export const failures: Stage = {
  id: 'failures',
  title: 'Single failures',
  required: false,
  run: async (run) => {
    const { failures: kind, change } = run.request;
    if (kind === undefined) return skipped('No failures were asked for.');
    if (!run.twin || !run.after) return notRun('The change was not applied, so no failure was tried.');
    run.failures = { kind, outcomes: await onTwin(run, await tryAll(run, singleFailures(change.after, kind))) };
    const { outcomes } = run.failures;
    const worse = outcomes.filter((one) => one.worse.length > 0);
    const tried = `${plural(outcomes.length, `single ${kind} failure`)} tried`;
    if (outcomes.length === 0) return passed(`The lab has no ${kind} that could fail.`);
    return worse.length === 0
      ? passed(`${tried}: none does more harm than before the change.`)
      : passed(
          `${tried}: ${worse.length} do${worse.length === 1 ? 'es' : ''} more harm than before the change.`,
          worse.map(({ failure, worse: texts }) => `When ${failure.name} fails: ${texts[0]}`),
        );
  },
};

async function tryAll(run: PreflightRun, wanted: readonly Failure[]): Promise<readonly FailureOutcome[]> {
  const { before, after } = run.request.change;
  const options = { ...(run.signal && { signal: run.signal }) };
  const compute = (snapshot: Snapshot): Promise<NetworkState> => converge(snapshot, options);
  // Failures are tried on the simulator; the states without them must be of the same engine.
  const own = run.services.backend.name === 'simulator';
  const intact = {
    before: own && run.twin ? run.twin.initial : await compute(before),
    after: own && run.after ? run.after : await compute(after),
  };
  const lossesBefore = lossesAgainst(intact.before);
  const lossesAfter = lossesAgainst(intact.after);
  const common = lossesAgainst(intact.before, intact.after);
  const same = new Set(singleFailures(before, wanted[0]?.kind ?? 'link').map(({ name }) => name));

  const outcomes: FailureOutcome[] = [];
  for (const failure of wanted) {
    run.progress(`${failure.name} (${outcomes.length + 1} of ${wanted.length})`);
    const now = await compute(withFailure(after, failure));
    const engines = ['simulator'];
    const damage: Damage = { losses: lossesAfter(now), converged: now.converged };
    if (!same.has(failure.name)) {
      // Nothing of it can be compared: an element that the change brings fails without a precedent.
      outcomes.push({ failure, engines, after: damage, worse: now.converged ? [] : [NO_STATE] });
      continue;
    }
    const old = await compute(withFailure(before, failure));
    const known = new Set(common(old).map(({ key }) => key));
    outcomes.push({
      ...{ failure, engines, after: damage },
      before: { losses: lossesBefore(old), converged: old.converged },
      worse: [
        ...(old.converged && !now.converged ? [NO_STATE] : []),
        ...common(now)
          .filter(({ key }) => !known.has(key))
          .map(({ text }) => text),
      ],
    });
  }
  return outcomes;
}

/** Failures that are tried on a twin of real daemons too: those that do the most harm, by the simulator. */
const MOST_ON_TWIN = 3;

/**
 * Tries a few of the failures on the twin, where it runs real daemons. What is missing there, is there without the
 * failure, and was not missing before the change by the simulator, makes the failure worse as well.
 */
async function onTwin(run: PreflightRun, outcomes: readonly FailureOutcome[]): Promise<readonly FailureOutcome[]> {
  const { twin, after, services, request } = run;
  const { backend } = services;
  if (!backend.tries?.failures || !twin || !after || outcomes.length === 0) return outcomes;
  const harm = ({ worse, after: { losses } }: FailureOutcome): number => 1_000_000 * worse.length + losses.length;
  const chosen = new Set([...outcomes].sort((a, b) => harm(b) - harm(a)).slice(0, MOST_ON_TWIN));
  const losses = lossesAgainst(twin.initial, after);
  const tried: FailureOutcome[] = [];
  for (const outcome of outcomes) {
    if (!chosen.has(outcome)) {
      tried.push(outcome);
      continue;
    }
    const { failure, before, worse } = outcome;
    const state = await backend.applyAndConverge(twin, withFailure(request.change.after, failure), {
      signal: run.signal,
      onProgress: (said) => run.progress(`${failure.name} on the twin: ${said}`),
    });
    const known = new Set([...(before?.losses ?? []), ...outcome.after.losses].map(({ key }) => key));
    const further = before ? losses(state).filter(({ key }) => !known.has(key)) : [];
    tried.push({
      ...outcome,
      engines: [...outcome.engines, backend.name],
      worse: [...worse, ...further.map(({ text }) => text), ...(state.converged ? [] : [NO_STATE])],
    });
  }
  // The rollback that follows begins at the state after the change.
  await backend.applyAndConverge(twin, request.change.after, {
    signal: run.signal,
    onProgress: (said) => run.progress(`after the failures: ${said}`),
  });
  return tried;
}
