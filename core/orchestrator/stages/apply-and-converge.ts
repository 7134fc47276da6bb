import { type ConfigError, ConfigurationRefused, type Twin } from '../../backends/backend.ts';
import type { PreflightRun } from '../run.ts';
import { failed, notRun, passed } from '../stage.ts';
import { plural, type Stage } from './define.ts';
import { introducedErrors } from './static-check.ts';

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
    if (backend.probe && run.probes)
      run.probes = {
        ...run.probes,
        after: await backend.probe(run.twin, { signal: run.signal, onProgress: run.progress }),
      };
    const { converged, rounds, oscillation, settled } = run.after;
    const refused = newlyRefused(run, run.twin);
    if (refused.length > 0)
      return failed(
        `${plural(refused.length, 'line')} of the change ${refused.length === 1 ? 'is' : 'are'} refused by the network system; it runs without ${refused.length === 1 ? 'it' : 'them'}.`,
        refused.map(({ node, line, message }) => `${node}${line === undefined ? '' : `:${line + 1}`}: ${message}`),
      );
    if (converged)
      return passed(settled === undefined ? `Converged after ${plural(rounds, 'round')}.` : `Converged. ${settled}`);
    const what = oscillation
      ? `${oscillation.nodes.join(', ')} keep changing ${oscillation.prefixes.slice(0, 10).join(', ')}`
      : 'it keeps changing';
    return failed(`The network has no stable state after ${plural(rounds, 'round')}: ${what}.`);
  },
};

/** Lines that the network systems refused with the change and not before it; they become errors of the change. */
function newlyRefused(run: PreflightRun, twin: Twin): readonly ConfigError[] {
  const refused = introducedErrors(twin.initial.rejected ?? [], run.after?.rejected ?? [], run.request.change.devices);
  const known = new Set((run.rejected ?? []).map(({ node, line }) => `${node}:${line}`));
  run.rejected = [...(run.rejected ?? []), ...refused.filter(({ node, line }) => !known.has(`${node}:${line}`))];
  return refused;
}
