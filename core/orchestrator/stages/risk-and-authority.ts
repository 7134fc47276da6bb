import { ceilingOf } from '../../evidence/policy.ts';
import { decideAuthority } from '../../risk/authority.ts';
import type { RiskInputs } from '../../risk/inputs.ts';
import { decideRisk } from '../../risk/tier.ts';
import type { PreflightRun } from '../run.ts';
import { notRun, passed } from '../stage.ts';
import type { Stage } from './define.ts';

/** What risk is decided from; undefined while the twin has not shown it. */
export function riskInputs({ request: { change }, twin, after, diff }: PreflightRun): RiskInputs | undefined {
  if (!twin || !after || !diff) return undefined;
  return {
    before: change.before,
    after: change.after,
    devices: change.devices,
    stateBefore: twin.initial,
    stateAfter: after,
    diff,
  };
}

/** A title in the middle of a sentence: only its first letter becomes small, AS and RD stay as they are. */
const inSentence = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1);

/** Decides the risk tier rule by rule, and the authority that the change needs. */
export const riskAndAuthority: Stage = {
  id: 'risk-and-authority',
  title: 'Risk and authority',
  required: true,
  run: async (run) => {
    const inputs = riskInputs(run);
    if (!inputs) return notRun('Without a state difference the risk cannot be decided.');
    run.risk ??= decideRisk(inputs);
    run.authority = decideAuthority(inputs, run.risk, run.services.policy ? ceilingOf(run.services.policy) : null);
    const applying = run.risk.rules.filter(({ applies }) => applies);
    const why = applying.length === 0 ? 'no rule applies' : applying.map(({ title }) => inSentence(title)).join('; ');
    return passed(`Risk tier ${run.risk.tier} (${why}); authority ${run.authority.effective}.`);
  },
};
