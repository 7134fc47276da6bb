import { converge } from '../../backends/simulator.ts';
import { ATTRIBUTION_METHOD, attribute } from '../../network/attribution/index.ts';
import { notRun, passed, skipped } from '../stage.ts';
import { plural, type Stage } from './define.ts';

/** States that are computed at most. What a few lines cause is found in a dozen. */
const MOST_STATES = 64;

/** Ties each change of state to the lines that cause it. It explains and decides nothing. */
export const attribution: Stage = {
  id: 'attribution',
  title: 'Attribution to lines',
  required: false,
  run: async (run) => {
    const { twin, after, diff, services, request, signal } = run;
    if (!twin || !after || !diff) return notRun('There are not two states to compare.');
    if (diff.routes.length + diff.sessions.length + diff.adjacencies.length === 0)
      return skipped('The change alters no route, session or adjacency.');
    const options = { ...(signal && { signal }) };
    // The states without some lines are the simulator's; what they are compared with must be of the same engine.
    const own = services.backend.name === 'simulator';
    const found = await attribute(request.change, {
      before: own ? twin.initial : await converge(request.change.before, options),
      after: own ? after : await converge(request.change.after, options),
      parse: services.parse,
      compute: (snapshot) => converge(snapshot, options),
      most: MOST_STATES,
      onRun: (runs) => run.progress(`run ${runs} without some of the lines`),
    });
    run.attribution = found;
    const { causes, unattributed, runs, exhausted } = found;
    const effects = new Set(causes.flatMap((cause) => cause.effects)).size;
    const rest = unattributed.length === 0 ? '' : `; ${plural(unattributed.length, 'change')} come from no line`;
    const bound = exhausted ? '; the bound on runs was reached before all lines were told apart' : '';
    return passed(
      `${plural(effects, 'change')} of state tied to ${plural(causes.length, 'cause')} ${ATTRIBUTION_METHOD} (${plural(runs, 'run')})${rest}${bound}.`,
    );
  },
};
