import { converge } from '../../backends/simulator.ts';
import { lossesAgainst } from '../../network/losses.ts';
import { planRollout, type Rollout, type RolloutStep, withSomeDevices } from '../../network/rollout.ts';
import type { PreflightRun } from '../run.ts';
import { notRun, passed, skipped } from '../stage.ts';
import { plural, type Stage } from './define.ts';

/** Intermediate states that are computed at most. Six devices have 62; larger changes are searched as far as this. */
const MOST_STATES = 64;

const lossOf = ({ lost, unstable }: RolloutStep): string =>
  unstable ? 'has no stable state' : `lacks ${plural(lost.length, 'route or session', 'routes and sessions')}`;

/** Looks for an order of the devices in which nothing is lost meanwhile. A loss is a result, not a failure. */
export const rollout: Stage = {
  id: 'rollout',
  title: 'Rollout order',
  required: false,
  run: async (run) => {
    const { change } = run.request;
    if (!run.twin || !run.after) return notRun('The change was not applied, so there is no order to examine.');
    if (change.devices.length < 2) return skipped('The change is on one device: there is no state in between.');
    const options = { ...(run.signal && { signal: run.signal }) };
    // The states in between are the simulator's; what they are compared with must be of the same engine.
    const own = run.services.backend.name === 'simulator';
    const plan = await planRollout(change, {
      before: own ? run.twin.initial : await converge(change.before, options),
      after: own ? run.after : await converge(change.after, options),
      compute: (snapshot) => converge(snapshot, options),
      most: MOST_STATES,
      onState: (computed) => run.progress(`intermediate state ${computed}`),
    });
    run.rollout = await executed(run, plan);
    const order = plan.steps.map(({ node }) => node).join(', ');
    const measured = run.rollout.steps.filter((step) => (step.measured ?? []).length > 0);
    const tried = run.rollout.steps.every((step) => step.measured !== undefined);
    const words = tried
      ? measured.length === 0
        ? ' The twin was taken through it: nothing was missing.'
        : ` The twin was taken through it: after ${measured.map(({ node }) => node).join(', ')} something was missing.`
      : '';
    if (plan.lossless) return passed(`In the order ${order} nothing is lost meanwhile.${words}`);
    const harmful = plan.steps.filter(({ lost, unstable, computed }) => unstable || lost.length > 0 || !computed);
    const details = harmful.map((step) =>
      step.computed
        ? `Once ${step.node} is changed, the network ${lossOf(step)}.`
        : `The state once ${step.node} is changed was not computed.`,
    );
    return passed(
      plan.exhaustive
        ? `There is no order without a loss in between; the best is ${order}.${words}`
        : `Of ${plural(plan.statesComputed, 'intermediate state')} that were computed none leads to an order without a loss.${words}`,
      details,
    );
  },
};

/** Longer orders are not tried on a twin of real daemons: each step takes as long as the network needs to settle. */
const MOST_TRIED = 5;

/** Takes a twin of real daemons back to the start and through the steps of the order, and says what was missing after each. */
async function executed(run: PreflightRun, plan: Rollout): Promise<Rollout> {
  const { twin, after, request, services } = run;
  const { change } = request;
  if (!services.backend.tries?.steps || !twin || !after || plan.steps.length > MOST_TRIED) return plan;
  const options = (text: string) => ({
    signal: run.signal,
    onProgress: (said: string) => run.progress(`${text}: ${said}`),
  });
  await services.backend.applyAndConverge(twin, change.before, options('back to the start'));
  const losses = lossesAgainst(twin.initial, after);
  const done = new Set<string>();
  const steps: RolloutStep[] = [];
  for (const step of plan.steps) {
    done.add(step.node);
    const state = await services.backend.applyAndConverge(twin, withSomeDevices(change, done), options(step.node));
    steps.push({ ...step, measured: losses(state) });
  }
  return { ...plan, steps };
}
