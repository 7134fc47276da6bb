import type { CancellationToken } from 'vscode-languageserver';
import type { StateDiffOutcome } from '../engine/engine.ts';
import type { RibDocumentParams, StateDiffParams, StateDiffResult } from '../protocol.ts';
import { signalOfToken } from './cancellation.ts';
import { labTask } from './lab-task.ts';
import { lineEffects } from './line-effects.ts';
import { requireTrust, type Session } from './session.ts';

/** `aegis/stateDiff`: what the working tree does to routes and sessions, without a verdict and without evidence. */
export async function stateDiff(
  session: Session,
  { lab: id }: StateDiffParams,
  cancellation: CancellationToken,
): Promise<StateDiffResult> {
  requireTrust(session);
  const lab = await session.requireLab(id);
  const outcome = await session.first(lab, async () =>
    session.engine.stateDiff(await labTask(session, lab), signalOfToken(cancellation)),
  );
  const whole = { device: null, before: outcome.before, after: outcome.after };
  const own = outcome.devices.map(({ node, before, after }) => ({ device: node, before, after }));
  return {
    lab: id,
    devices: outcome.devices.map(({ node, file, before: _before, after: _after, ...counts }) => ({
      device: node,
      uri: session.uris.uriOf(file),
      ...counts,
    })),
    documents: session.ribDocuments.add(outcome.lab, [whole, ...own]),
    lines: lineCounts(session, outcome),
  };
}

/** `aegis/ribDocument`: the text behind a virtual document; a sentence when it is too old. */
export const ribDocument = (session: Session, { uri }: RibDocumentParams): string =>
  session.ribDocuments.get(uri) ?? 'This state is no longer kept. Run "AEGIS: Show State Diff" again.\n';

/** Counts for the ends of changed lines: what each of them causes. */
const lineCounts = ({ uris }: Session, outcome: StateDiffOutcome): StateDiffResult['lines'] =>
  lineEffects(outcome).map(({ file, line, text, detail }) => ({
    uri: uris.uriOf(file),
    range: { start: { line, character: 0 }, end: { line, character: 0 } },
    text,
    detail: detail.join('\n'),
  }));
