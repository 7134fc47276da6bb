import { failed, notRun, passed } from '../stage.ts';
import { plural, type Stage } from './define.ts';

/** Applies the change in the twin and waits until nothing changes any more. */
export const applyAndConverge: Stage = {
  id: 'apply-and-converge',
  title: 'Apply and converge',
  required: true,
  run: async (run) => {
    if (!run.twin) return notRun('There is no twin to apply the change to.');
    const { backend, clock } = run.services;
    const start = clock.monotonic();
    run.after = await backend.applyAndConverge(run.twin, run.request.change.after, {
      signal: run.signal,
      onProgress: run.progress,
    });
    run.convergenceMs = Math.round(clock.monotonic() - start);
    const { converged, rounds, oscillation } = run.after;
    if (converged) return passed(`Converged after ${plural(rounds, 'round')}.`);
    const what = oscillation
      ? `${oscillation.nodes.join(', ')} keep changing ${oscillation.prefixes.slice(0, 10).join(', ')}`
      : 'it keeps changing';
    return failed(`The network has no stable state after ${plural(rounds, 'round')}: ${what}.`);
  },
};
