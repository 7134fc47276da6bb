import { ConfigurationRefused } from '../../backends/backend.ts';
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
    try {
      run.after = await backend.applyAndConverge(run.twin, run.request.change.after, {
        signal: run.signal,
        onProgress: run.progress,
      });
    } catch (error) {
      if (!(error instanceof ConfigurationRefused)) throw error;
      run.rejected = [...(run.rejected ?? []), ...error.errors];
      return failed(
        `The twin refuses ${plural(error.errors.length, 'line')} of the change.`,
        error.errors.map(({ node, line, message }) => `${node}${line === undefined ? '' : `:${line + 1}`}: ${message}`),
      );
    }
    run.convergenceMs = Math.round(clock.monotonic() - start);
    const { converged, rounds, oscillation } = run.after;
    if (converged) return passed(`Converged after ${plural(rounds, 'round')}.`);
    const what = oscillation
      ? `${oscillation.nodes.join(', ')} keep changing ${oscillation.prefixes.slice(0, 10).join(', ')}`
      : 'it keeps changing';
    return failed(`The network has no stable state after ${plural(rounds, 'round')}: ${what}.`);
  },
};
