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
    run.egress = run.endEgressWatch?.();
    run.verdict = decideVerdict(verdictFacts(run));
    const { value, reasons } = run.verdict;
    return passed(
      `${WORDS[value]}: ${reasons[0]?.message ?? ''}`,
      reasons.map(({ code, message }) => `${code}: ${message}`),
    );
  },
};
