import type { Answer, Facts } from './framework.ts';
import type { Citation, ControlStatus } from './judgement.ts';

const fact = (text: string): Citation => ({ device: '', file: null, line: null, text });

const answer = (status: ControlStatus, ...texts: readonly string[]): Answer => ({ status, evidence: texts.map(fact) });

const NO_TWIN = 'No twin ran, so the effect of the change was not tested.';

/** The change was carried out in a twin that converged, and nothing that was up went down by it. */
export function changeTested({ run: { twin, stateDiff, staticErrors } }: Facts): Answer {
  if (!twin || !stateDiff) return answer('not_tested', NO_TWIN);
  const tested = `The change was applied in a twin (${twin.engine}), which ${twin.converged ? 'converged' : 'did not converge'}; ${stateDiff.routes} route(s), ${stateDiff.sessions} session(s) and ${stateDiff.adjacencies} adjacency(ies) differ.`;
  if (!twin.converged) return answer('fail', tested);
  const lost = twin.sessionsLost + twin.adjacenciesLost;
  if (lost > 0) return answer('fail', tested, `${lost} session(s) or adjacency(ies) are lost by the change.`);
  if (staticErrors) return answer('fail', tested, `${staticErrors} error(s) are caused by the change.`);
  return answer('pass', tested, 'No session or adjacency is lost by the change.');
}

/** The impact was analysed: that it was is the control, not that there is none. */
export function impactAnalysed({ run: { twin, stateDiff, reachability } }: Facts): Answer {
  if (!twin || !stateDiff) return answer('not_tested', NO_TWIN);
  if (!twin.converged)
    return answer(
      'not_tested',
      `The twin (${twin.engine}) did not converge, so that its state is no analysis of the impact.`,
    );
  return answer(
    'pass',
    `States before and after the change were computed (${twin.engine}) and compared: ${stateDiff.routes} route(s), ${stateDiff.sessions} session(s), ${stateDiff.adjacencies} adjacency(ies) differ.`,
    reachability
      ? `Reachability of ${reachability.compared} pair(s) was compared: ${reachability.lost} lost, ${reachability.gained} gained.`
      : 'Reachability from end to end was not compared.',
  );
}

/** What is reached after the change that was not reached before is a new flow that somebody must have wanted. */
export function flowsUnchanged({ run: { reachability } }: Facts): Answer {
  if (!reachability) return answer('not_tested', 'Reachability from end to end was not compared.');
  const text = `Of ${reachability.compared} pair(s) of source and destination ${reachability.gained} are newly reached and ${reachability.lost} no longer.`;
  if (reachability.incomplete) return answer('not_tested', text, 'Not everything was compared to the end.');
  return reachability.gained === 0
    ? answer('pass', text)
    : answer('not_tested', text, 'Whether the new flows are wanted, this run cannot tell.');
}

/** Back-out counts only when it was carried out. */
export function rollbackTested({ run: { rollback } }: Facts): Answer {
  if (!rollback?.executed) return answer('not_tested', 'The way back was not carried out in the twin.');
  return rollback.restored
    ? answer('pass', 'The way back was carried out in the twin, and the state before the change was restored exactly.')
    : answer('fail', 'The way back was carried out in the twin and does not restore the state before the change.');
}

export const changeAndRollbackTested = (facts: Facts): Answer => combined(changeTested(facts), rollbackTested(facts));

/** The state before is kept with its digests in the package. */
export const baselineRetained = ({ run: { configsRetained } }: Facts): Answer =>
  configsRetained === undefined
    ? answer('not_tested', 'No package of evidence is made by this check.')
    : answer(
        'pass',
        `The configurations before and after the change, of ${configsRetained} device(s), are part of the sealed package, each with its digest.`,
      );

/** What was said of the change: that it is documented, not that anybody agreed. */
export function changeDocumented({ run: { request } }: Facts): Answer {
  if (!request) return answer('not_tested', 'The change has no record: nobody stated a ticket, a reason or an author.');
  const missing = (['ticket', 'reason', 'author', 'window'] as const).filter((part) => !request[part]);
  return missing.length === 0
    ? answer('pass', 'Ticket, reason, author and window of the change are recorded in the evidence.')
    : answer('not_tested', `The record of the change lacks: ${missing.join(', ')}.`);
}

export const riskDecided = ({ run: { risk } }: Facts): Answer =>
  risk === undefined
    ? answer('not_tested', 'The risk of the change is not decided by this check.')
    : answer('pass', `The risk of the change was decided rule by rule: ${risk}.`);

const RANK: readonly ControlStatus[] = ['fail', 'not_tested', 'pass', 'not_applicable'];

/** Several conditions as one answer. */
export function combined(...answers: readonly Answer[]): Answer {
  const status = RANK.find((each) => answers.some((one) => one.status === each)) ?? 'not_applicable';
  return { status, evidence: answers.flatMap(({ evidence }) => evidence) };
}
