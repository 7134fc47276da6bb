import { converge } from '../../backends/simulator.ts';
import { planRollout, type RolloutStep } from '../../network/rollout.ts';
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
    run.rollout = plan;
    const order = plan.steps.map(({ node }) => node).join(', ');
    if (plan.lossless) return passed(`In the order ${order} nothing is lost meanwhile.`);
    const harmful = plan.steps.filter(({ lost, unstable, computed }) => unstable || lost.length > 0 || !computed);
    const details = harmful.map((step) =>
      step.computed
        ? `Once ${step.node} is changed, the network ${lossOf(step)}.`
        : `The state once ${step.node} is changed was not computed.`,
    );
    return passed(
      plan.exhaustive
        ? `There is no order without a loss in between; the best is ${order}.`
        : `Of ${plural(plan.statesComputed, 'intermediate state')} that were computed none leads to an order without a loss.`,
      details,
    );
  },
};
