import { notRun, passed } from '../stage.ts';
import { plural, type Stage } from './define.ts';

/** Compares the twin after the change with the twin before it. A difference is a result, not a failure. */
export const stateDiff: Stage = {
  id: 'state-diff',
  title: 'State diff',
  required: true,
  run: async (run) => {
    if (!run.twin || !run.after) return notRun('There are not two states to compare.');
    run.diff = run.services.backend.stateDiff(run.twin.initial, run.after);
    const { routesAdded, routesRemoved, routesChanged, sessionsLost, sessionsAdded, devicesAffected } = run.diff.counts;
    return passed(
      `Routes: ${routesAdded} added, ${routesRemoved} removed, ${routesChanged} changed; sessions: ${sessionsAdded} added, ${sessionsLost} lost; ${plural(devicesAffected, 'device')} affected.`,
    );
  },
};
