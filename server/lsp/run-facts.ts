import type { EvidenceBundle } from '../../core/evidence/bundle.ts';
import { isEmptyDifference, lostCount } from '../../core/evidence/contradictions.ts';
import type { RunFact } from '../protocol.ts';

type Fact = (bundle: EvidenceBundle) => RunFact;

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
const absent = (title: string, text: string): RunFact => ({ title, text, tone: 'absent' });
const first = (texts: readonly string[], most = 3): readonly string[] =>
  texts.length > most ? [...texts.slice(0, most), `and ${texts.length - most} more`] : texts;

const risk: Fact = ({ risk: found, authority }) => {
  if (found.status !== 'decided') return absent('Risk', found.reason);
  const applying = found.rules.filter(({ applies }) => applies).map(({ title }) => title);
  const who = authority.status === 'decided' ? `, authority ${authority.effective}` : '';
  return {
    title: 'Risk',
    text: `${found.tier}${who}`,
    tone: found.tier === 'low' ? 'good' : 'bad',
    details: first(applying),
  };
};

const blast: Fact = ({ stateDiff, reachability }) => {
  if (stateDiff.status !== 'measured') return absent('Blast radius', stateDiff.reason);
  const { routes, sessions, adjacencies } = stateDiff;
  const devices = new Set([...routes, ...sessions, ...adjacencies].map(({ device }) => device)).size;
  const of = (kind: string): number => routes.filter((route) => route.kind === kind).length;
  const lost = lostCount(stateDiff);
  const unreachable =
    reachability.status === 'measured' ? reachability.changes.filter(({ kind }) => kind === 'lost') : [];
  return {
    title: 'Blast radius',
    text: `${plural(devices, 'device')}; routes +${of('added')} −${of('removed')} ~${of('changed')}; ${plural(lost, 'session')} lost`,
    tone: lost > 0 || of('removed') > 0 || unreachable.length > 0 ? 'bad' : 'good',
    details: first(
      unreachable.map(
        ({ device, destination, flow }) =>
          `${device} no longer reaches ${destination}${flow === null ? '' : ` (${flow})`}`,
      ),
    ),
  };
};

const failures: Fact = ({ failures: found }) => {
  if (found.status !== 'checked') return absent('Failures tried', found.reason);
  const worse = found.scenarios.filter((one) => one.worse.length > 0);
  return {
    title: 'Failures tried',
    text: `${plural(found.scenarios.length, `single ${found.kind} failure`)}; ${worse.length === 0 ? 'none does more harm than before' : `${worse.length} do more harm than before`}`,
    tone: worse.length === 0 ? 'good' : 'bad',
    details: first(worse.map(({ fails, worse: [text] }) => `When ${fails} fails: ${text}`)),
  };
};

const rollout: Fact = ({ rollout: found }) => {
  if (found.status !== 'checked') return absent('Rollout order', found.reason);
  const order = found.steps.map(({ device }) => device).join(', ');
  return {
    title: 'Rollout order',
    text: found.lossless ? `${order}: nothing is lost in between` : `${order}: something is lost in between`,
    tone: found.lossless ? 'good' : 'bad',
    details: first(
      found.steps.flatMap(({ device, lost: [text] }) =>
        text === undefined ? [] : [`Once ${device} is changed: ${text}`],
      ),
    ),
  };
};

const rollback: Fact = ({ rollback: { executed, reason, residual } }) => {
  if (!executed || !residual) return absent('Rollback', reason ?? 'It was not executed.');
  const clean = isEmptyDifference(residual);
  return {
    title: 'Rollback',
    text: clean
      ? 'Executed in the twin: the state before came back exactly'
      : 'Executed in the twin: the state before did not come back',
    tone: clean ? 'good' : 'bad',
  };
};

const invariants: Fact = ({ invariants: found }) => {
  if (found.status !== 'checked') return absent('Invariants', found.reason);
  const broken = found.rows.filter(({ after }) => after === 'broken');
  return {
    title: 'Invariants',
    text: `${found.rows.length - broken.length} of ${found.rows.length} hold after the change`,
    tone: broken.length === 0 ? 'good' : 'bad',
    details: first(broken.map(({ statement }) => statement)),
  };
};

const compliance: Fact = ({ compliance: found }) => {
  if (found.status !== 'checked') return absent('Compliance', found.reason);
  const of = (status: string): number => found.rows.filter((row) => row.status === status).length;
  return {
    title: 'Compliance',
    text: `${of('pass')} pass, ${of('fail')} fail, ${of('not_tested')} not tested, ${of('not_applicable')} not applicable`,
    // What fails as it did before is not this change's doing.
    tone: found.worsened.length > 0 ? 'bad' : of('fail') > 0 ? 'neutral' : 'good',
    details: first(found.worsened.map(({ device, title }) => `${device}, worse by the change: ${title}`)),
  };
};

const twin: Fact = ({ twin: found }) =>
  found.status !== 'run'
    ? absent('Twin', found.reason)
    : {
        title: 'Twin',
        text: `${found.engine.name} ${found.engine.version}, ${plural(found.nodes, 'device')}${found.converged ? '' : ', not converged'}`,
        tone: found.converged ? 'good' : 'bad',
      };

const egress: Fact = ({ egress: found }) =>
  found.status !== 'measured'
    ? absent('Egress', found.reason)
    : {
        title: 'Egress',
        text: found.result === 'none' ? 'Measured: none' : `Observed: ${found.observed.join(', ')}`,
        tone: found.result === 'none' ? 'good' : 'bad',
      };

const FACTS: readonly Fact[] = [blast, risk, invariants, failures, rollout, rollback, compliance, twin, egress];

/** What a run found, one short statement for each part, from its evidence. What did not run says why. */
export const runFacts = (bundle: EvidenceBundle): readonly RunFact[] => FACTS.map((fact) => fact(bundle));
