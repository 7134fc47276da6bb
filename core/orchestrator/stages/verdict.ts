import type { EgressMeasurement } from '../../backends/backend.ts';
import type { PreflightRun } from '../run.ts';
import { passed } from '../stage.ts';
import { decideVerdict } from '../verdict.ts';
import { verdictFacts } from '../verdict-facts.ts';
import type { Stage } from './define.ts';

const WORDS = { ship_ready: 'Ready to ship', needs_approval: 'Needs an approval', blocked: 'Blocked' } as const;

/** Decides from everything that the other stages found. */
export const verdict: Stage = {
  id: 'verdict',
  title: 'Verdict',
  required: false,
  run: async (run) => {
    run.egressOfTwin = await egressOfTwin(run);
    const watched = run.endEgressWatch?.();
    if (watched || run.egressOfTwin) run.egress = [...(watched ?? []), ...(run.egressOfTwin?.observed ?? [])];
    run.verdict = decideVerdict(verdictFacts(run));
    const { value, reasons } = run.verdict;
    return passed(
      `${WORDS[value]}: ${reasons[0]?.message ?? ''}`,
      reasons.map(({ code, message }) => `${code}: ${message}`),
    );
  },
};

/** Tries to get out of the twin. A measurement that fails has not shown that there is no way out, and says so. */
async function egressOfTwin({
  services,
  twin,
  signal,
  progress,
}: PreflightRun): Promise<EgressMeasurement | undefined> {
  const measure = services.backend.measureEgress;
  if (!measure || !twin) return undefined;
  try {
    return await measure(twin, { signal, onProgress: progress });
  } catch (error) {
    if (signal?.aborted) throw error;
    const why = error instanceof Error ? error.message : String(error);
    return {
      method: 'Inside of the twin: not to the end.',
      observed: [`ways out of the twin could not be tried (${why})`],
    };
  }
}
