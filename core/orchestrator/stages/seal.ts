import { buildBundle } from '../bundle.ts';
import { notRun, passed, skipped } from '../stage.ts';
import type { Stage } from './define.ts';

/** Writes and signs the evidence. Every run is sealed, whatever its verdict. */
export const seal: Stage = {
  id: 'seal',
  title: 'Seal evidence',
  required: false,
  run: async (run) => {
    if (!run.services.seal) return skipped('No evidence was asked for.');
    if (!run.verdict) return notRun('There is no verdict to seal.');
    const { bundle, inputs } = buildBundle(run, run.verdict);
    run.evidence = await run.services.seal(bundle, inputs, run.signal);
    const { folder, unstamped } = run.evidence;
    return passed(`Sealed in ${folder}.${unstamped === undefined ? '' : ` Without a time stamp: ${unstamped}`}`);
  },
};
